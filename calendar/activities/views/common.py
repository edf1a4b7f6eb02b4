"""What the views that change something share."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.permissions import may
from hub.refusals import in_words
from organisations.acting import ActingRequest, Actor, act_as
from organisations.models import Organisation

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
both = require_http_methods(["GET", "HEAD", "POST"])


def act_for(request: ActingRequest, organisation: Organisation) -> Actor:
    """Who acts on a page of `organisation`'s activity: the form and the notice say so."""
    return act_as(request, request.actor.on_behalf_of(organisation))


def actor_or_refusal(request: ActingRequest, right: str, target: Any = None) -> tuple[Actor, str]:
    """Who acts, and why they may not (empty where they may).

    A long form must come back with what was typed, also to somebody whose membership ended
    while they were writing; so its view asks here instead of letting the refusal through.
    """
    try:
        allowed = may(request.actor, right, target)
    except PermissionDenied as denied:
        return request.actor, in_words(denied)  # asked again, it is who the session says
    if allowed:
        return request.actor, ""
    return request.actor, _("You may not do this, or not any more. Nothing was changed.")
