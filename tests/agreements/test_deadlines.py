"""The days on which agreements end, as the calendar asks for them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from hub.deadlines import deadlines
from hub.search import search
from projects.agreements import services
from projects.days import hub_today
from tests import factories
from tests import factories_projects as make

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def _ends(user, start, end):
    return [(each.day, each.url) for each in deadlines(user, start, end, ["agreement-ends"])]


def test_last_day_stands_in_the_calendar_on_both_edges(between):
    day = hub_today() + timedelta(days=9)
    agreement = between(until=day)
    entry = (day, agreement.get_absolute_url())

    assert _ends(NOBODY, day, day) == [entry]
    assert _ends(NOBODY, day - timedelta(days=5), day - timedelta(days=1)) == []
    assert _ends(NOBODY, day + timedelta(days=1), day + timedelta(days=5)) == []


def test_entry_moves_when_the_agreement_is_terminated(between, first):
    today = hub_today()
    agreement = between(until=today + timedelta(days=90))
    span = (NOBODY, today, today + timedelta(days=99), ["agreement-ends"])
    [before] = deadlines(*span)

    services.terminate(
        agreement=agreement, actor=first.actor, last_day=today + timedelta(days=8), reason="Moved."
    )

    [after] = deadlines(*span)
    assert (before.kind, before.object_id) == (after.kind, after.object_id)
    assert after.day == today + timedelta(days=8)
    assert after.sequence > before.sequence
    assert after.last_modified > before.last_modified


def test_calendar_does_not_tell_of_hidden_or_unsigned_agreements(between, first):
    day = hub_today() + timedelta(days=3)
    hidden = between(until=day, visibility="parties")
    between(until=day, state="proposed")

    assert _ends(NOBODY, day, day) == []
    assert _ends(first.person, day, day) == [(day, hidden.get_absolute_url())]


def test_open_ended_agreements_have_no_entry(between):
    between()

    assert _ends(NOBODY, hub_today(), hub_today() + timedelta(days=9999)) == []


@pytest.mark.parametrize("count", [1, 12])
def test_entries_cost_the_same_queries_for_one_and_for_many(count, django_assert_num_queries):
    place, day = factories.make_place(), hub_today() + timedelta(days=3)
    for _ in range(count):
        organisations = [factories.make_organisation(place=place) for _ in range(2)]
        make.make_agreement(organisations, until=day)

    with django_assert_num_queries(3):
        found = deadlines(NOBODY, day, day, ["agreement-ends"])

    assert [entry.place_codes for entry in found] == [(place.code,)] * count


def test_search_finds_what_the_reader_may_see(between, first):
    between(title="Clean river", folded="clean river")
    between(title="Secret river", folded="secret river", visibility="parties")

    titles = {
        name: sorted(hit.title.partition(" ")[2] for _label, hits in found for hit in hits)
        for name, found in {
            "anonymous": search(NOBODY, "River", only="agreement"),
            "party": search(first.person, "River", only="agreement"),
        }.items()
    }

    assert titles == {
        "anonymous": ["Clean river"],
        "party": ["Clean river", "Secret river"],
    }
