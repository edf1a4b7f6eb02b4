"""Registering an organisation and keeping its page right."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hub.audit import record
from hub.notifications.services import notify
from hub.permissions import require
from hub.text import fold, plain_text, unique_slug
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Membership, Organisation, Role, User
from organisations.registration import same_number, tidy_number

#: What an organisation says of itself.  The last four are fixed once it is verified.
PROFILE = (
    "summary", "description", "website", "email", "phone", "address", "place", "latitude",
    "longitude",
)  # fmt: skip
IDENTITY = ("name", "kind", "country", "registration_number")


@write
def register_organisation(*, actor: Actor, tags: Iterable[str] = (), **fields: Any) -> Organisation:
    """Put an organisation on the hub, waiting for verification; `actor` becomes administrator.

    `fields` are those of `PROFILE` and `IDENTITY`.  Raises ValidationError where another one
    has the same registration number.
    """
    require(actor, "organisations.register")
    organisation = Organisation(**_only_known(fields))
    organisation.registration_number = tidy_number(organisation.registration_number)
    _refuse_same_number(organisation)
    _save_with_address(organisation)
    _set_tags(organisation, tags)
    person = actor.signed_in()
    Membership.objects.create(person=person, organisation=organisation, role=Role.ADMINISTRATOR)
    founder = Actor(person, organisation)
    record("organisations.organisation.registered", target=organisation, actor=founder)
    notify(coordinators(), "organisations.registered", actor=founder, target=organisation)
    return organisation


@write
def edit_organisation(
    *, organisation: Organisation, actor: Actor, tags: Iterable[str] | None = None, **fields: Any
) -> Organisation:
    """Change what the page says.  Name, kind, country and number of a verified organisation stay.

    Raises ValidationError for a change of those, and for the number of another organisation.
    """
    require(actor, "organisations.edit", organisation)
    before = Organisation.objects.get(pk=organisation.pk)
    changes: dict[str, tuple[Any, Any]] = {}
    for name, value in _only_known(fields).items():
        value = tidy_number(value) if name == "registration_number" else value
        if value != getattr(before, name):
            changes[name] = (getattr(before, name), value)
        setattr(organisation, name, value)
    if before.is_verified and set(changes) & set(IDENTITY):
        raise ValidationError(
            _("What was verified cannot be changed here. Ask the hub's coordinators.")
        )
    _refuse_same_number(organisation)
    if tags is not None:
        old = sorted(tag.name for tag in before.tags.all())
        new = sorted({tag.lower() for tag in tags})
        if old != new:
            changes["tags"] = (old, new)
            organisation.tags.set(new)
    if not changes:
        return organisation
    _refold(organisation)
    with _number_guard():
        organisation.save(
            update_fields=[*(set(changes) - {"tags"}), "folded", "folded_name", "last_modified"]
        )
    words = {name: (_plain(old), _plain(new)) for name, (old, new) in changes.items()}
    record("organisations.organisation.changed", target=organisation, actor=actor, changes=words)
    return organisation


@write
def ask_again(*, organisation: Organisation, actor: Actor) -> None:
    """A refused organisation asks for a new decision."""
    require(actor, "organisations.ask_again", organisation)
    waiting = Organisation.objects.filter(
        pk=organisation.pk, status=Organisation.Status.REFUSED
    ).update(status=Organisation.Status.PENDING)
    if not waiting:
        return
    organisation.status = Organisation.Status.PENDING
    record("organisations.verification.asked", target=organisation, actor=actor)
    notify(coordinators(), "organisations.registered", actor=actor, target=organisation)


def coordinators() -> list[User]:
    """The people who look after the hub; one query."""
    return list(User.objects.filter(is_coordinator=True, is_active=True))


def refold(organisation: Organisation, tags: Iterable[str]) -> None:
    """Set what search compares (name, summary, tags) without saving."""
    organisation.folded_name = fold(organisation.name)[:250]
    organisation.folded = fold(
        " ".join([organisation.name, organisation.summary, plain_text(organisation.description)])
        + " "
        + " ".join(tags)
    )


def _refold(organisation: Organisation) -> None:
    refold(organisation, [tag.name for tag in organisation.tags.all()])


def _only_known(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(PROFILE) - set(IDENTITY)
    if unknown:
        raise TypeError(f"Unknown fields of an organisation: {sorted(unknown)}")
    return fields


def _set_tags(organisation: Organisation, tags: Iterable[str]) -> None:
    names = sorted({tag.lower() for tag in tags})
    organisation.tags.set(names)
    refold(organisation, names)
    organisation.save(update_fields=["folded", "folded_name"])


def _save_with_address(organisation: Organisation) -> None:
    """Insert, with an address made from the name; once more where another took it meanwhile."""
    for attempt in (1, 2):
        organisation.slug = unique_slug(Organisation.objects.all(), organisation.name)
        try:
            with transaction.atomic():
                organisation.save(force_insert=True)
                return
        except IntegrityError:
            organisation.pk = None
            _refuse_same_number(organisation)
            if attempt == 2:
                raise


def _refuse_same_number(organisation: Organisation) -> None:
    if same_number(organisation.registration_number, organisation.country, apart_from=organisation):
        raise taken_number()


def taken_number() -> ValidationError:
    """The refusal of a registration number that another organisation has."""
    return ValidationError(
        {
            "registration_number": _(
                "An organisation with this registration number is on the hub already. "
                "If it is yours, ask one of its administrators to invite you."
            )
        }
    )


@contextmanager
def _number_guard() -> Iterator[None]:
    """Turn the database's refusal of a double number into the same clear message."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise taken_number() from error


def _plain(value: Any) -> Any:
    """A value as the audit trail keeps it."""
    return value if isinstance(value, str | int | float | list | None) else str(value)
