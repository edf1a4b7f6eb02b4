"""The filter of the register; what stands in the address is all there is."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from organisations.models import Place
from projects.commitments.models import Commitment, Status, source_kind, source_kinds
from projects.filters import (
    OrganisationFilter,
    by_words,
    organisations_called,
    places_around,
    places_within,
)


def places_of_commitments(request: Any) -> QuerySet[Place]:
    """Places of commitments and of those who owe them."""
    rows = Commitment.objects.order_by()
    named = rows.values("place").union(rows.values("debtor__place"))
    return places_around(named).order_by("country", "code")


def kinds_of_source() -> list[tuple[str, Any]]:
    """What commitments can come from."""
    return [(kind.key, kind.label) for kind in source_kinds()]


class CommitmentFilter(filters.FilterSet):
    """`?q= &status= &organisation= &source= &place=`"""

    q = filters.CharFilter(label=_("Words"), method="words")
    status = filters.ChoiceFilter(label=_("Status"), choices=Status.choices, method="standing")
    organisation = OrganisationFilter(method="of_organisation")
    source = filters.ChoiceFilter(
        label=_("What it came from"), choices=kinds_of_source, method="from_kind"
    )
    place = filters.ModelChoiceFilter(
        label=_("Place"), queryset=places_of_commitments, to_field_name="code", method="in_place"
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """What is owed, by whom, and the details hold the words."""
        return by_words(rows, "folded", value)

    def standing(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        """As it stands today; open ones include those that are late."""
        return rows.with_status(value)

    def of_organisation(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Owed by such an organisation, or to it."""
        named = organisations_called(value).values("pk")
        received = Commitment.beneficiaries.through.objects.filter(organisation_id__in=named)
        return rows.filter(Q(debtor__in=named) | Q(pk__in=received.values("commitment_id")))

    def from_kind(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """From a source of this kind."""
        kind = source_kind(value)
        return rows.filter(source_type=kind.content_type()) if kind else rows.none()

    def in_place(self, rows: QuerySet[Any], name: str, value: Place) -> QuerySet[Any]:
        """In the place, or owed by someone from there, parts included."""
        within = places_within(value)
        return rows.filter(Q(place__in=within) | Q(place=None, debtor__place__in=within))
