"""Writing the audit trail."""

from typing import Any, Protocol

from django.db.models import Model

from hub.models import AuditEntry


class Acting(Protocol):
    """What the kernel needs to know of an actor: a person, and perhaps an organisation."""

    @property
    def person(self) -> Any: ...

    @property
    def organisation(self) -> Any: ...


def record(
    action: str,
    *,
    target: Model,
    actor: Acting | None,
    changes: dict[str, tuple[Any, Any]] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Note that `actor` did `action` to `target`.

    `changes` maps field names to (old, new), JSON-able.  `actor` None means the hub itself
    (a deadline passed).  Call it inside the transaction of the act.
    """
    person = actor.person if actor else None
    organisation = actor.organisation if actor else None
    return AuditEntry.objects.create(
        person=person,
        person_name=str(person) if person else "",
        organisation_id=organisation.pk if organisation else None,
        organisation_name=str(organisation)[:250] if organisation else "",
        action=action,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:250],
        changes={name: list(pair) for name, pair in (changes or {}).items()},
        reason=reason,
    )


def history(target: Model) -> Any:
    """The entries about `target`, newest first."""
    return AuditEntry.objects.filter(target_type=target._meta.label_lower, target_id=str(target.pk))
