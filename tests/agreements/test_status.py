"""What state and dates mean on a day: in Python, in the database, at the edges of days."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from projects.agreements.models import Agreement, Status
from projects.agreements.models.status import SIGNED, State, status_on
from tests import factories
from tests import factories_projects as make

DAY = date(2026, 6, 15)
ZONE = "Europe/Tirane"  # two hours ahead of UTC in June


def _days(*offsets: int) -> list[date | None]:
    return [None, *(DAY + timedelta(days=offset) for offset in offsets)]


@pytest.mark.parametrize(
    ("state", "start", "until", "closed", "expected"),
    [
        ("draft", 0, 10, None, "draft"),
        ("proposed", -9, -1, None, "proposed"),
        ("cancelled", -9, 10, None, "cancelled"),
        ("active", 1, None, None, "upcoming"),
        ("active", 0, None, None, "active"),
        ("active", -9, 31, None, "active"),
        ("active", -9, 30, None, "expiring"),
        ("active", -9, 0, None, "expiring"),
        ("active", -9, -1, None, "ended"),
        ("ended", -9, -1, None, "ended"),
        ("terminated", -9, 300, 0, "expiring"),
        ("terminated", -9, 300, 31, "active"),
        ("terminated", -9, 300, -1, "terminated"),
        ("terminated", 5, 300, -1, "terminated"),
        ("renewed", -9, None, -1, "renewed"),
        ("renewed", -9, 20, 10, "expiring"),
    ],
)
def test_status_follows_from_state_and_dates(state, start, until, closed, expected):
    agreement = Agreement(
        state=state,
        effective_from=DAY + timedelta(days=start),
        until=None if until is None else DAY + timedelta(days=until),
        closed_on=None if closed is None else DAY + timedelta(days=closed),
    )

    assert status_on(agreement, DAY) == expected


@pytest.mark.django_db
def test_database_and_python_agree_on_every_status():
    """All combinations of the days that matter, in one table of rows."""
    person, organisation = factories.make_user(), factories.make_organisation()
    rows = [
        Agreement(
            number=f"x{state}-{number}"[:12],
            title="x",
            state=state,
            effective_from=start,
            until=until,
            closed_on=closed,
            person=person,
            organisation=organisation,
        )
        for state in State
        for number, (start, until, closed) in enumerate(
            (start, until, closed)
            for start in _days(-1, 0, 1)
            for until in _days(-1, 0, 30, 31)
            for closed in _days(-1, 0, 30, 31)
            if start is None or until is None or until >= start
        )
    ]
    for number, row in enumerate(rows):
        row.number = f"1999-{number:05d}"
    Agreement.objects.bulk_create(rows)

    for status in Status:
        found = set(Agreement.objects.with_status(status, DAY).values_list("number", flat=True))
        assert found == {row.number for row in rows if row.status_on(DAY) == status}, status


@given(
    start=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    length=st.integers(0, 400),
    day=st.dates(date(2025, 12, 1), date(2027, 12, 31)),
)
def test_status_only_moves_forward_in_time(start, length, day):
    agreement = Agreement(
        state="active", effective_from=start, until=start + timedelta(days=length)
    )
    order = [Status.UPCOMING, Status.ACTIVE, Status.EXPIRING, Status.ENDED]

    today, tomorrow = (status_on(agreement, day + timedelta(days=step)) for step in (0, 1))

    assert order.index(tomorrow) >= order.index(today)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 6, 15, 21, 59, 59, tzinfo=UTC), "expiring"),
        (datetime(2026, 6, 15, 22, 0, 0, tzinfo=UTC), "ended"),
    ],
)
def test_last_day_ends_at_midnight_of_the_hub(settings, moment, expected):
    settings.TIME_ZONE = ZONE
    agreement = make.make_agreement(effective_from=date(2026, 1, 1), until=DAY)

    with time_machine.travel(moment, tick=False):
        assert agreement.status == expected
        assert list(Agreement.objects.with_status(expected)) == [agreement]


@pytest.mark.django_db
def test_reader_in_another_time_zone_sees_the_same_status(settings, client, signed_in):
    settings.TIME_ZONE = ZONE
    agreement = make.make_agreement(effective_from=date(2026, 1, 1), until=DAY)
    reader = factories.make_user(time_zone="Asia/Tbilisi")  # already the next day there

    with time_machine.travel(datetime(2026, 6, 15, 21, 0, tzinfo=UTC), tick=False):
        pages = [
            each.get(agreement.get_absolute_url()).content.decode()
            for each in (client, signed_in(reader))
        ]

    assert all("Today is its last day in force." in page for page in pages)


def test_signed_states_are_those_with_a_derived_status():
    assert set(SIGNED) == {"active", "ended", "terminated", "renewed"}
