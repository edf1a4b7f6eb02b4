"""Fetch and check in one step: hidden answers 404, readable only answers 403."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from hub.permissions import require
from organisations.acting import Actor
from organisations.models import Invitation, Membership, Organisation


def organisation_for(user: Any, slug: str) -> Organisation:
    """The organisation, where `user` may see it; else 404."""
    rows = Organisation.objects.visible_to(user).select_related("place")
    return get_object_or_404(rows, slug=slug)


def organisation_with(actor: Actor, slug: str, right: str) -> Organisation:
    """The organisation, where `actor` holds `right` on it; 404 hidden, 403 readable only."""
    organisation = organisation_for(actor.person, slug)
    require(actor, right, organisation)
    return organisation


def organisation_to_decide(actor: Actor, slug: str) -> Organisation:
    """The organisation, where `actor` may decide about it; 404 to whoever is no coordinator."""
    if not actor.is_coordinator:
        raise Http404
    return organisation_with(actor, slug, "organisations.verify")


def membership_for(actor: Actor, slug: str, pk: int, right: str) -> Membership:
    """A running membership of the organisation, where `actor` holds `right` on it."""
    organisation = organisation_for(actor.person, slug)
    require(actor, "organisations.see_people", organisation)
    rows = Membership.objects.active().filter(organisation=organisation)
    membership = get_object_or_404(rows.select_related("person", "organisation"), pk=pk)
    require(actor, right, membership)
    return membership


def invitation_to_withdraw(actor: Actor, slug: str, pk: int) -> Invitation:
    """An invitation of the organisation which `actor` may take back."""
    organisation = organisation_with(actor, slug, "organisations.manage_people")
    rows = Invitation.objects.filter(organisation=organisation, closed=None)
    return get_object_or_404(rows.select_related("organisation"), pk=pk)


def invitation_by_token(token: str) -> Invitation:
    """The invitation whose mail carried `token`, open or not; 404 where there is none."""
    rows = Invitation.objects.with_token(token).select_related("organisation", "person")
    return get_object_or_404(rows)


def invitation_to_answer(actor: Actor, pk: int) -> Invitation:
    """An invitation to the address of `actor`; 404 for everybody else's."""
    rows = Invitation.objects.filter(email=actor.signed_in().email.lower())
    return get_object_or_404(rows.select_related("organisation", "person"), pk=pk)
