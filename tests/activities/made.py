"""Free input for tests: times, series and words that people might write."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from activities.recurrence import Rule, position_of
from activities.times import When, exists

ZONES = ["Europe/Tirane", "Europe/Belgrade", "Europe/Sofia", "Asia/Tbilisi", "UTC"]
# Half of all days lie around a change of the clocks.
_CHANGES = [date(2027, 3, 28), date(2027, 10, 31), date(2026, 10, 25), date(2028, 3, 26)]
days = st.one_of(
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.builds(
        lambda day, shift: day + timedelta(days=shift),
        st.sampled_from(_CHANGES),
        st.integers(-9, 3),
    ),
)
_LETTERS = (
    "abcdefghij XYZ ëçË бвгдђжљњћџш ЩъюяЫ აბგდევზთიკლმნ ,;:\\\"'^&<>=%–„“”…\n\t0123456789 "
    "🎉👩‍👩‍👧🇽🇰é́ \\n\\N \x00\x07\x85\u2028"
)
words = st.text(alphabet=sorted(set(_LETTERS)), max_size=400)
titles = st.text(
    alphabet=sorted(set(_LETTERS) - set("\n\t\x00\x07\x85\u2028")), min_size=1, max_size=200
)


@st.composite
def whens(draw: Any) -> When:
    """Times or whole days, in our zones, many of them near a change of the clocks."""
    tzid, day = draw(st.sampled_from(ZONES)), draw(days)
    if draw(st.booleans()):
        return When.days(day, day + timedelta(days=draw(st.integers(0, 4))), tzid)
    begins = datetime.combine(day, datetime.min.time()) + timedelta(
        minutes=15 * draw(st.integers(0, 95))
    )
    ends = begins + timedelta(minutes=15 * draw(st.integers(5, 60)))
    if not exists(begins, tzid):
        begins += timedelta(hours=1)
    if not exists(ends, tzid):
        ends += timedelta(hours=1)
    if ends <= begins:
        ends += timedelta(hours=1)
    return When(begins, ends, tzid)


@st.composite
def rules(draw: Any) -> Rule:
    """Rules of every kind."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]))
    return Rule(freq, interval=draw(st.integers(1, 5)), count=draw(st.integers(2, 30)))


def by_weekday(rule: Rule, when: When) -> Rule:
    """The monthly rule that follows the weekday of `when`."""
    return Rule("MONTHLY", rule.interval, count=rule.count, position=position_of(when.first_day))
