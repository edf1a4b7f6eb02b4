"""Fetch and check: hidden is 404, readable but not changeable is 403."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from hub.permissions import require
from hub.refusals import Refused
from organisations.acting import ActingRequest, Actor, able
from organisations.models import Organisation
from projects.models import Partner, Project

MOVED_ON = _("This is not possible any more as things stand now. Somebody may have been quicker.")


def actor_for(
    request: ActingRequest, organisations: Iterable[Organisation], name: str, target: Any = None
) -> Actor:
    """The person of this request, acting for that one of `organisations` which may do `name`.

    A form that names an organisation is taken at its word.  Otherwise the chosen organisation
    comes first, then any other in which the person holds the right.  PermissionDenied (403)
    where there is none.
    """
    actor: Actor = request.actor
    if request.method == "POST" and "acting_for" in request.POST:
        require(actor, name, target)
        return actor
    found = able(actor, name, target, organisations)
    if found is None:
        raise PermissionDenied(name)
    return found


def fitting_actor(
    request: ActingRequest,
    holders: Iterable[Organisation],
    name: str,
    target: Any,
    *,
    candidates: Iterable[Organisation] | None = None,
) -> Actor:
    """`actor_for`, telling "you may not" (403) from "not as things stand" (Refused, 409).

    `holders` are the organisations whose editors have the right in principle; where one of
    them is turned away it is because the thing has moved on meanwhile.
    """
    holders = list(holders)
    try:
        return actor_for(request, holders if candidates is None else candidates, name, target)
    except PermissionDenied:
        actor: Actor = request.actor
        if request.method == "POST" and "acting_for" in request.POST:
            holders = [each for each in holders if each == actor.organisation]
        if not any(actor.holds(each, "editor") for each in holders):
            raise
        raise Refused(MOVED_ON) from None


def creator_of(request: ActingRequest, name: str) -> Actor:
    """The person acting for the chosen organisation, or the first for which they may do `name`."""
    return actor_for(request, request.acting_choices, name)


def may_create(request: ActingRequest, name: str) -> bool:
    """Whether the person may do `name` for any of their organisations."""
    return able(request.actor, name, None, request.acting_choices) is not None


def project_for(user: Any, slug: str) -> Project:
    """The project, if `user` may see it."""
    visible = Project.objects.visible_to(user).select_related("lead", "place", "person")
    return get_object_or_404(visible, slug=slug)


def project_to_edit(request: ActingRequest, slug: str) -> tuple[Project, Actor]:
    """The project and whom the person acts for in changing it."""
    project = project_for(request.user, slug)
    return project, actor_for(request, [project.lead], "projects.edit", project)


def partner_of(request: ActingRequest, slug: str, pk: int, name: str) -> tuple[Partner, Actor]:
    """One partner of a visible project, and who answers for it."""
    project = project_for(request.user, slug)
    partner = get_object_or_404(
        project.partners.select_related("organisation", "project__lead"), pk=pk
    )
    return partner, fitting_actor(request, [partner.organisation], name, partner)
