"""Finding the organisation a person can do something for.

Many acts belong to one of several organisations (a party signs, a partner answers, a debtor
reports).  A person who holds the role in exactly one of them should not have to look for a
switch first: the page offers the act in that organisation's name and says so in words.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied

from hub.permissions import may
from organisations.acting import Actor
from organisations.models import Organisation


def organisation_of(actor: Actor) -> Organisation:
    """The organisation `actor` acts for; PermissionDenied where it is nobody but themselves."""
    if actor.organisation is None:
        raise PermissionDenied
    return actor.organisation


def as_organisation(actor: Actor, organisation: Organisation) -> Actor:
    """The same person, acting for `organisation`.  The roles already read are kept."""
    if actor.organisation == organisation:
        return actor
    other = Actor(actor.person, organisation)
    # `cached_property` keeps its value in the instance: no second query for the same person.
    other.__dict__["roles"] = actor.roles
    return other


def representing(
    actor: Actor, organisations: Iterable[Organisation], role: str = "editor"
) -> Actor | None:
    """`actor` for one of `organisations` in which they hold `role`: the chosen one first."""
    held = [each for each in organisations if actor.holds(each, role)]
    if not held:
        return None
    chosen = actor.organisation if actor.organisation in held else held[0]
    return as_organisation(actor, chosen)


def allowed(
    actor: Actor, organisations: Iterable[Organisation], name: str, target: Any
) -> Actor | None:
    """`actor` in whichever of these roles may do `name` to `target`, or None."""
    if not actor.is_authenticated:
        return None
    candidates = sorted(organisations, key=lambda each: each != actor.organisation)
    for organisation in candidates:
        candidate = as_organisation(actor, organisation)
        if may(candidate, name, target):
            return candidate
    return None
