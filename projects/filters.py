"""Filters of the wing's lists; what stands in the address is all there is."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hub.search import contains_all
from hub.text import fold
from organisations.models import Organisation, Place
from projects.models import Project


def by_words(rows: QuerySet[Any], field: str, words: str) -> QuerySet[Any]:
    """Rows whose folded `field` holds each of the first eight words."""
    return rows.filter(contains_all(field, fold(words).split()[:8]))


def organisations_called(value: str) -> QuerySet[Organisation]:
    """The organisation with this slug, or those whose name holds the words."""
    return Organisation.objects.filter(
        Q(slug=value.strip()) | Q(folded_name__contains=fold(value) or value)
    )


def places_within(place: Place) -> QuerySet[Place]:
    """The place, and what lies one or two levels below it."""
    return Place.objects.filter(Q(pk=place.pk) | Q(parent=place) | Q(parent__parent=place))


def places_around(named: QuerySet[Any]) -> QuerySet[Place]:
    """The places of the query `named` (ids), and what they lie in."""
    near = Place.objects.filter(pk__in=named)
    parents = Place.objects.filter(parts__in=near.values("pk"))
    return Place.objects.filter(
        Q(pk__in=near.values("pk"))
        | Q(pk__in=parents.values("pk"))
        | Q(parts__in=parents.values("pk"))
    ).distinct()


class OrganisationFilter(filters.CharFilter):
    """An organisation by its slug (as links carry it) or by part of its name (as people type)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Organisation"))
        kwargs.setdefault("help_text", _("Its name, or a part of it."))
        super().__init__(**kwargs)


def places_of_projects(request: Any) -> QuerySet[Place]:
    """Places that some public project names."""
    public = Project.objects.filter(visibility=Project.Visibility.PUBLIC).order_by()
    return places_around(public.values("place")).order_by("country", "code")


class ProjectFilter(filters.FilterSet):
    """`?q= &status= &organisation= &place= &tag=`"""

    q = filters.CharFilter(label=_("Words"), method="words")
    status = filters.ChoiceFilter(label=_("Status"), choices=Project.Status.choices)
    organisation = OrganisationFilter(method="of_organisation")
    place = filters.ModelChoiceFilter(
        label=_("Place"), queryset=places_of_projects, to_field_name="code", method="in_place"
    )
    tag = filters.CharFilter(label=_("Tag"), method="tagged")

    class Meta:
        model = Project
        fields: list[str] = []

    def words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Title, sentence and description hold the words."""
        return by_words(rows, "folded", value)

    def of_organisation(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        """Led by it, or with it as a partner that accepted."""
        return rows.of_any(organisations_called(value))

    def in_place(self, rows: QuerySet[Any], name: str, value: Place) -> QuerySet[Any]:
        """In the place or a part of it."""
        return rows.filter(place__in=places_within(value))

    def tagged(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """With this tag, by its name or its slug."""
        found = Project.objects.filter(
            Q(tags__name__iexact=value.strip()) | Q(tags__slug=value.strip())
        )
        return rows.filter(pk__in=found.values("pk"))
