"""Series: the simple rules that people use, and the occurrences that follow from them.

Pure functions, no database.  A rule is kept as the text that stands in the feed (RFC 5545,
section 3.3.10) and counted on local wall time, so that a meeting at ten stays at ten when the
clocks change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import pairwise

from dateutil import rrule
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.times import LAST_DAY, When, instant, problem, wall

MOST_OCCURRENCES = 366
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY}


@dataclass(frozen=True)
class Rule:
    """How an activity repeats.  `until` is a local day, included; or `count` occurrences in all.

    `position` makes a monthly rule follow the weekday: 2 is "the second", -1 "the last".
    """

    freq: str
    interval: int = 1
    until: date | None = None
    count: int | None = None
    position: int | None = None

    @classmethod
    def parse(cls, text: str, tzid: str) -> "Rule | None":
        """The rule of a stored text; None for an empty one."""
        if not text:
            return None
        parts = dict(part.split("=", 1) for part in text.split(";"))
        until = parts.get("UNTIL", "")
        return cls(
            freq=parts["FREQ"],
            interval=int(parts.get("INTERVAL", "1")),
            until=_until_day(until, tzid) if until else None,
            count=int(parts["COUNT"]) if "COUNT" in parts else None,
            position=int(parts["BYDAY"][:-2]) if "BYDAY" in parts else None,
        )

    def text(self, when: When) -> str:
        """The rule as the feed writes it, for an activity at `when`; UNTIL is in UTC."""
        parts = [f"FREQ={self.freq}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.position is not None:
            parts.append(f"BYDAY={self.position}{_WEEKDAYS[when.start.weekday()]}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        elif self.until is not None and when.all_day:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        elif self.until is not None:
            last = instant(datetime.combine(self.until, time(23, 59, 59)), when.tzid)
            parts.append(f"UNTIL={last:%Y%m%dT%H%M%SZ}")
        return ";".join(parts)


def _until_day(text: str, tzid: str) -> date:
    if "T" not in text:
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    return wall(datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC), tzid).date()


def position_of(day: date) -> int:
    """Which of its weekday in the month `day` is: 1 to 4, or -1 for a fifth ("the last")."""
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1


def starts(rule: Rule, when: When) -> list[datetime]:
    """All local starts of the series, in order; one more than `MOST_OCCURRENCES` at most."""
    weekday = None
    if rule.position is not None:
        weekday = rrule.weekdays[when.start.weekday()](rule.position)
    series = rrule.rrule(
        _FREQUENCIES[rule.freq],
        dtstart=when.start,
        interval=rule.interval,
        count=min(rule.count or MOST_OCCURRENCES + 1, MOST_OCCURRENCES + 1),
        byweekday=weekday,
    )
    last = datetime.combine(rule.until or LAST_DAY, time.max)
    found = []
    for start in series:
        if start > last:
            break
        found.append(start)
    return found


def check(rule: Rule, when: When) -> None:
    """Raise ValidationError where the rule gives no series that people or programs can follow."""
    if rule.until is not None and rule.until < when.first_day:
        raise problem("repeat_until", _("The series would end before it begins."), "order")
    if rule.until is not None and rule.until > LAST_DAY:
        raise problem("repeat_until", _("Choose a day between 2000 and 2037."), "range")
    found = starts(rule, when)
    field = "repeat_count" if rule.count is not None else "repeat_until"
    if len(found) > MOST_OCCURRENCES:
        raise problem(
            field,
            ngettext(
                "A series may have at most %(most)s occurrence. Choose an earlier end.",
                "A series may have at most %(most)s occurrences. Choose an earlier end.",
                MOST_OCCURRENCES,
            )
            % {"most": MOST_OCCURRENCES},
            "many",
        )
    if len(found) < 2 or (rule.count is not None and len(found) < rule.count):
        raise problem(
            field, _("This gives no series. Choose a later end, or no repetition."), "few"
        )
    if any(later - earlier < when.end - when.start for earlier, later in pairwise(found)):
        raise problem("repeat", _("Each occurrence must end before the next begins."), "overlap")


@dataclass(frozen=True)
class Moved:
    """Where one occurrence of a series went instead (instants), and its own place if it has one."""

    dtstart: datetime
    dtend: datetime
    location: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """One occurrence in instants.  `original` is its local day in the series, None for singles."""

    dtstart: datetime
    dtend: datetime
    original: date | None = None
    moved: bool = False
    location: str = ""


def spans(
    when: When,
    rule: Rule | None,
    *,
    exdates: Iterable[date] = (),
    moved: Mapping[date, Moved] | None = None,
) -> list[Span]:
    """Every occurrence, ordered by start.

    Timed occurrences last as long in elapsed time as the first (RFC 5545, section 3.8.5.3);
    all-day ones as many days.
    """
    if rule is None:
        return [Span(when.dtstart, when.dtend)]
    skipped, elsewhere = set(exdates), moved or {}
    elapsed, nominal = when.dtend - when.dtstart, when.end - when.start
    found = []
    for start in starts(rule, when):
        day = start.date()
        if day in elsewhere:
            other = elsewhere[day]
            found.append(Span(other.dtstart, other.dtend, day, True, other.location))
        elif day not in skipped:
            first = instant(start, when.tzid)
            end = instant(start + nominal, when.tzid) if when.all_day else first + elapsed
            found.append(Span(first, end, day))
    return sorted(found, key=lambda span: (span.dtstart, span.dtend))


def within(found: Iterable[Span], start: datetime, end: datetime) -> list[Span]:
    """Those that touch the time from `start` to `end` (instants, the end not included)."""
    return [
        span
        for span in found
        if span.dtstart < end and (span.dtend > start or span.dtstart == span.dtend >= start)
    ]


def last_end(found: Iterable[Span], otherwise: datetime) -> datetime:
    """The instant when the last occurrence is over."""
    return max((span.dtend for span in found), default=otherwise)
