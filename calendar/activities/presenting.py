"""What the pages show: occurrences and deadlines of some days, as one ordered list.

An entry stands on its local days: a meeting in Tbilisi on the tenth is on the tenth for
readers everywhere, with its own clock; where the reader's clock differs, the page says so.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.functional import cached_property

from activities import recurrence, zones
from activities.models import Activity
from activities.models.activity import accepted_prefetch
from activities.selection import Selection
from activities.times import DAY, wall
from hub import dates
from hub.deadlines import Deadline
from hub.deadlines import kinds as deadline_kinds


@dataclass(frozen=True)
class Entry:
    """One line of the calendar: an occurrence of `activity`, or a `deadline`."""

    title: str
    first_day: date
    last_day: date
    all_day: bool
    begins: datetime
    ends: datetime
    tzid: str
    activity: Activity | None = None
    deadline: Deadline | None = None
    location: str = ""
    moved: bool = False

    @cached_property
    def url(self) -> str:
        """The path of its page."""
        if self.activity is not None:
            return self.activity.get_absolute_url()
        assert self.deadline is not None
        return self.deadline.url

    @property
    def start(self) -> date | datetime:
        """The day or the instant it begins."""
        return self.first_day if self.all_day else self.begins

    @property
    def end(self) -> date | datetime:
        """The last day, or the instant it is over."""
        return self.last_day if self.all_day else self.ends

    @property
    def key(self) -> str:
        """Names it on the page."""
        if self.activity is not None:
            return f"activity-{self.activity.pk}-{self.first_day:%Y%m%d}"
        assert self.deadline is not None
        return f"{self.deadline.kind}-{self.deadline.object_id}"

    @property
    def is_cancelled(self) -> bool:
        """It will not take place, or does not hold any more."""
        if self.activity is not None:
            return self.activity.is_cancelled
        return self.deadline is not None and self.deadline.cancelled

    @property
    def is_tentative(self) -> bool:
        """Not all co-organisers have answered."""
        return self.activity is not None and self.activity.status == Activity.Status.TENTATIVE

    @property
    def kind(self) -> str:
        """The kind in words."""
        if self.activity is not None:
            return str(self.activity.get_kind_display())
        assert self.deadline is not None
        return str(deadline_kinds().get(self.deadline.kind, ""))

    @cached_property
    def clock(self) -> str:
        """The time of the day it begins, on its own clock; empty for whole days."""
        return "" if self.all_day else f"{wall(self.begins, self.tzid):%H:%M}"

    @cached_property
    def hours(self) -> str:
        """From when to when on its own clock; with the day where it ends on another."""
        if self.all_day:
            return ""
        last = wall(self.ends, self.tzid)
        if self.deadline is not None:
            return self.clock
        if last.date() == self.first_day:
            return f"{self.clock}–{last:%H:%M}"
        until = dates.day_in_words(last.date(), "week")
        return f"{self.clock} – {until}, {last:%H:%M}"

    @cached_property
    def reader_clock(self) -> str:
        """When it begins on the reader's clock, where that differs; with the day if it differs."""
        if self.all_day:
            return ""
        here = timezone.localtime(self.begins)
        own = wall(self.begins, self.tzid)
        if here.replace(tzinfo=None) == own:
            return ""
        if here.date() == own.date():
            return f"{here:%H:%M}"
        return f"{dates.day_in_words(here.date(), 'week')}, {here:%H:%M}"

    @property
    def zone_words(self) -> str:
        """The city whose clock it keeps."""
        return zones.words(self.tzid)

    @cached_property
    def organisers(self) -> list[str]:
        """Names of all who organise it or whom it concerns."""
        if self.activity is not None:
            accepted: list[Any] = self.activity.accepted  # type: ignore[attr-defined]
            partners = [row.organisation.name for row in accepted]
            return [self.activity.organisation.name, *partners]
        assert self.deadline is not None
        return [named.name for named in self.deadline.organisations]

    @property
    def organiser(self) -> str:
        """All of them in one line."""
        return " + ".join(self.organisers)

    @property
    def place(self) -> str:
        """Venue and municipality, under the name that other rooms use."""
        return self.where

    @property
    def where(self) -> str:
        """Venue and municipality."""
        if self.activity is None:
            return ""
        parts = (self.location or self.activity.location, str(self.activity.place or ""))
        return ", ".join(part for part in parts if part)


ACTIVITIES_ONLY = Selection(deadline_kinds=())


def entries(
    user: Any, first: date, last: date, selection: Selection = ACTIVITIES_ONLY
) -> list[Entry]:
    """All that stands in the calendar from `first` to `last`, both included, in order.

    Five queries for any number of activities, and those of the deadlines.
    """
    return complete(outline(user, first, last, selection))


def outline(user: Any, first: date, last: date, selection: Selection) -> list[Entry]:
    """The same without organisers and places, for pages that show few of many; two queries."""
    # Local days begin up to fourteen hours before or after those of UTC.
    start = datetime.combine(first, time(), tzinfo=UTC) - DAY
    end = datetime.combine(last, time(), tzinfo=UTC) + 2 * DAY
    rows = selection.apply(Activity.objects.visible_to(user)).touching(start, end).light()
    prefetch_related_objects([row for row in rows if row.rrule], "occurrences")
    found = [
        entry
        for activity in rows
        for span in recurrence.within(activity.spans(), start, end)
        if (entry := occurrence(activity, span)).first_day <= last and entry.last_day >= first
    ]
    found += [_deadline(entry) for entry in selection.deadlines(user, first, last)]
    return sorted(found, key=lambda one: (one.first_day, not one.all_day, one.begins, one.title))


def complete(shown: list[Entry]) -> list[Entry]:
    """Fetch organisers and places of the entries that are shown; three queries."""
    activities = {entry.activity.pk: entry.activity for entry in shown if entry.activity}
    prefetch_related_objects(
        list(activities.values()), "organisation", "place", accepted_prefetch()
    )
    return shown


def occurrence(activity: Activity, span: recurrence.Span) -> Entry:
    """One occurrence as a line of the calendar; no query."""
    first, end = wall(span.dtstart, activity.tzid), wall(span.dtend, activity.tzid)
    return Entry(
        title=activity.summary,
        first_day=first.date(),
        last_day=max(first.date(), (end - timedelta(microseconds=1)).date()),
        all_day=activity.all_day,
        begins=span.dtstart,
        ends=span.dtend,
        tzid=activity.tzid,
        activity=activity,
        location=span.location,
        moved=span.moved,
    )


def _deadline(entry: Deadline) -> Entry:
    tzid = entry.tzid if zones.is_zone(entry.tzid) else "UTC"
    moment = entry.moment or datetime.combine(entry.day or date.min, time(), tzinfo=UTC)
    day = entry.day or wall(moment, tzid).date()
    return Entry(
        title=entry.title,
        first_day=day,
        last_day=day,
        all_day=entry.moment is None,
        begins=moment,
        ends=moment,
        tzid=tzid,
        deadline=entry,
    )


@dataclass(frozen=True)
class AgendaDay:
    """A day of the agenda with what begins on it (or goes on, on the first day shown)."""

    day: date
    entries: list[Entry]
    is_today: bool


def by_day(found: Iterable[Entry], first: date, today: date) -> list[AgendaDay]:
    """The agenda: each item once, under its first day that is shown."""
    days: dict[date, list[Entry]] = defaultdict(list)
    for item in found:
        days[max(item.first_day, first)].append(item)
    return [AgendaDay(day, days[day], day == today) for day in sorted(days)]


@dataclass(frozen=True)
class MonthDay:
    """A cell of the month: what is shown of it, and how much more there is."""

    day: date
    entries: list[Entry]
    more: int
    classes: str


SHOWN_A_DAY = 4


def weeks(found: Iterable[Entry], month: date, today: date) -> list[list[MonthDay]]:
    """The month as weeks from Monday to Sunday; longer activities stand on each of their days."""
    first, last = grid(month)
    cells: dict[date, list[Entry]] = defaultdict(list)
    for item in found:
        day = max(item.first_day, first)
        while day <= min(item.last_day, last):
            cells[day].append(item)
            day += DAY
    days = [first + number * DAY for number in range((last - first).days + 1)]
    row = [_cell(day, cells[day], month, today) for day in days]
    return [row[start : start + 7] for start in range(0, len(row), 7)]


def _cell(day: date, found: list[Entry], month: date, today: date) -> MonthDay:
    shown = found if len(found) <= SHOWN_A_DAY else found[: SHOWN_A_DAY - 1]
    marks = {
        "month__day--out": day.month != month.month,
        "month__day--today": day == today,
        "month__day--past": day < today,
    }
    classes = " ".join(["month__day", *(name for name, holds in marks.items() if holds)])
    return MonthDay(day, shown, len(found) - len(shown), classes)


def grid(month: date) -> tuple[date, date]:
    """The first and last day of the whole weeks that hold the month of the day `month`."""
    first = month.replace(day=1)
    last = next_month(first) - DAY
    return first - first.weekday() * DAY, last + (6 - last.weekday()) * DAY


def next_month(month: date) -> date:
    """The first day of the following month."""
    return (month.replace(day=28) + 4 * DAY).replace(day=1)


def previous_month(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - DAY).replace(day=1)
