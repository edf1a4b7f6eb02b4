"""What the views of forums share: trying an act, and who may make it for whom."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _

from forums.errors import Refused
from hub.permissions import may
from organisations.acting import ActingRequest, Actor
from organisations.models import Organisation

R = TypeVar("R")


class Attempt:
    """Fills a form, calls a service, and turns each refusal into words on the form.

    `done` says that it happened; `status` is what the page is answered with: 200, or why not.
    """

    def __init__(self, request: ActingRequest, form: Any) -> None:
        self.request = request
        self.form = form
        self.status = HTTPStatus.OK
        self.done = False

    def make(self, act: Callable[[Actor], R]) -> R | None:
        """What `act` returned for who acts here, or None with the errors on the form."""
        valid = self.form.is_valid()
        actor = self._actor()
        if actor is None:
            return None
        if not valid:
            self.status = HTTPStatus.UNPROCESSABLE_ENTITY
            return None
        try:
            result = act(actor)
        except Refused as refused:
            self._say(refused.message, refused.status, refused.field)
        except PermissionDenied as denied:
            self._say(in_words(denied), HTTPStatus.FORBIDDEN)
        except ValidationError as error:
            self._say(error.messages[0], HTTPStatus.UNPROCESSABLE_ENTITY)
        else:
            self.done = True
            return result
        return None

    def _actor(self) -> Actor | None:
        """Who acts; where the form names an organisation in vain the text must still be kept."""
        try:
            return actor_of(self.request)
        except PermissionDenied as denied:
            changed: Any = self.request
            changed.actor = Actor(changed.user)
            self._say(in_words(denied), HTTPStatus.FORBIDDEN)
            return None

    def _say(self, message: Any, status: int, field: str = "") -> None:
        self.status = HTTPStatus(status)
        self.form.is_valid()  # errors can only be added to a form that was looked into
        self.form.add_error(field if field in self.form.fields else None, str(message))


def sent(request: ActingRequest) -> Any:
    """What was sent, also where that is nothing; None on a page that only shows a form."""
    return request.POST if request.method == "POST" else None


def actor_of(request: ActingRequest) -> Actor:
    """Who acts in this request, looked up now: PermissionDenied where they may not."""
    asked: Any = request
    actor: Actor = asked.actor
    actor.is_authenticated  # noqa: B018 - a lazy object: this is where it is found
    return actor


def in_words(denied: PermissionDenied) -> str:
    """The sentence of a refusal; a bare name of a right says nothing to a person."""
    said = str(denied)
    return said if " " in said else _("You may not do this. Nothing was changed.")


def able(
    actor: Actor, right: str, target: Any, organisations: list[Organisation | None]
) -> Actor | None:
    """The actor as who they act now, or for one of `organisations`, if either has the right.

    Pages offer an act with the organisation named on its form, so that nobody has to change
    for whom they act first.
    """
    if may(actor, right, target):
        return actor
    for organisation in organisations:
        if organisation is not None and actor.holds(organisation):
            other = actor.on_behalf_of(organisation)
            if may(other, right, target):
                return other
    return None


def sign_in_first(request: ActingRequest, back: str) -> HttpResponse:
    """To the sign-in page, and back to `back` afterwards."""
    return redirect_to_login(back)


def act_as(request: ActingRequest, actor: Actor) -> None:
    """Show and send this page's form as `actor`, whatever is chosen in the session."""
    changed: Any = request
    changed.actor = actor
