"""Fetch and check: hidden is 404, readable but not changeable is 403."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from organisations.acting import Actor
from organisations.models import Organisation
from projects.access import actor_for
from projects.agreements.models import Agreement, Amendment, Party


def agreement_for(user: Any, number: str) -> Agreement:
    """The agreement, if `user` may see it."""
    visible = (
        Agreement.objects.visible_to(user)
        .select_related("organisation", "person", "project", "previous")
        .for_list()
    )
    return get_object_or_404(visible, number=number)


def organisations_of(agreement: Agreement) -> list[Organisation]:
    """The parties' organisations."""
    return [party.organisation for party in agreement.parties.all()]


def agreement_to(request: HttpRequest, number: str, name: str) -> tuple[Agreement, Actor]:
    """The agreement, and for which party the person of the request may do `name` to it."""
    agreement = agreement_for(request.user, number)
    return agreement, actor_for(request, organisations_of(agreement), name, agreement)


def party_to(request: HttpRequest, number: str, pk: int, name: str) -> tuple[Party, Actor]:
    """One party of a visible agreement, and who answers for it."""
    agreement = agreement_for(request.user, number)
    party = get_object_or_404(agreement.parties.select_related("organisation"), pk=pk)
    party.agreement = agreement
    return party, actor_for(request, [party.organisation], name, party)


def amendment_to(
    request: HttpRequest, number: str, amendment_number: int, name: str
) -> tuple[Amendment, Actor]:
    """One amendment of a visible agreement, and for which party the person acts."""
    agreement = agreement_for(request.user, number)
    amendment = get_object_or_404(
        agreement.amendments.select_related("organisation"), number=amendment_number
    )
    amendment.agreement = agreement
    return amendment, actor_for(request, organisations_of(agreement), name, amendment)
