"""Trying an act with a form in the name of whoever the form was sent for."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from django.core.exceptions import PermissionDenied

from hub.attempts import AnyForm, Attempt, attempt, refuse
from hub.refusals import in_words
from organisations.acting import ActingRequest, Actor, act_as, actor_now

R = TypeVar("R")


def attempt_by(request: ActingRequest, form: AnyForm, act: Callable[[Actor], R]) -> Attempt[R]:
    """`attempt` with who acts in this request; 403 where the form names an organisation in vain.

    That is told before anything else is wrong with the form, and what was typed is kept.
    """
    try:
        actor = actor_now(request)
    except PermissionDenied as denied:
        act_as(request, Actor(request.user))  # type: ignore[arg-type]
        return refuse(form, in_words(denied), HTTPStatus.FORBIDDEN)
    return attempt(form, lambda: act(actor))
