"""Planning an activity, changing it, calling it off."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from activities import recurrence, times
from activities.models import Activity, CoOrganiser, Occurrence, Status, Tombstone
from activities.recurrence import Rule
from activities.services.common import announce, later_than, lock, partners_of, touch
from activities.services.organisers import requests_to, standing, tell_asked
from activities.services.texts import settle
from activities.times import When, problem
from hub.audit import record
from hub.files.services import files_of, store_file
from hub.live.publish import publish
from hub.notifications.services import close_notices, notify
from hub.permissions import require
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Organisation

# What people say about an activity, apart from when it is.
WORDS = (
    "kind", "summary", "description", "location", "place", "latitude", "longitude",
    "conference_url", "visibility",
)  # fmt: skip
# A change of one of these, or of the time, is one that people must know of: SEQUENCE rises.
WEIGHTY = {
    "location", "place", "latitude", "longitude", "conference_url", "dtstart", "dtend", "tzid",
    "all_day", "rrule", "exdates", "status",
}  # fmt: skip


@write
def plan_activity(
    *,
    actor: Actor,
    when: When,
    rule: Rule | None = None,
    tags: Iterable[str] = (),
    co_organisers: Iterable[Organisation] = (),
    documents: Iterable[Any] = (),
    **words: Any,
) -> Activity:
    """Put an activity of the organisation that `actor` acts for into the calendar.

    `words` are those of `WORDS`.  The co-organisers are asked; until all have answered it is
    tentative.  Raises ValidationError for times that nobody could keep.
    """
    require(actor, "activities.create")
    _check(when, rule)
    now = timezone.now()
    activity = Activity(
        person=actor.person, organisation=actor.organisation, created=now, last_modified=now
    )
    _set(activity, _only_known(words))
    _set(activity, _time_fields(when, rule))
    activity.ends = activity.leaves = activity.dtend
    partners = requests_to(activity, co_organisers)
    activity.status = Status.TENTATIVE if partners else Status.CONFIRMED
    activity.save(force_insert=True)
    CoOrganiser.objects.bulk_create(partners)
    names = tidy_tags(tags)
    activity.tags.set(names)
    for upload in documents:
        store_file(upload, actor=actor, attached_to=activity)
    settle(activity, tags=names)
    record("activities.activity.created", target=activity, actor=actor)
    tell_asked(activity, partners, actor)
    announce(activity, "activity.created")
    return activity


@write
def change_activity(
    *,
    activity: Activity,
    actor: Actor,
    when: When | None = None,
    rule: Rule | None = None,
    tags: Iterable[str] | None = None,
    documents: Iterable[Any] = (),
    **words: Any,
) -> Activity:
    """Change what is said about an activity; with `when` also its time and `rule`.

    SEQUENCE rises by one when time or place change, and only then.  Days left out and moved
    occurrences that the new series does not have are forgotten.
    """
    lock(activity)
    require(actor, "activities.edit", activity)
    new = _only_known(words)
    if when is not None:
        _check(when, rule)
        new |= _time_fields(when, rule)
    changes = {
        name: (getattr(activity, name), value)
        for name, value in new.items()
        if getattr(activity, name) != value
    }
    _set(activity, new)
    if when is not None and set(changes) & WEIGHTY and activity.rrule:
        changes |= _forget_lost_days(activity)
    if when is not None and not activity.rrule:
        changes |= _forget_series(activity)
    old_tags = sorted(activity.tags.names())
    names = old_tags if tags is None else tidy_tags(tags)
    if names != old_tags:
        activity.tags.set(names)
        changes["tags"] = (old_tags, names)
    kept = [store_file(upload, actor=actor, attached_to=activity) for upload in documents]
    if not changes and not kept:
        return activity
    touch(activity, weighty=bool(set(changes) & WEIGHTY))
    fields = set(changes) - {"tags"}
    settle(activity, *fields, "sequence", "last_modified", tags=names)
    told = {name: (_plain(old), _plain(value)) for name, (old, value) in changes.items()}
    record("activities.activity.changed", target=activity, actor=actor, changes=told)
    if set(changes) & WEIGHTY:
        notify(partners_of(activity), "activities.changed", actor=actor, target=activity)
    announce(activity, "activity.changed")
    return activity


@write
def cancel_activity(*, activity: Activity, actor: Actor, reason: str) -> Activity:
    """Call an activity off.  It stays on its page, and in the feeds for 30 days after its end."""
    lock(activity)
    require(actor, "activities.edit", activity)
    reason = reason.strip()
    if not reason:
        raise problem("reason", _("Say why it will not take place."), "required")
    now = timezone.now()
    claimed = Activity.objects.filter(pk=activity.pk).exclude(status=Status.CANCELLED)
    before = activity.status
    if not claimed.update(status=Status.CANCELLED, cancelled=now):
        return activity
    activity.status, activity.cancelled, activity.cancelled_because = (
        Status.CANCELLED, now, reason,
    )  # fmt: skip
    touch(activity, weighty=True)
    settle(activity, "cancelled_because", "sequence", "last_modified")
    record(
        "activities.activity.cancelled",
        target=activity,
        actor=actor,
        changes={"status": (before, Status.CANCELLED.value)},
        reason=reason,
    )
    close_notices("activities.asked", target=activity)
    notify(partners_of(activity), "activities.cancelled", actor=actor, target=activity)
    announce(activity, "activity.cancelled")
    return activity


@write
def reinstate_activity(*, activity: Activity, actor: Actor) -> Activity:
    """Take a cancellation back: it takes place after all."""
    lock(activity)
    require(actor, "activities.delete", activity)
    if not activity.is_cancelled:
        return activity
    activity.status, activity.cancelled, activity.cancelled_because = standing(activity), None, ""
    touch(activity, weighty=True)
    settle(activity, "status", "cancelled", "cancelled_because", "sequence", "last_modified")
    record("activities.activity.reinstated", target=activity, actor=actor)
    notify(partners_of(activity), "activities.reinstated", actor=actor, target=activity)
    announce(activity, "activity.changed")
    return activity


@write
def delete_activity(*, activity: Activity, actor: Actor, reason: str) -> None:
    """Take out what was entered by mistake.  Its address answers "gone" from then on.

    Raises ValidationError where something else on the hub rests on it.
    """
    lock(activity)
    require(actor, "activities.delete", activity)
    record("activities.activity.deleted", target=activity, actor=actor, reason=reason)
    Tombstone.objects.create(uid=activity.uid, deleted=later_than(activity.last_modified))
    files = list(files_of(activity))
    if activity.is_public:
        publish("calendar", "activity.deleted", uid=str(activity.uid))
    try:
        activity.delete()
    except ProtectedError:
        raise ValidationError(
            _("Something else on the hub rests on this activity. Cancel it instead."), code="used"
        ) from None
    for file in files:
        file.delete()
        transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)))


def tidy_tags(tags: Iterable[str]) -> list[str]:
    """Tags as they are kept: lower case, trimmed, each once, sorted."""
    return sorted({" ".join(tag.lower().split()) for tag in tags if tag.strip()})


def _check(when: When, rule: Rule | None) -> None:
    times.check(when)
    if rule is not None:
        recurrence.check(rule, when)


def _time_fields(when: When, rule: Rule | None) -> dict[str, Any]:
    return {
        "dtstart": when.dtstart,
        "dtend": when.dtend,
        "tzid": when.tzid,
        "all_day": when.all_day,
        "rrule": rule.text(when) if rule else "",
    }


def _forget_lost_days(activity: Activity) -> dict[str, Any]:
    """Drop exceptions to days that the series has no more; what that changed."""
    rule = activity.rule
    assert rule is not None
    days = {start.date() for start in recurrence.starts(rule, activity.when)}
    activity.occurrences.exclude(recurrence_date__in=days).delete()
    kept = [day.isoformat() for day in activity.days_left_out if day in days]
    if kept == activity.exdates:
        return {}
    old, activity.exdates = activity.exdates, kept
    return {"exdates": (old, kept)}


def _forget_series(activity: Activity) -> dict[str, Any]:
    Occurrence.objects.filter(activity=activity).delete()
    if not activity.exdates:
        return {}
    old, activity.exdates = activity.exdates, []
    return {"exdates": (old, [])}


def _set(activity: Activity, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(activity, name, value)


def _only_known(words: dict[str, Any]) -> dict[str, Any]:
    unknown = set(words) - set(WORDS)
    if unknown:
        raise TypeError(f"Unknown fields of an activity: {sorted(unknown)}")
    return words


def _plain(value: Any) -> Any:
    """A value as the audit trail keeps it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | None) else str(value)
