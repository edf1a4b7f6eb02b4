"""Local times, instants, and what nobody could keep."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from activities import times
from activities.times import When, exists, instant, wall
from tests.factories_activities import make_days, make_when

TIRANE = "Europe/Tirane"
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


def at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}")


def code_of(when: When) -> tuple[str, str | None]:
    with pytest.raises(ValidationError) as refused:
        times.check(when)
    ((field, (error,)),) = refused.value.error_dict.items()
    return field, error.code


def test_instant_of_a_local_time_follows_summer_time() -> None:
    assert instant(at(date(2027, 1, 15), "10:00"), TIRANE) == datetime(2027, 1, 15, 9, tzinfo=UTC)
    assert instant(at(date(2027, 7, 15), "10:00"), TIRANE) == datetime(2027, 7, 15, 8, tzinfo=UTC)


def test_time_that_comes_twice_means_the_first() -> None:
    assert instant(at(AUTUMN, "02:30"), TIRANE) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_time_that_is_left_out_does_not_exist() -> None:
    assert not exists(at(SPRING, "02:30"), TIRANE)
    assert exists(at(SPRING, "03:00"), TIRANE)
    assert wall(instant(at(SPRING, "02:30"), TIRANE), TIRANE) == at(SPRING, "03:30")


def test_all_day_last_day_is_the_day_before_the_exclusive_end() -> None:
    when = make_days(date(2027, 5, 1), date(2027, 5, 3))

    assert (when.first_day, when.last_day) == (date(2027, 5, 1), date(2027, 5, 3))
    assert when.end == at(date(2027, 5, 4), "00:00")


def test_meeting_until_midnight_ends_on_its_own_day() -> None:
    when = When(at(SPRING, "20:00"), at(date(2027, 3, 29), "00:00"), TIRANE)

    assert when.last_day == SPRING


@pytest.mark.parametrize(
    ("when", "field", "code"),
    [
        (make_when(SPRING, "12:00", "10:00"), "end_time", "order"),
        (make_when(SPRING, "12:00", "12:00"), "end_time", "order"),
        (make_when(SPRING, last=date(2027, 3, 1)), "end_date", "order"),
        (make_days(SPRING, date(2027, 3, 1)), "end_date", "order"),
        (make_when(SPRING, "02:30", "05:00"), "start_time", "gap"),
        (make_when(SPRING, "01:00", "02:15"), "end_time", "gap"),
        (make_when(date(1, 1, 1)), "start_date", "range"),
        (make_when(date(9998, 1, 1)), "start_date", "range"),
        (make_when(date(2027, 1, 1), last=date(2040, 1, 1)), "end_date", "range"),
        (make_when(date(2027, 1, 1), last=date(2028, 5, 1)), "end_date", "length"),
        (make_days(date(2027, 1, 1), date(2028, 1, 2)), "end_date", "length"),
    ],
)
def test_time_that_nobody_could_keep_is_refused_with_its_field(
    when: When, field: str, code: str
) -> None:
    assert code_of(when) == (field, code)


@pytest.mark.parametrize(
    "when",
    [
        make_when(SPRING, "01:30", "03:30"),
        make_when(AUTUMN, "02:30", "03:30"),
        make_days(date(2027, 1, 1), date(2027, 12, 31)),
        make_days(SPRING),
    ],
)
def test_good_time_is_taken(when: When) -> None:
    times.check(when)
