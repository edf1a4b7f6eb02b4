"""The filter of the register; what stands in the address is all there is."""

from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from organisations.models import Place
from projects.agreements.models import Agreement, Party, Status
from projects.filters import (
    OrganisationFilter,
    by_words,
    organisations_called,
    places_around,
    places_within,
)


def places_of_parties(request: Any) -> QuerySet[Place]:
    """Places of the parties of public agreements."""
    parties = Party.objects.filter(agreement__in=Agreement.objects.public().values("pk"))
    named = parties.order_by().values("organisation__place")
    return places_around(named).order_by("country", "code")


def _with_party(**conditions: Any) -> Exists:
    return Exists(Party.objects.filter(agreement_id=OuterRef("pk"), **conditions))


class AgreementFilter(filters.FilterSet):
    """`?q= &status= &kind= &organisation= &place=`"""

    q = filters.CharFilter(label=_("Words or number"), method="words")
    status = filters.ChoiceFilter(label=_("Status"), choices=Status.choices, method="standing")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=Agreement.Kind.choices)
    organisation = OrganisationFilter(label=_("Party"), method="of_organisation")
    place = filters.ModelChoiceFilter(
        label=_("Place"), queryset=places_of_parties, to_field_name="code", method="in_place"
    )

    class Meta:
        model = Agreement
        fields: list[str] = []

    def words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Number, title, parties and text hold the words."""
        return by_words(rows, "folded", value)

    def standing(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        """With this status today."""
        return rows.with_status(value)

    def of_organisation(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """With such an organisation among the parties."""
        return rows.filter(_with_party(organisation__in=organisations_called(value)))

    def in_place(self, rows: QuerySet[Any], name: str, value: Place) -> QuerySet[Any]:
        """With a party from the place or a part of it."""
        return rows.filter(_with_party(organisation__place__in=places_within(value)))
