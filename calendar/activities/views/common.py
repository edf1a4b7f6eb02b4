"""What the views that change something share."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.permissions import may
from organisations.acting import ActingRequest, Actor
from organisations.models import Organisation

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
both = require_http_methods(["GET", "HEAD", "POST"])


def attempt(form: forms.Form, act: Callable[[], Any]) -> Any | None:
    """What the service returned, or None with what it refused added to the form."""
    if not form.is_valid():
        return None
    try:
        return act()
    except ValidationError as refused:
        if hasattr(refused, "error_dict"):
            for field, errors in refused.error_dict.items():
                form.add_error(field if field in form.fields else None, errors)
        else:
            form.add_error(None, refused)
        return None


def act_for(request: ActingRequest, organisation: Organisation) -> Actor:
    """Who acts on a page of `organisation`'s activity: the form and the notice say so."""
    changed: Any = request
    changed.actor = request.actor.on_behalf_of(organisation)
    return changed.actor


def actor_or_refusal(request: ActingRequest, right: str, target: Any = None) -> tuple[Actor, str]:
    """Who acts, and why they may not (empty where they may).

    A long form must come back with what was typed, also to somebody whose membership ended
    while they were writing; so its view asks here instead of letting the refusal through.
    """
    try:
        allowed = may(request.actor, right, target)
    except PermissionDenied as denied:
        return request.actor, str(denied)  # asked again, it is who the session says
    if allowed:
        return request.actor, ""
    return request.actor, _("You may not do this, or not any more. Nothing was changed.")
