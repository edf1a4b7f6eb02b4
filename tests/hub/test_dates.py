"""Days and moments in words, in each language and zone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from hub import dates

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_tirana() -> object:
    with timezone.override("Europe/Tirane"):
        yield


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Sunday, 22 November 2026"),
        ("sq", "e diel, 22 nëntor 2026"),
        ("bg", "неделя, 22 ноември 2026"),
        ("ka", "კვირა, 22 ნოემბერი, 2026"),
    ],
)
def test_day_is_said_with_its_weekday(language: str, words: str) -> None:
    with translation.override(language):
        # Some languages put a space between year and sign that does not break.
        assert " ".join(dates.day_in_words(date(2026, 11, 22)).split()) == words


def test_moment_counts_as_the_readers_day() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert dates.day_in_words(late, "short") == "23 Nov 2026"
    with timezone.override("America/New_York"):
        assert dates.day_in_words(late, "short") == "22 Nov 2026"


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(days=1), "Sat 21 Nov"),
        (timedelta(days=400), "18 Oct 2025"),
        (timedelta(minutes=-5), "Sun 22 Nov"),
    ],
)
def test_age_is_relative_for_less_than_a_day(passed: timedelta, words: str) -> None:
    assert dates.age_in_words(NOON - passed, NOON) == words


def test_period_within_a_day_says_the_day_once() -> None:
    words = dates.period_in_words(NOON, NOON + timedelta(hours=2))
    assert words == "Sunday, 22 November 2026, 13:00–15:00"


def test_period_over_midnight_says_both_days() -> None:
    words = dates.period_in_words(NOON, NOON + timedelta(hours=14))
    assert words == "Sunday, 22 November 2026, 13:00 to Monday, 23 November 2026, 03:00"


def test_period_elsewhere_names_the_place() -> None:
    words = dates.period_in_words(NOON, NOON, tzid="Asia/Tbilisi")
    assert words == "Sunday, 22 November 2026, 16:00 (Tbilisi time)"


def test_period_in_a_zone_with_the_same_clock_names_no_place() -> None:
    assert dates.period_in_words(NOON, NOON, tzid="Europe/Belgrade").endswith("13:00")


def test_whole_days_have_no_hours() -> None:
    first, last = date(2026, 11, 22), date(2026, 11, 24)
    assert dates.period_in_words(first, first) == "Sunday, 22 November 2026"
    words = dates.period_in_words(first, last, all_day=True)
    assert words == "Sunday, 22 November 2026 to Tuesday, 24 November 2026"


def test_unknown_style_is_an_error() -> None:
    with pytest.raises(ValueError, match="style of a day"):
        dates.day_in_words(date(2026, 1, 1), "tiny")
