"""Filters of the lists; what stands in the address is all there is."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from forums import procedures
from forums.models import Forum, Topic
from hub.search import contains_all
from hub.text import fold
from organisations.models import Organisation, Place


def folded_search(rows: QuerySet[Any], field: str, words: str) -> QuerySet[Any]:
    """Rows whose folded `field` holds each of the first eight words."""
    return rows.filter(contains_all(field, fold(words).split()[:8]))


def owners(request: Any) -> QuerySet[Organisation]:
    """Organisations that are responsible for a forum."""
    return Organisation.objects.filter(pk__in=Forum.objects.values("owner")).order_by("name")


def places_of_forums(request: Any) -> QuerySet[Place]:
    """Places that some forum names."""
    return Place.objects.filter(pk__in=Forum.objects.values("place")).order_by("country", "code")


class ForumFilter(filters.FilterSet):
    """`?q= &place= &organisation=`"""

    q = filters.CharFilter(label=_("Words"), method="by_words")
    place = filters.ModelChoiceFilter(
        label=_("Place"), queryset=places_of_forums, to_field_name="code"
    )
    organisation = filters.ModelChoiceFilter(
        label=_("Organisation"), queryset=owners, to_field_name="slug", method="by_host"
    )

    class Meta:
        model = Forum
        fields: list[str] = []

    def by_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Title and purpose hold the words."""
        return folded_search(rows, "folded", value)

    def by_host(self, rows: Any, name: str, value: Organisation) -> QuerySet[Any]:
        """Forums that the organisation owns or hosts."""
        return rows.hosted_by([value.pk]) if value else rows


class TopicFilter(filters.FilterSet):
    """`?q= &kind= &status=`"""

    q = filters.CharFilter(label=_("Words"), method="by_words")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=procedures.kind_choices)
    status = filters.ChoiceFilter(
        label=_("Stage"), field_name="stage", choices=procedures.stage_names
    )

    class Meta:
        model = Topic
        fields: list[str] = []

    def by_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The title holds the words."""
        return folded_search(rows, "folded", value)
