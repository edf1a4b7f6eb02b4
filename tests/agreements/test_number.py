"""The numbers of the register: one series a year, no gap, no number twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection, transaction

from projects.agreements import services
from projects.agreements.models import Agreement, NumberSeries
from projects.agreements.services import PartyDraft
from tests import factories
from tests import factories_projects as make

WRITERS, EACH = 6, 4


@pytest.mark.django_db
def test_numbers_count_from_one_each_year():
    taken = [NumberSeries.objects.take(year) for year in (2026, 2026, 2027, 2026)]

    assert taken == ["2026-001", "2026-002", "2027-001", "2026-003"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), "2026"),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), "2027"),
    ],
)
def test_number_carries_the_year_of_the_hub_and_not_of_utc(settings, moment, year):
    settings.TIME_ZONE = "Europe/Tirane"
    _person, actor = make.as_editor(factories.make_organisation())
    parties = [PartyDraft(actor.organisation), PartyDraft(factories.make_organisation())]

    with time_machine.travel(moment, tick=False):
        agreement = services.draft_agreement(actor=actor, parties=parties, title="Water")

    assert agreement.number == f"{year}-001"


@pytest.mark.django_db
def test_number_of_a_refused_draft_is_given_to_the_next():
    with transaction.atomic():
        NumberSeries.objects.take(2026)
        transaction.set_rollback(True)

    assert NumberSeries.objects.take(2026) == "2026-001"


def _draft_several(who: int) -> list[str]:
    """What one writer does in its own thread; every second attempt is undone."""
    numbers = []
    try:
        for attempt in range(EACH * 2):
            try:
                with transaction.atomic():
                    number = NumberSeries.objects.take(2026)
                    if attempt % 2:
                        raise RuntimeError
                    numbers.append(number)
            except RuntimeError:
                continue
    finally:
        connection.close()
    return numbers


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_get_different_numbers_without_a_gap():
    with ThreadPoolExecutor(WRITERS) as pool:
        numbers = [each for taken in pool.map(_draft_several, range(WRITERS)) for each in taken]

    assert sorted(numbers) == [f"2026-{number:03d}" for number in range(1, WRITERS * EACH + 1)]


@pytest.mark.django_db(transaction=True)
def test_two_last_signatures_at_once_activate_once():
    sides = [make.as_editor(factories.make_organisation())[1] for _ in range(2)]
    agreement = make.make_agreement([each.organisation for each in sides], state="proposed")
    parties = list(agreement.parties.select_related("agreement", "organisation"))

    def sign(number: int) -> None:
        try:
            services.sign(
                party=parties[number], actor=sides[number], signed_on=agreement.created.date()
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(sign, range(2)))

    stored = Agreement.objects.get(pk=agreement.pk)
    assert (stored.state, stored.sequence) == ("active", 1)
    assert list(stored.parties.values_list("state", flat=True)) == ["signed", "signed"]
