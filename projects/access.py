"""Fetch and check: hidden is 404, readable but not changeable is 403."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from hub.permissions import may, require
from organisations.acting import Actor
from organisations.models import Organisation
from projects.acting import allowed
from projects.models import Partner, Project


def actor_for(
    request: HttpRequest, organisations: Iterable[Organisation], name: str, target: Any = None
) -> Actor:
    """The person of this request, acting for that one of `organisations` which may do `name`.

    A form that names an organisation is taken at its word.  Otherwise the chosen organisation
    comes first, then any other in which the person holds the right.  PermissionDenied (403)
    where there is none.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST" and "acting_for" in request.POST:
        require(actor, name, target)
        return actor
    found = allowed(actor, organisations, name, target)
    if found is None:
        raise PermissionDenied(name)
    return found


def creator_of(request: HttpRequest, name: str) -> Actor:
    """The person acting for the chosen organisation, or the first for which they may do `name`."""
    return actor_for(request, request.acting_choices, name)  # type: ignore[attr-defined]


def may_create(request: HttpRequest, name: str) -> bool:
    """Whether the person may do `name` for any of their organisations."""
    if not request.user.is_authenticated:
        return False
    return allowed(request.actor, request.acting_choices, name, None) is not None  # type: ignore[attr-defined]


def project_for(user: Any, slug: str) -> Project:
    """The project, if `user` may see it."""
    visible = Project.objects.visible_to(user).select_related("lead", "place", "person")
    return get_object_or_404(visible, slug=slug)


def project_to_edit(request: HttpRequest, slug: str) -> tuple[Project, Actor]:
    """The project and whom the person acts for in changing it."""
    project = project_for(request.user, slug)
    return project, actor_for(request, [project.lead], "projects.edit", project)


def partner_of(request: HttpRequest, slug: str, pk: int, name: str) -> tuple[Partner, Actor]:
    """One partner of a visible project, and who answers for it."""
    project = project_for(request.user, slug)
    partner = get_object_or_404(
        project.partners.select_related("organisation", "project__lead"), pk=pk
    )
    return partner, actor_for(request, [partner.organisation], name, partner)


def can(actor: Actor, name: str, target: Any = None) -> bool:
    """`may`, for people who are signed in."""
    return actor.is_authenticated and may(actor, name, target)
