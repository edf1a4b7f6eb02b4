"""Series: which days, at which instants, and what is no series."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from activities import ical, recurrence
from activities.recurrence import Moved, Rule, position_of, spans, within
from activities.times import When
from tests.activities.made import rules, whens
from tests.factories_activities import make_days, make_when

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MONDAY = date(2027, 3, 15)


def hours(found: Any) -> Any:
    return [span.dtstart.hour for span in found]


def code_of(rule: Rule, when: When) -> Any:
    with pytest.raises(ValidationError) as refused:
        recurrence.check(rule, when)
    ((field, (error,)),) = refused.value.error_dict.items()
    return field, error.code


def test_weekly_meeting_keeps_its_local_hour_across_the_clock_change() -> None:
    found = spans(make_when(MONDAY, "10:00", "11:00"), Rule("WEEKLY", count=4))

    assert [span.original.day for span in found] == [15, 22, 29, 5]
    assert hours(found) == [9, 9, 8, 8]


def test_all_day_series_stands_on_the_same_days_in_every_zone() -> None:
    for tzid in ("Europe/Tirane", "Asia/Tbilisi"):
        found = spans(make_days(MONDAY, tzid=tzid), Rule("DAILY", interval=7, count=3))
        assert [span.original for span in found] == [MONDAY + timedelta(weeks=n) for n in range(3)]


def test_second_tuesday_of_each_month() -> None:
    when = make_when(date(2027, 1, 12))

    found = spans(when, Rule("MONTHLY", count=3, position=position_of(when.first_day)))

    assert [span.original for span in found] == [
        date(2027, 1, 12),
        date(2027, 2, 9),
        date(2027, 3, 9),
    ]


def test_fifth_weekday_means_the_last() -> None:
    assert position_of(date(2027, 1, 29)) == -1
    assert position_of(date(2027, 1, 8)) == 2


def test_month_without_a_31st_is_passed_over() -> None:
    found = spans(make_when(date(2027, 1, 31)), Rule("MONTHLY", count=3))

    assert [span.original.month for span in found] == [1, 3, 5]


def test_days_left_out_and_moved() -> None:
    when = make_when(MONDAY, "10:00", "11:00")
    elsewhere = Moved(
        datetime(2027, 3, 23, 12, tzinfo=UTC), datetime(2027, 3, 23, 13, tzinfo=UTC), "Park"
    )

    found = spans(
        when,
        Rule("WEEKLY", count=4),
        exdates=[date(2027, 3, 29)],
        moved={date(2027, 3, 22): elsewhere},
    )

    assert [(span.original.day, span.dtstart.day, span.moved, span.location) for span in found] == [
        (15, 15, False, ""),
        (22, 23, True, "Park"),
        (5, 5, False, ""),
    ]


def test_timed_occurrence_over_the_clock_change_lasts_as_long_as_the_first() -> None:
    found = spans(
        make_when(date(2027, 3, 20), "22:00", "06:00", last=date(2027, 3, 21)),
        Rule("WEEKLY", count=2),
    )

    assert {span.dtend - span.dtstart for span in found} == {timedelta(hours=8)}


def test_within_takes_what_touches_the_time() -> None:
    found = spans(make_when(MONDAY, "10:00", "11:00"), Rule("DAILY", count=5))
    start = found[1].dtend

    assert within(found, start, found[3].dtstart) == [found[2]]


@pytest.mark.parametrize("when", [make_when(MONDAY), make_days(MONDAY)])
@pytest.mark.parametrize(
    "rule",
    [
        Rule("DAILY", count=5),
        Rule("WEEKLY", interval=2, until=date(2027, 10, 31)),
        Rule("MONTHLY", until=date(2027, 7, 15), position=3),
    ],
)
def test_rule_is_read_back_from_its_text(when: When, rule: Rule) -> None:
    assert Rule.parse(rule.text(when), when.tzid) == rule


def test_until_is_written_in_utc_for_times_and_as_a_day_for_days() -> None:
    rule = Rule("WEEKLY", until=date(2027, 10, 31))

    assert rule.text(make_when(MONDAY)) == "FREQ=WEEKLY;UNTIL=20271031T225959Z"
    assert rule.text(make_days(MONDAY)) == "FREQ=WEEKLY;UNTIL=20271031"


@pytest.mark.parametrize(
    ("rule", "field", "code"),
    [
        (Rule("DAILY", until=date(2027, 3, 1)), "repeat_until", "order"),
        (Rule("DAILY", until=date(2028, 8, 1)), "repeat_until", "many"),
        (Rule("DAILY", until=date(2050, 1, 1)), "repeat_until", "range"),
        (Rule("DAILY", count=500), "repeat_count", "many"),
        (Rule("DAILY", until=MONDAY), "repeat_until", "few"),
        (Rule("WEEKLY", count=1), "repeat_count", "few"),
        (Rule("MONTHLY", interval=30, count=300), "repeat_count", "few"),
        (Rule("DAILY"), "repeat_until", "many"),
    ],
)
def test_rule_that_gives_no_good_series_is_refused_with_its_field(
    rule: Rule, field: str, code: str
) -> None:
    assert code_of(rule, make_when(MONDAY)) == (field, code)


def test_occurrences_may_not_overlap() -> None:
    long = make_days(MONDAY, MONDAY + timedelta(days=1))

    assert code_of(Rule("DAILY", count=3), long) == ("repeat", "overlap")
    recurrence.check(Rule("DAILY", interval=2, count=3), long)


@settings(max_examples=80, deadline=None)
@given(when=whens(), rule=rules(), left_out=st.sets(st.integers(0, 6), max_size=2))
def test_every_series_is_what_another_program_makes_of_its_text(
    when: When, rule: Rule, left_out: Any
) -> None:
    try:
        recurrence.check(rule, when)
    except ValidationError:
        return
    days = [span.original for span in spans(when, rule)]
    exdates = tuple(days[number] for number in sorted(left_out) if number < len(days) - 1)
    entry = ical.Entry("u", "Series", when, NOW, rrule=rule.text(when), exdates=exdates)
    text = ical.calendar_text("Test", [ical.event_text(entry)], {when.tzid}, fallback="UTC")

    events = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(
        datetime(1999, 12, 1, tzinfo=UTC), datetime(2039, 1, 1, tzinfo=UTC)
    )

    theirs = sorted(_start(event) for event in events)
    mine = spans(when, rule, exdates=exdates)
    assert theirs == [span.original if when.all_day else span.dtstart for span in mine]


def _start(event: Any) -> Any:
    start = event["DTSTART"].dt
    return start.astimezone(UTC) if isinstance(start, datetime) else start
