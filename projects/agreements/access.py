"""Fetch and check: hidden is 404, readable but not changeable is 403."""

from typing import Any

from django.shortcuts import get_object_or_404

from organisations.acting import ActingRequest, Actor
from organisations.models import Organisation
from projects.access import fitting_actor
from projects.agreements.models import Agreement, Amendment, Party

# What only the organisation that entered the agreement does; the rest is for every party.
DRAFTERS_ACTS = ("edit", "propose", "take_back", "cancel")


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


def agreement_to(request: ActingRequest, number: str, name: str) -> tuple[Agreement, Actor]:
    """The agreement, and for which party the person of the request may do `name` to it."""
    agreement = agreement_for(request.user, number)
    drafter = name.partition(".")[2] in DRAFTERS_ACTS
    holders = [agreement.organisation] if drafter else organisations_of(agreement)
    return agreement, fitting_actor(request, holders, name, agreement)


def party_to(request: ActingRequest, number: str, pk: int, name: str) -> tuple[Party, Actor]:
    """One party of a visible agreement, and who answers for it."""
    agreement = agreement_for(request.user, number)
    party = get_object_or_404(agreement.parties.select_related("organisation"), pk=pk)
    party.agreement = agreement
    return party, fitting_actor(request, [party.organisation], name, party)


def amendment_to(
    request: ActingRequest, number: str, amendment_number: int, name: str
) -> tuple[Amendment, Actor]:
    """One amendment of a visible agreement, and for which party the person acts."""
    agreement = agreement_for(request.user, number)
    amendment = get_object_or_404(
        agreement.amendments.select_related("organisation"), number=amendment_number
    )
    amendment.agreement = agreement
    proposer = name == "agreements.withdraw_amendment"
    holders = [amendment.organisation] if proposer else organisations_of(agreement)
    return amendment, fitting_actor(request, holders, name, amendment)
