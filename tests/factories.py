"""Makes rows for tests: plain functions, sensible defaults, only what the database demands.

What a test is about it names itself: `make_organisation(kind="municipality")`.
"""

from datetime import timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from hub.text import fold
from organisations.acting import Actor
from organisations.models import Membership, Organisation, Place, User

_numbers = count(1)
PASSWORD = "correct horse battery"


def make_user(name: str = "", *, password: str | None = None, **fields: Any) -> User:
    """A person with a confirmed address; `name` is also the part of it before the @.

    Without `password` they cannot sign in by one (which is slow); use `signed_in`.
    """
    number = next(_numbers)
    name = name or f"Person {number}"
    fields.setdefault("email", f"{fold(name).replace(' ', '.')}.{number}@people.example")
    user = User.objects.create_user(password=password, display_name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_coordinator(name: str = "Coordinator", **fields: Any) -> User:
    """A person who looks after the hub."""
    return make_user(name, is_coordinator=True, **fields)


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    """A verified civil-society organisation in Kosovo, without members."""
    number = next(_numbers)
    name = name or f"Organisation {number}"
    fields = {
        "slug": f"{fold(name).replace(' ', '-')[:50]}-{number}",
        "kind": Organisation.Kind.CSO,
        "status": Organisation.Status.VERIFIED,
        "country": "XK",
        **fields,
    }
    return Organisation.objects.create(
        name=name, folded_name=fold(name)[:250], folded=fold(name), **fields
    )


def make_municipality(name: str = "", **fields: Any) -> Organisation:
    """A verified municipality, without members."""
    return make_organisation(name, kind=Organisation.Kind.MUNICIPALITY, **fields)


def make_membership(
    person: User, organisation: Organisation, role: str = "member", **fields: Any
) -> Membership:
    """`person` belongs to `organisation` since yesterday."""
    fields.setdefault("start_date", timezone.now() - timedelta(days=1))
    return Membership.objects.create(person=person, organisation=organisation, role=role, **fields)


def make_member(organisation: Organisation, role: str = "member", name: str = "") -> User:
    """A new person who belongs to `organisation`."""
    person = make_user(name or role.title())
    make_membership(person, organisation, role)
    return person


def make_former_member(organisation: Organisation, name: str = "Former member") -> User:
    """A person whose membership of `organisation` has ended."""
    person = make_user(name)
    now = timezone.now()
    times = {"start_date": now - timedelta(days=9), "end_date": now - timedelta(minutes=1)}
    make_membership(person, organisation, "administrator", **times)
    return person


def make_place(code: str = "", **fields: Any) -> Place:
    """A municipality in Kosovo with an English name."""
    number = next(_numbers)
    names = fields.pop("names", {"en": f"Place {number}"})
    fields = {"country": "XK", "level": Place.Level.MUNICIPALITY, **fields}
    folded = fold(" ".join(names.values()))
    return Place.objects.create(
        code=code or f"xk-place-{number}", names=names, folded=folded, **fields
    )


def make_actor(person: User | None = None, organisation: Organisation | None = None) -> Actor:
    """`person` acting for `organisation`, or for themselves."""
    return Actor(person or make_user(), organisation)
