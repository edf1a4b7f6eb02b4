"""Single occurrences of a series: left out, put back, moved."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activities import times
from activities.models import Activity, Occurrence
from activities.services.common import announce, lock, partners_of, touch
from activities.services.texts import settle
from activities.times import When
from hub.audit import record
from hub.notifications.services import notify
from hub.permissions import require
from hub.writes import write
from organisations.acting import Actor


@write
def leave_out(*, activity: Activity, actor: Actor, day: date, reason: str = "") -> Activity:
    """The occurrence of the local day `day` does not take place; the others do.

    Raises ValidationError where there is none, or where it is the only one left.
    """
    lock(activity)
    require(actor, "activities.edit", activity)
    days = {span.original for span in activity.spans()}
    if day not in days:
        raise ValidationError(_("The series has no occurrence on this day."), code="none")
    if len(days) == 1:
        raise ValidationError(
            _("This is the last occurrence left. Cancel the activity instead."), code="last"
        )
    activity.occurrences.filter(recurrence_date=day).delete()
    activity.exdates = sorted({*activity.exdates, day.isoformat()})
    _keep(activity, actor, "left_out", day, reason)
    return activity


@write
def put_back(*, activity: Activity, actor: Actor, day: date) -> Activity:
    """An occurrence that was left out or moved takes place as the series has it."""
    lock(activity)
    require(actor, "activities.edit", activity)
    moved, _rows = activity.occurrences.filter(recurrence_date=day).delete()
    if day.isoformat() not in activity.exdates and not moved:
        return activity
    activity.exdates = [other for other in activity.exdates if other != day.isoformat()]
    _keep(activity, actor, "put_back", day, "")
    return activity


@write
def move_occurrence(
    *,
    activity: Activity,
    actor: Actor,
    day: date,
    start: datetime,
    end: datetime,
    location: str = "",
) -> Activity:
    """The occurrence of the local day `day` takes place from `start` to `end` instead.

    Both are naive local times in the activity's zone, the end not included.  Raises
    ValidationError for times that nobody could keep.
    """
    lock(activity)
    require(actor, "activities.edit", activity)
    when = When(start, end, activity.tzid, activity.all_day)
    times.check(when)
    if day not in {span.original for span in activity.spans()}:
        raise ValidationError(_("The series has no occurrence on this day."), code="none")
    Occurrence.objects.update_or_create(
        activity=activity,
        recurrence_date=day,
        defaults={"dtstart": when.dtstart, "dtend": when.dtend, "location": location},
    )
    _keep(activity, actor, "moved", day, "")
    return activity


def _keep(activity: Activity, actor: Actor, what: str, day: date, reason: str) -> None:
    touch(activity, weighty=True)
    settle(activity, "exdates", "sequence", "last_modified")
    record(
        f"activities.occurrence.{what}",
        target=activity,
        actor=actor,
        changes={"day": (None, day.isoformat())},
        reason=reason,
    )
    notify(partners_of(activity), "activities.changed", actor=actor, target=activity)
    announce(activity, "activity.changed")
