"""When an activity takes place, as plain values: local wall times in a zone, and instants.

Pure functions, no database.  A `When` holds naive local times; instants are aware and in UTC.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activities.zones import zone

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2037, 12, 31)  # the zone text of the feeds is good until then
LONGEST = timedelta(days=366)
DAY = timedelta(days=1)


def problem(field: str, message: str, code: str) -> ValidationError:
    """What is wrong with one field of a form, for people and (`code`) for programs."""
    return ValidationError({field: ValidationError(message, code=code)})


def instant(local: datetime, tzid: str) -> datetime:
    """The instant of a local wall time.

    A time that comes twice (clocks go back) means the first; one that is left out (clocks go
    forward) is read with the offset before the change: as RFC 5545, section 3.3.5, has it.
    """
    return local.replace(tzinfo=zone(tzid), fold=0).astimezone(UTC)


def wall(moment: datetime, tzid: str) -> datetime:
    """The naive local wall time of an instant."""
    return moment.astimezone(zone(tzid)).replace(tzinfo=None, fold=0)


def exists(local: datetime, tzid: str) -> bool:
    """Whether the clocks of `tzid` ever show `local`."""
    return wall(instant(local, tzid), tzid) == local


@dataclass(frozen=True)
class When:
    """A time span: naive local start and end in `tzid`, the end not included.

    All-day spans begin and end at midnight; their zone only says whose midnight orders them
    among others.
    """

    start: datetime
    end: datetime
    tzid: str
    all_day: bool = False

    @classmethod
    def days(cls, first: date, last: date, tzid: str) -> "When":
        """Whole days, `last` included."""
        return cls(
            datetime.combine(first, time()), datetime.combine(last, time()) + DAY, tzid, True
        )

    @classmethod
    def between(cls, start: datetime, end: datetime, tzid: str, all_day: bool = False) -> "When":
        """From two instants."""
        return cls(wall(start, tzid), wall(end, tzid), tzid, all_day)

    @property
    def dtstart(self) -> datetime:
        """The first instant."""
        return instant(self.start, self.tzid)

    @property
    def dtend(self) -> datetime:
        """The first instant after it."""
        return instant(self.end, self.tzid)

    @property
    def first_day(self) -> date:
        """The local day it begins."""
        return self.start.date()

    @property
    def last_day(self) -> date:
        """The last local day that holds some of it."""
        return max(self.first_day, (self.end - timedelta(microseconds=1)).date())


def check(when: When) -> None:
    """Raise ValidationError, field by field, where nobody could keep this appointment."""
    for field, day in (("start_date", when.start.date()), ("end_date", when.last_day)):
        if not FIRST_DAY <= day <= LAST_DAY:
            raise problem(field, _("Choose a day between 2000 and 2037."), "range")
    if when.all_day:
        if when.end <= when.start:
            raise problem("end_date", _("The last day is before the first."), "order")
    else:
        _check_clock(when)
    if when.end - when.start > LONGEST:
        raise problem("end_date", _("This is longer than a year. Choose an earlier end."), "length")


def _check_clock(when: When) -> None:
    for field, local in (("start_time", when.start), ("end_time", when.end)):
        if not exists(local, when.tzid):
            raise problem(
                field,
                _(
                    "The clocks go forward that night, and this time is left out. "
                    "Choose an earlier or a later one."
                ),
                "gap",
            )
    if when.dtend <= when.dtstart:
        field = "end_date" if when.end.date() < when.start.date() else "end_time"
        raise problem(field, _("The end must come after the start."), "order")
