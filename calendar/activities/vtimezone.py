"""VTIMEZONE text, derived from the system's zone data by looking at its transitions.

Calendar programs want the rule form (RRULE with BYDAY): some ignore lists of dates and would
show every summer meeting an hour off (RFC 5545, section 3.6.5, allows both).  Zones whose rule
has not changed since 2010 get it running from 1970, as every program expects; zones that
changed later get their changes one by one until the present rule begins; and zones whose
changes follow no weekday of the year (Ramadan) get a list of dates.  Right from 2010 to 2037.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import groupby

from activities.zones import zone

SINCE, LAST_YEAR = 2010, 2037
_EPOCH = datetime.combine(date(1970, 1, 1), time())
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Transition:
    """One change of the clocks; `local` is the wall time before it, as DTSTART wants it."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str


@cache
def vtimezone(tzid: str) -> str:
    """The VTIMEZONE component of `tzid`, with CRLF line ends."""
    changes = list(_transitions(tzid))
    tail, rules = _yearly_rules(changes)
    earlier = changes[: len(changes) - len(tail)]
    lines = ["BEGIN:VTIMEZONE", f"TZID:{tzid}"]
    if not changes:
        moment = datetime(LAST_YEAR, 1, 1, tzinfo=zone(tzid))
        offset = moment.utcoffset() or timedelta()
        lines += _observance(_EPOCH, offset, offset, moment.tzname() or tzid, summer=False)
    elif rules and not earlier:
        lines += _rules_since_1970(tail, rules)
    else:
        lines += _one_by_one(changes, earlier, tail, rules)
    return "\r\n".join([*lines, "END:VTIMEZONE", ""])


def _transitions(tzid: str) -> Iterator[Transition]:
    """The changes of the clocks from SINCE to LAST_YEAR, found by halving between days."""
    where = zone(tzid)
    day = timedelta(days=1)
    low = datetime(SINCE, 1, 1, tzinfo=UTC)
    end = datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    while low < end:
        if _offset(low, where) != _offset(low + day, where):
            moment = _halve(low, low + day, where)
            before, after = _offset(moment - timedelta(seconds=1), where), _offset(moment, where)
            yield Transition(
                (moment + before).replace(tzinfo=None),
                before,
                after,
                moment.astimezone(where).tzname() or tzid,
            )
        low += day


def _offset(moment: datetime, where: object) -> timedelta:
    return moment.astimezone(where).utcoffset() or timedelta()  # type: ignore[arg-type]


def _halve(low: datetime, high: datetime, where: object) -> datetime:
    """The first second after `low` with the offset of `high`."""
    new = _offset(high, where)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if _offset(middle, where) == new:
            high = middle
        else:
            low = middle
    return high


def _yearly_rules(changes: list[Transition]) -> tuple[list[Transition], list[str]]:
    """The changes at the end that follow two yearly rules, and these rules; or two empty lists.

    The tail begins with the first year from which both rules hold without a gap.
    """
    years = {year: list(group) for year, group in groupby(changes, lambda c: c.local.year)}
    for first in range(SINCE, LAST_YEAR - 1):
        pairs = [years.get(year, []) for year in range(first, LAST_YEAR + 1)]
        if any(len(pair) != 2 for pair in pairs):
            continue
        rules = [_rule([pair[half] for pair in pairs]) for half in (0, 1)]
        if all(rules):
            return [change for pair in pairs for change in pair], [rule or "" for rule in rules]
    return [], []


def _rule(changes: list[Transition]) -> str | None:
    """One RRULE that gives all of `changes` (one a year), or None."""
    same = {(c.local.month, c.local.time(), c.before, c.after, c.local.weekday()) for c in changes}
    if len(same) != 1:
        return None
    month, day = changes[0].local.month, _WEEKDAYS[changes[0].local.weekday()]
    head = f"FREQ=YEARLY;BYMONTH={month};"
    if all(_days_left(c.local) < 7 for c in changes):
        return f"{head}BYDAY=-1{day}"
    numbers = {(c.local.day - 1) // 7 + 1 for c in changes}
    if len(numbers) == 1:
        return f"{head}BYDAY={numbers.pop()}{day}"
    days = [c.local.day for c in changes]
    if max(days) - min(days) == 6:
        run = ",".join(str(number) for number in range(min(days), max(days) + 1))
        return f"{head}BYMONTHDAY={run};BYDAY={day}"
    return None


def _days_left(day: date) -> int:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (following - timedelta(days=1)).day - day.day


def _rules_since_1970(tail: list[Transition], rules: list[str]) -> list[str]:
    lines: list[str] = []
    for change, rule in sorted(zip(tail[:2], rules, strict=True), key=lambda pair: pair[0].after):
        onset = next(c for c in _days_of(rule, change.local.replace(year=1970, day=1)))
        lines += _observance(
            onset, change.before, change.after, change.name, _is_summer(change), f"RRULE:{rule}"
        )
    return lines


def _days_of(rule: str, month_start: datetime) -> Iterator[datetime]:
    """The days of one month that `rule` names."""
    parts = dict(part.split("=") for part in rule.split(";"))
    weekday = _WEEKDAYS.index(parts["BYDAY"][-2:])
    days = [month_start + timedelta(days=number) for number in range(31)]
    days = [d for d in days if d.month == month_start.month and d.weekday() == weekday]
    if "BYMONTHDAY" in parts:
        allowed = {int(number) for number in parts["BYMONTHDAY"].split(",")}
        yield from (d for d in days if d.day in allowed)
    else:
        position = int(parts["BYDAY"][:-2])
        yield days[position - 1 if position > 0 else position]


def _one_by_one(
    changes: list[Transition], earlier: list[Transition], tail: list[Transition], rules: list[str]
) -> list[str]:
    """The state before SINCE, each earlier change, then the rules (or lists of dates)."""
    first = changes[0]
    lines = _observance(_EPOCH, first.before, first.before, _abbreviation(first.before), False)
    if rules:
        for change in earlier:
            lines += _observance(
                change.local, change.before, change.after, change.name, _is_summer(change)
            )
        for change, rule in zip(tail[:2], rules, strict=True):
            lines += _observance(
                change.local,
                change.before,
                change.after,
                change.name,
                _is_summer(change),
                f"RRULE:{rule}",
            )
        return lines
    alike: dict[tuple[timedelta, timedelta, str], list[Transition]] = defaultdict(list)
    for change in changes:
        alike[change.before, change.after, change.name].append(change)
    for (before, after, name), group in alike.items():
        dates = [f"RDATE:{change.local:%Y%m%dT%H%M%S}" for change in group[1:]]
        lines += _observance(group[0].local, before, after, name, _is_summer(group[0]), *dates)
    return lines


def _is_summer(change: Transition) -> bool:
    return change.after > change.before


def _observance(
    onset: datetime, before: timedelta, after: timedelta, name: str, summer: bool, *extra: str
) -> list[str]:
    kind = "DAYLIGHT" if summer else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_clock(before)}",
        f"TZOFFSETTO:{_clock(after)}",
        f"TZNAME:{name}",
        *extra,
        f"END:{kind}",
    ]


def _clock(offset: timedelta) -> str:
    """`+0100`: whole minutes, because some programs refuse seconds."""
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _abbreviation(offset: timedelta) -> str:
    return f"UTC{_clock(offset)}"
