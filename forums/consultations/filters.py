"""The filter of the list of consultations."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from forums.consultations.models import Consultation, Status
from forums.filters import folded_search
from organisations.models import Organisation, Place


def inviting(request: Any) -> QuerySet[Organisation]:
    """Organisations that have published an invitation."""
    published = Consultation.objects.listed().values("topic__organisation")
    return Organisation.objects.filter(pk__in=published).order_by("name")


def places(request: Any) -> QuerySet[Place]:
    """Places of those organisations and of their forums."""
    listed = Consultation.objects.listed()
    return Place.objects.filter(
        Q(pk__in=listed.values("topic__organisation__place"))
        | Q(pk__in=listed.values("topic__forum__place"))
    ).order_by("country", "code")


class ConsultationFilter(filters.FilterSet):
    """`?q= &status= &place= &organisation=`"""

    q = filters.CharFilter(label=_("Words"), method="by_words")
    status = filters.ChoiceFilter(label=_("Stage"), choices=Status.choices, method="by_status")
    place = filters.ModelChoiceFilter(
        label=_("Place"), queryset=places, to_field_name="code", method="by_place"
    )
    organisation = filters.ModelChoiceFilter(
        label=_("Organisation"),
        queryset=inviting,
        to_field_name="slug",
        field_name="topic__organisation",
    )

    class Meta:
        model = Consultation
        fields: list[str] = []

    def by_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The subject holds the words."""
        return folded_search(rows, "topic__folded", value)

    def by_status(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        """Where they stand at this moment."""
        return rows.standing(value)

    def by_place(self, rows: Any, name: str, value: Place) -> QuerySet[Any]:
        """The forum's place or the organisation's."""
        here = Q(topic__forum__place=value) | Q(topic__organisation__place=value)
        return rows.filter(here)
