"""What a person has read, and what they follow.  Private marks: no audit, no live event."""

from typing import Any

from django.utils import timezone

from forums.models import Follow, LastRead, Topic


def mark_read(*, person: Any, topic: Topic, number: int) -> int:
    """Note that post `number` was on the screen; what had been read before.  Two queries at most.

    The mark only goes forward, also where two windows are open.
    """
    now = timezone.now()
    mark = LastRead.objects.filter(person=person, topic=topic).first()
    if mark is None:
        LastRead.objects.bulk_create(
            [LastRead(person=person, topic=topic, number=number, at=now)], ignore_conflicts=True
        )
        return 0
    if number > mark.number:
        LastRead.objects.filter(pk=mark.pk, number__lt=number).update(number=number, at=now)
    return mark.number


def follow(*, person: Any, topic: Topic, active: bool = True) -> None:
    """Follow `topic`, or no longer.  Not following survives writing in it again."""
    Follow.objects.update_or_create(person=person, topic=topic, defaults={"active": active})
