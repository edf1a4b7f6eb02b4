"""Making and changing people's accounts."""

from typing import Any

from allauth.account.models import EmailAddress

from hub.audit import record
from hub.writes import write
from organisations.acting import Actor
from organisations.models import User


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
