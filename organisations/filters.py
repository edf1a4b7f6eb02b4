"""The filter of the directory: its address is the list, in every form."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from hub.search import contains_all
from hub.text import fold
from organisations.models import Organisation, Place
from organisations.models.place import Level


class OrganisationFilter(django_filters.FilterSet):
    """By words, kind, place (a country or a municipality), field of work, verification."""

    q = django_filters.CharFilter(
        label=_("Words"),
        method="filter_words",
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Organisation.Kind.choices, empty_label=_("All kinds")
    )
    place = django_filters.ChoiceFilter(
        label=_("Place"), method="filter_place", empty_label=_("All places")
    )
    tag = django_filters.ChoiceFilter(
        label=_("Field of work"), method="filter_tag", empty_label=_("All fields")
    )
    status = django_filters.ChoiceFilter(
        label=_("Verification"), choices=Organisation.Status.choices, empty_label=_("All")
    )

    class Meta:
        model = Organisation
        fields = ["q", "kind", "place", "tag", "status"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["place"].extra["choices"] = self._places()
        self.filters["tag"].extra["choices"] = self._tags()
        person = getattr(self.request, "user", None)
        if person is None or not person.is_authenticated:  # strangers see verified ones only
            del self.filters["status"]

    def _places(self) -> list[Any]:
        """Countries with their municipalities that somebody sits in; one query."""
        used = self.queryset.order_by().values("place_id")
        places = Place.objects.filter(pk__in=used) | Place.objects.filter(level=Level.COUNTRY)
        rows = sorted(places, key=lambda place: place.name)
        countries = [row for row in rows if row.level == Level.COUNTRY]
        self._countries = {row.code: row.country for row in countries}
        return [
            (
                country.name,
                [
                    (country.code, _("All of %(country)s") % {"country": country.name}),
                    *((row.code, row.name) for row in rows if row.parent_id == country.pk),
                ],
            )
            for country in countries
        ]

    def _tags(self) -> list[tuple[str, str]]:
        """Fields of work in use by alphabet; one query."""
        used = Tag.objects.filter(organisation__in=self.queryset.order_by().values("pk"))
        return [(tag.slug, tag.name) for tag in used.distinct().order_by("name")[:200]]

    def filter_words(
        self, rows: QuerySet[Organisation], name: str, value: str
    ) -> QuerySet[Organisation]:
        """All the words, in any script, anywhere in name, summary, description or tags."""
        return rows.filter(contains_all("folded", fold(value).split()[:8]))

    def filter_place(
        self, rows: QuerySet[Organisation], name: str, value: str
    ) -> QuerySet[Organisation]:
        """A municipality, or every organisation of a country."""
        if value in self._countries:
            return rows.filter(country=self._countries[value])
        return rows.filter(place__code=value)

    def filter_tag(
        self, rows: QuerySet[Organisation], name: str, value: str
    ) -> QuerySet[Organisation]:
        """One field of work, by its address."""
        return rows.filter(tags__slug=value)
