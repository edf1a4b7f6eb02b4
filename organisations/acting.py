"""For whom a person acts: themselves, or an organisation they are an active member of.

The choice is kept in the session and shown on every page.  A form may carry it too, as the
field `acting_for` (the organisation's slug, or empty for oneself): what stood on the form
when the person pressed the button is what counts, and it is refused where the membership has
ended meanwhile.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from hub.permissions import may
from organisations.models import Membership, Organisation, User
from organisations.models.membership import RANK

SESSION_KEY = "acting_for"


@dataclass(frozen=True)
class Actor:
    """Person P, acting for organisation O or for themselves.

    Where nobody is signed in `person` is an AnonymousUser.  It is declared as a User, because
    whatever writes has asked a rule before, and rules refuse the anonymous.
    """

    person: User
    organisation: Organisation | None = None

    @property
    def is_authenticated(self) -> bool:
        """Whether someone is signed in."""
        return self.person.is_authenticated

    @property
    def is_coordinator(self) -> bool:
        """Whether the person looks after the hub."""
        return bool(getattr(self.person, "is_coordinator", False))

    @cached_property
    def roles(self) -> dict[int, str]:
        """Roles of the person's active memberships by organisation; one query, then kept."""
        if not self.is_authenticated:
            return {}
        rows = Membership.objects.active().filter(person=self.person)
        return dict(rows.values_list("organisation_id", "role"))

    def holds(self, organisation: Organisation | None, role: str = "member") -> bool:
        """Whether the person has at least `role` in `organisation` now."""
        if organisation is None:
            return False
        return RANK.get(self.roles.get(organisation.pk, ""), 0) >= RANK[role]

    def acts_for(self, organisation: Organisation | None, role: str = "member") -> bool:
        """Whether this act is done for `organisation`, by someone with at least `role` in it."""
        return (
            organisation is not None
            and self.organisation == organisation
            and self.holds(organisation, role)
        )

    def signed_in(self) -> User:
        """The person, for what only people with an account do; PermissionDenied for strangers."""
        if not self.is_authenticated:
            raise PermissionDenied(_("Sign in first."))
        return self.person

    def represented(self) -> Organisation:
        """The organisation this is done for, for what only organisations do.

        PermissionDenied where people act for nobody but themselves.
        """
        if self.organisation is None:
            raise PermissionDenied
        return self.organisation

    def must_act_for(self, *organisations: Organisation, role: str = "editor") -> None:
        """PermissionDenied unless this is done for one of these, by someone with `role` in it.

        The plain right behind a service that looks at the state of things itself, behind its
        lock, and refuses in words what comes too late.
        """
        if not any(self.acts_for(each, role) for each in organisations):
            raise PermissionDenied

    def afresh(self) -> "Actor":
        """The same actor with roles not read yet, for a look behind a lock."""
        return Actor(self.person, self.organisation)

    def as_self(self) -> "Actor":
        """The same person, acting for nobody else."""
        return self._for(None)

    def on_behalf_of(self, organisation: Organisation) -> "Actor":
        """The same person acting for `organisation` where they belong to it, else for themselves.

        For pages of one organisation: there is no question for whom one acts on them.
        """
        return self._for(organisation if self.holds(organisation) else None)

    def _for(self, organisation: Organisation | None) -> "Actor":
        if self.organisation == organisation:
            return self
        other = Actor(self.person, organisation)
        if "roles" in self.__dict__:  # read already: no second query for the same person
            other.__dict__["roles"] = self.roles
        return other

    @property
    def name(self) -> str:
        """How the actor is shown where one line must do."""
        return str(self.organisation or self.person)

    def __str__(self) -> str:
        return self.name


class ActingRequest(HttpRequest):
    """A request after `ActingMiddleware`: what views may rely on, for the type checker."""

    actor: Actor
    acting_choices: list[Organisation]
    acting_refused: bool


def choices_for(person: User | AnonymousUser) -> list[Organisation]:
    """The organisations `person` may act for, by name; one query."""
    if not person.is_authenticated:
        return []
    active = Membership.objects.active().filter(person=person)
    return list(
        Organisation.objects.filter(pk__in=active.values("organisation_id")).exclude(
            status__in=[Organisation.Status.REFUSED, Organisation.Status.SUSPENDED]
        )
    )


def choose(request: ActingRequest, slug: str) -> None:
    """Keep in the session for whom the person acts; PermissionDenied where they may not."""
    if not slug:
        request.session.pop(SESSION_KEY, None)
        return
    _organisation(request, slug)
    request.session[SESSION_KEY] = slug


def _organisation(request: ActingRequest, slug: str) -> Organisation:
    found = [choice for choice in request.acting_choices if choice.slug == slug]
    if not found:
        # The page that says so has a frame, and the frame shows for whom one acts.
        request.acting_refused = True
        raise PermissionDenied(
            _("You may not act for this organisation, or not any more. Nothing was changed.")
        )
    return found[0]


def actor_of(request: ActingRequest) -> Actor:
    """Who acts in this request.  PermissionDenied where a form names an organisation in vain."""
    person = request.user
    if not person.is_authenticated:
        return Actor(cast(User, AnonymousUser()))
    refused = getattr(request, "acting_refused", False)
    if request.method == "POST" and "acting_for" in request.POST and not refused:
        slug = request.POST["acting_for"]
        return Actor(person, _organisation(request, slug) if slug else None)
    slug = request.session.get(SESSION_KEY, "")
    for choice in request.acting_choices if slug else []:
        if choice.slug == slug:
            return Actor(person, choice)
    return Actor(person)


def actor_now(request: ActingRequest) -> Actor:
    """Who acts in this request, found now and not when the page asks; PermissionDenied as above."""
    actor = request.actor
    actor.is_authenticated  # noqa: B018 - a lazy object: this is where it is found
    return actor


def act_as(request: ActingRequest, actor: Actor) -> Actor:
    """Show and send this page's form as `actor`, whatever is chosen in the session."""
    request.actor = actor
    return actor


def able(
    actor: Actor, right: str, target: Any, organisations: Iterable[Organisation | None]
) -> Actor | None:
    """The actor as they act now, or for one of `organisations`: whoever of them has the right.

    Many acts belong to one of several organisations (a host closes, a party signs, a debtor
    reports).  Pages offer such an act with the organisation named on its form, so that nobody
    has to change for whom they act first.
    """
    if not actor.is_authenticated:
        return None
    if may(actor, right, target):
        return actor
    for organisation in organisations:
        if organisation is not None and actor.holds(organisation):
            other = actor.on_behalf_of(organisation)
            if may(other, right, target):
                return other
    return None


class ActingMiddleware:
    """Puts `request.actor` and `request.acting_choices` on each request, found when asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach both lazily: a page that asks for neither costs no query."""
        attached: Any = request
        attached.acting_choices = SimpleLazyObject(lambda: choices_for(request.user))
        attached.actor = SimpleLazyObject(lambda: actor_of(attached))
        return self.get_response(request)
