"""Giving notice, and having read it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from hub.audit import Acting
from hub.live.publish import publish
from hub.notifications.models import Notification, Preference
from hub.notifications.tasks import mail_notices
from hub.writes import write


@write
def notify(
    people: Iterable[Any], kind: str, *, actor: Acting | None, target: Model, **data: Any
) -> list[Notification]:
    """Tell each of `people` once; never the one who acted.  Mail follows after commit."""
    acting = actor.person if actor else None
    chosen = {person.pk: person for person in people if person.pk and person != acting}
    if not chosen:
        return []
    name = str(actor.organisation or actor.person) if actor else ""
    rows = Notification.objects.bulk_create(
        Notification(
            recipient=person,
            kind=kind,
            person=acting if acting is not None and acting.is_authenticated else None,
            actor_name=name,
            target_type=ContentType.objects.get_for_model(target),
            target_id=str(target.pk),
            data=data,
        )
        for person in chosen.values()
    )
    for row in rows:
        publish(f"user:{row.recipient_id}", "notice.created", notification=row.pk)
    numbers = [row.pk for row in rows]
    transaction.on_commit(lambda: mail_notices.enqueue(numbers))
    return rows


@write
def mark_read(*, person: Any, pk: int | None = None) -> int:
    """Mark one notice (or all) of `person` as read; how many that changed."""
    unread = Notification.objects.visible_to(person).unread()
    if pk is not None:
        unread = unread.filter(pk=pk)
    changed = unread.update(read_at=timezone.now())
    if changed:
        publish(f"user:{person.pk}", "notice.read", person=person.pk)
    return changed


@write
def close_notices(
    kind: str, *, target: Model, people: Iterable[Any] | None = None, **data: Any
) -> int:
    """Mark as read what asks for something that is done or no longer wanted; how many.

    `people` are those for whom it is done (None: for all); `data` must be as it was told.  So
    "Waiting for you" never lists what a colleague has answered already.
    """
    asked = Notification.objects.unread().filter(
        kind=kind,
        target_type=ContentType.objects.get_for_model(target),
        target_id=str(target.pk),
        **{f"data__{name}": value for name, value in data.items()},
    )
    if people is not None:
        asked = asked.filter(recipient__in=[person.pk for person in people])
    readers = set(asked.values_list("recipient_id", flat=True))
    changed = asked.update(read_at=timezone.now()) if readers else 0
    for reader in sorted(readers):
        publish(f"user:{reader}", "notice.read", person=reader)
    return changed


@write
def choose_mail(*, person: Any, choices: dict[str, str]) -> None:
    """Keep when `person` wants mail, by kind."""
    for kind, mail in choices.items():
        Preference.objects.update_or_create(person=person, kind=kind, defaults={"mail": mail})
