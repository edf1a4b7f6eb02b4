"""Making and changing people's accounts."""

from typing import Any

from allauth.account.models import EmailAddress

from hub.audit import record
from hub.live.publish import recheck
from hub.writes import write
from organisations.acting import Actor
from organisations.models import User

#: What only operators change about an account.
SWITCHES = ("is_coordinator", "is_staff", "is_active")


@write
def create_person(
    *, email: str, display_name: str, password: str | None = None, **fields: Any
) -> User:
    """An account whose address counts as confirmed: for the demo and for commands.

    Without `password` the person signs in by e-mailed code.  Raises IntegrityError where the
    address is taken.
    """
    person = User.objects.create_user(email, password, display_name=display_name, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@write
def save_settings(
    *, person: User, actor: Actor, display_name: str, language: str, time_zone: str
) -> User:
    """Keep how a person is shown, reads, and counts the hours.  Their name's change is audited."""
    if display_name != person.display_name:
        record(
            "organisations.person.changed",
            target=person,
            actor=Actor(actor.person),
            changes={"display_name": (person.display_name, display_name)},
        )
    person.display_name, person.language, person.time_zone = display_name, language, time_zone
    person.save(update_fields=["display_name", "language", "time_zone"])
    return person


@write
def set_standing(*, person: User, actor: Actor, **switches: bool) -> User:
    """Turn the switches in `SWITCHES`: who coordinates, who runs the hub, whose account is open.

    Open lines of the person are asked anew what they may hear.  Raises TypeError for others.
    """
    if set(switches) - set(SWITCHES):
        raise TypeError(f"Unknown switches: {sorted(set(switches) - set(SWITCHES))}")
    before = User.objects.get(pk=person.pk)
    changes = {
        name: (getattr(before, name), value)
        for name, value in switches.items()
        if getattr(before, name) != value
    }
    if not changes:
        return before
    for name, (_old, value) in changes.items():
        setattr(before, name, value)
    before.save(update_fields=list(changes))
    record("organisations.person.changed", target=before, actor=actor, changes=changes)
    recheck(person_ids=[before.pk])
    return before
