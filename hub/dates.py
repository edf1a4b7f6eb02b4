"""Days and moments in words, in the reader's language and time zone.

Django's own formats leave out the weekday and follow one order of words; Babel
knows both for each language. Moments are aware and shown in the time zone that
is active (the reader's); days are shown as they are.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel import dates as babel_dates
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, to_locale

#: British order and spelling stand on screen, so English is read that way.
_LOCALES = {"en": "en_GB"}
_END_OF_DATE = re.compile(r"(\s*г)?\.$")
#: A CLDR skeleton for each way to show a day; the language settles the order.
_SKELETONS = {"short": "yMMMd", "week": "MMMEd", "month": "yMMMM"}


@lru_cache(maxsize=32)
def _locale_of(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, to_locale(language)))


def locale() -> Locale:
    """Babel's locale for the language that is active now."""
    return _locale_of(get_language() or "en")


def local(moment: datetime, zone: tzinfo | None = None) -> datetime:
    """The aware `moment` in `zone`, or in the reader's time zone."""
    return timezone.localtime(moment, zone or timezone.get_current_timezone())


def day_in_words(day: date, style: str = "long") -> str:
    """A day in words; an aware datetime counts as the reader's day.

    `long` has the weekday and the year ("Saturday 22 November 2026"), `short` the year
    only ("22 Nov 2026"), `week` the weekday only ("Sat 22 Nov"), `month` no day.
    Raises `ValueError` for another style.
    """
    if isinstance(day, datetime):
        day = local(day).date() if timezone.is_aware(day) else day.date()
    if style != "long" and style not in _SKELETONS:
        raise ValueError(f"Unknown style of a day: {style!r}")
    if style == "long":
        words = babel_dates.format_date(day, "full", locale=locale())
    else:
        words = babel_dates.format_skeleton(_SKELETONS[style], day, locale=locale())
    # Bulgarian and Serbian end a date in a full stop, which would double that of a sentence.
    return _END_OF_DATE.sub("", words)


def time_in_words(moment: datetime, zone: tzinfo | None = None) -> str:
    """Hours and minutes of an aware moment, on the reader's clock or that of `zone`.

    All languages of the hub count 24 hours and part them by a colon.
    """
    return f"{local(moment, zone):%H:%M}"


def moment_in_words(moment: datetime, zone: tzinfo | None = None) -> str:
    """Day with weekday, and time, of an aware moment."""
    here = local(moment, zone)
    return gettext("%(day)s, %(time)s") % {
        "day": day_in_words(here.date()),
        "time": f"{here:%H:%M}",
    }


def age_in_words(moment: datetime, now: datetime | None = None) -> str:
    """How long ago, for less than a day back; else the day, with the year if it is another."""
    now = now or timezone.now()
    passed = now - moment
    minutes = int(passed.total_seconds() // 60)
    if not timedelta(0) <= passed < timedelta(days=1):
        here = local(moment)
        return day_in_words(here.date(), "week" if here.year == local(now).year else "short")
    if minutes < 1:
        return gettext("just now")
    if minutes < 60:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {
            "count": minutes
        }
    hours = minutes // 60
    return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}


def period_in_words(
    start: date, end: date | None = None, *, all_day: bool = False, tzid: str = ""
) -> str:
    """From when to when, in words, without repeating what both ends share.

    `start` and `end` are aware datetimes, or days (then the period is whole days and `end` is
    its last day). `tzid` names the zone whose clock is shown; it is added to the words when
    the reader's own clock stands elsewhere at that moment.
    """
    if all_day or not isinstance(start, datetime):
        return _days_in_words(_as_day(start), _as_day(end or start))
    zone = ZoneInfo(tzid) if tzid else None
    first = local(start, zone)
    last = local(end, zone) if isinstance(end, datetime) else first
    if last.date() == first.date():
        words = gettext("%(day)s, %(time)s") % {
            "day": day_in_words(first.date()),
            "time": _hours(first, last),
        }
    else:
        words = gettext("%(start)s to %(end)s") % {
            "start": moment_in_words(first, zone),
            "end": moment_in_words(last, zone),
        }
    if zone and first.utcoffset() != local(start).utcoffset():
        place = babel_dates.get_timezone_location(zone, locale=locale(), return_city=True)
        return gettext("%(period)s (%(place)s time)") % {"period": words, "place": place}
    return words


def _hours(first: datetime, last: datetime) -> str:
    return f"{first:%H:%M}" if last == first else f"{first:%H:%M}–{last:%H:%M}"


def _days_in_words(first: date, last: date) -> str:
    if first == last:
        return day_in_words(first)
    return gettext("%(start)s to %(end)s") % {
        "start": day_in_words(first),
        "end": day_in_words(last),
    }


def _as_day(value: date) -> date:
    if isinstance(value, datetime):
        return local(value).date() if timezone.is_aware(value) else value.date()
    return value
