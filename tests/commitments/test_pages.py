"""The register, a commitment's page, the panels of other rooms; days in the calendar."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from hub.deadlines import deadlines
from hub.panels import panels_for
from hub.search import search
from organisations.acting import Actor
from projects.commitments import services
from projects.commitments.models import Commitment
from projects.days import hub_today
from tests import factories
from tests import factories_projects as make

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def _text(response) -> str:
    return response.content.decode()


def test_obligation_is_added_to_a_draft_and_shows_there(
    organisation, other_organisation, signed_in
):
    agreement = make.make_agreement([organisation, other_organisation], state="draft")
    person = make.as_editor(organisation)[0]
    editor = signed_in(person)

    response = editor.post(
        f"/commitments/create/agreement/{agreement.pk}/",
        {
            "acting_for": organisation.slug,
            "title": "Pay the first part",
            "debtor": other_organisation.slug,
            "beneficiaries": [organisation.slug],
            "due": "2030-01-31",
        },
        follow=True,
    )

    assert response.redirect_chain == [(agreement.get_absolute_url(), 302)]
    assert "Pay the first part" in _text(response)
    stored = Commitment.objects.get()
    assert (stored.debtor, stored.source, list(stored.beneficiaries.all())) == (
        other_organisation,
        agreement,
        [organisation],
    )


def test_municipality_records_what_follows_from_its_consultation(
    topic, organisation, signed_in, client
):
    person = make.as_editor(organisation)[0]
    editor = signed_in(person, organisation)
    address = f"/commitments/create/topic/{topic.pk}/"

    assert address in _text(editor.get(topic.get_absolute_url()))
    response = editor.post(
        address,
        {
            "title": "Plant forty trees",
            "debtor": organisation.slug,
            "to_public": "on",
            "due": "2030-04-01",
        },
    )

    commitment = Commitment.objects.get()
    assert response["Location"] == commitment.get_absolute_url()
    page = _text(client.get(topic.get_absolute_url()))
    assert "Plant forty trees" in page
    assert address not in page


def test_organiser_records_what_was_promised_at_an_activity(
    activity, organisation, signed_in, client
):
    address = f"/commitments/create/activity/{activity.pk}/"
    editor = signed_in(make.as_editor(organisation)[0], organisation)

    assert address in _text(editor.get(activity.get_absolute_url()))
    make.make_commitment(organisation, source=activity, title="Send the minutes")

    assert "Send the minutes" in _text(client.get(activity.get_absolute_url()))


def test_panel_hides_what_is_owed_in_secret(organisation, other_organisation):
    agreement = make.make_agreement([organisation, other_organisation], visibility="parties")
    make.make_commitment(organisation, source=agreement)

    assert panels_for(agreement, Actor(NOBODY)) == []
    [panel] = panels_for(agreement, Actor(factories.make_member(organisation)))
    assert len(panel.context["commitments"]) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"due": "soon"}, "Enter a valid date."),
        ({"to_public": ""}, "Say to whom it is owed"),
        ({"debtor": "nobody"}, "Select a valid choice."),
    ],
)
def test_wrong_commitment_is_explained_and_keeps_what_was_typed(
    change, words, organisation, signed_in
):
    data = {
        "acting_for": organisation.slug,
        "title": "Mend the road",
        "description": "All of it.",
        "debtor": organisation.slug,
        "to_public": "on",
        "due": "2030-04-01",
    }

    response = signed_in(make.as_editor(organisation)[0]).post(
        "/commitments/create/", data | change
    )

    assert response.status_code == 422
    assert words in _text(response)
    assert "All of it." in _text(response)


def test_nobody_records_what_another_owes(organisation, other_organisation, signed_in):
    data = {
        "title": "Mend the road",
        "debtor": other_organisation.slug,
        "to_public": "on",
        "due": "2030-04-01",
    }

    response = signed_in(make.as_editor(organisation)[0], organisation).post(
        "/commitments/create/", data
    )

    assert (response.status_code, Commitment.objects.count()) == (422, 0)


def test_debtor_reports_and_a_citizen_assesses(organisation, signed_in, client):
    commitment = make.make_commitment(organisation)
    url = commitment.get_absolute_url()
    reporter = signed_in(make.as_editor(organisation)[0])
    citizen = signed_in(factories.make_user("Cela Citizen"))

    reported = reporter.post(
        f"{url}report/",
        {
            "acting_for": organisation.slug,
            "state": "in_progress",
            "progress": "35",
            "text": "Half of the **stones** are there.",
        },
    )
    assessed = citizen.post(
        f"{url}assess/", {"acting_for": "", "verdict": "partly", "reason": "I walked along it."}
    )

    assert (reported.status_code, assessed.status_code) == (302, 302)
    page = _text(client.get(url))
    for words in ("<strong>stones</strong>", "35 %", "Cela Citizen", "I walked along it."):
        assert words in page


@pytest.mark.parametrize("state", ["done", "planned"])
def test_impossible_report_keeps_what_was_typed(state, organisation, signed_in):
    commitment = make.make_commitment(organisation, state="dropped")
    data = {"acting_for": organisation.slug, "state": state, "text": "We tried everything."}

    response = signed_in(make.as_editor(organisation)[0]).post(
        f"{commitment.get_absolute_url()}report/", data
    )

    assert response.status_code == 422
    assert "We tried everything." in _text(response)


def test_report_overtaken_by_another_is_refused_with_409(organisation, signed_in, monkeypatch):
    """Two editors have the form open; the second one's choice does not fit any more."""
    commitment = make.make_commitment(organisation, state="in_progress")
    reporter = signed_in(make.as_editor(organisation)[0])
    stale = make.make_commitment(organisation, state="in_progress")
    services.report_progress(
        commitment=commitment, actor=make.as_editor(organisation)[1], state="dropped", text="No."
    )
    fetch = "projects.commitments.views.reporting.access.commitment_to"
    stale.pk, stale.state = commitment.pk, "in_progress"
    actor = make.as_editor(organisation)[1]
    monkeypatch.setattr(fetch, lambda request, pk, name: (stale, actor))

    response = reporter.post(
        f"{commitment.get_absolute_url()}report/", {"state": "done", "text": "All done."}
    )

    assert response.status_code == 409
    assert "All done." in _text(response)


def test_receiver_gives_more_time(organisation, other_organisation, signed_in, client):
    commitment = make.make_commitment(organisation, to=[other_organisation])
    url = commitment.get_absolute_url()

    signed_in(make.as_editor(other_organisation)[0]).post(
        f"{url}postpone/",
        {"acting_for": other_organisation.slug, "due": "2031-01-01", "reason": "Snow."},
    )

    page = _text(client.get(url))
    assert "1 Jan 2031: Snow." in page


def test_obligations_of_unsigned_agreements_are_not_in_the_register(
    organisation, other_organisation, signed_in
):
    drafted, agreed = (
        make.make_agreement([organisation, other_organisation], state=state)
        for state in ("draft", "active")
    )
    make.make_commitment(organisation, source=drafted, title="Not yet")
    make.make_commitment(organisation, source=agreed, title="Agreed")
    person = make.as_editor(organisation)[0]

    rows = json.loads(signed_in(person).get("/commitments/?format=json").content)

    assert [row["title"] for row in rows] == ["Agreed"]
    day = hub_today() + timedelta(days=7)
    assert len(deadlines(person, day, day, ["commitment-due"])) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=bridge", ["Mend the bridge"]),
        ("status=late", ["Late one"]),
        ("status=open", ["Late one", "Mend the bridge", "Of an agreement"]),
        ("status=done", ["Done one"]),
        ("status=dropped", []),
        ("organisation=green", ["Mend the bridge"]),
        ("organisation=blue", ["Mend the bridge", "Of an agreement"]),
        ("source=agreement", ["Of an agreement"]),
        ("source=topic", []),
        ("place=zz-here", ["Mend the bridge"]),
        ("place=zz", ["Mend the bridge"]),
    ],
)
def test_register_is_filtered_and_sorted(query, found, client, organisation, other_organisation):
    here = factories.make_place("zz-here", parent=factories.make_place("zz", level="country"))
    today = hub_today()
    make.make_commitment(organisation, to=[other_organisation], title="Mend the bridge", place=here)
    make.make_commitment(due=today - timedelta(days=2), title="Late one")
    make.make_commitment(due=today - timedelta(days=9), title="Done one", state="done")
    agreement = make.make_agreement([other_organisation, factories.make_organisation()])
    make.make_commitment(
        other_organisation, source=agreement, title="Of an agreement", due=today + timedelta(days=8)
    )

    response = client.get(f"/commitments/?{query}&format=json")

    assert [row["title"] for row in json.loads(response.content)] == found


@pytest.mark.parametrize(
    "address",
    [f"/commitments/{9**30}/", "/commitments/0/", f"/commitments/create/agreement/{9**30}/"],
)
def test_address_of_nothing_is_404(address, organisation, signed_in):
    assert signed_in(make.as_editor(organisation)[0]).get(address).status_code == 404


@pytest.mark.parametrize("query", ["status=soon", "source=dream", "place=nowhere"])
def test_wrong_filter_is_explained(query, client):
    assert client.get(f"/commitments/?{query}").status_code == 400


@pytest.mark.parametrize("count", [1, 30])
def test_register_costs_the_same_queries_for_one_and_for_many(
    count, client, organisation, django_assert_num_queries
):
    for _ in range(count):
        make.make_commitment(organisation, to=[factories.make_organisation()])
    client.get("/commitments/")

    # four counts, places for the filter, count of the page, rows, those to whom it is owed
    with django_assert_num_queries(8):
        client.get("/commitments/")


@pytest.mark.parametrize("count", [1, 12])
def test_page_costs_the_same_queries_for_one_and_for_many_reports(
    count, client, organisation, django_assert_num_queries
):
    agreement = make.make_agreement([organisation, factories.make_organisation()])
    commitment = make.make_commitment(organisation, source=agreement)
    for _ in range(count):
        services.report_progress(
            commitment=commitment,
            actor=make.as_editor(organisation)[1],
            state="in_progress",
            text="On it.",
        )
        services.assess(
            commitment=commitment,
            actor=Actor(factories.make_user()),
            verdict="partly",
            reason="Slow.",
        )
    client.get(commitment.get_absolute_url())

    with django_assert_num_queries(10):
        client.get(commitment.get_absolute_url())


@pytest.mark.parametrize("count", [1, 12])
def test_panel_costs_the_same_queries_for_one_and_for_many(
    count, topic, organisation, django_assert_num_queries
):
    for _ in range(count):
        make.make_commitment(organisation, to=[factories.make_organisation()], source=topic)

    with django_assert_num_queries(2):
        [panel] = panels_for(topic, Actor(NOBODY))

    assert len(panel.context["commitments"]) == count


# In the calendar --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "title", "cancelled"),
    [
        ("planned", "Due: Mend (Green Valley)", False),
        ("done", "Done: Mend (Green Valley)", False),
        ("dropped", "Due: Mend (Green Valley)", True),
    ],
)
def test_due_day_stands_in_the_calendar(state, title, cancelled, organisation, other_organisation):
    day = hub_today() + timedelta(days=4)
    commitment = make.make_commitment(
        organisation, to=[other_organisation], due=day, title="Mend", state=state
    )

    [entry] = deadlines(NOBODY, day, day, ["commitment-due"])

    assert (entry.title, entry.day, entry.cancelled, entry.url) == (
        title,
        day,
        cancelled,
        commitment.get_absolute_url(),
    )
    assert {each.slug for each in entry.organisations} == {
        organisation.slug,
        other_organisation.slug,
    }


def test_report_raises_the_sequence_of_the_entry(organisation):
    commitment = make.make_commitment(organisation)
    day = commitment.due
    [before] = deadlines(NOBODY, day, day, ["commitment-due"])

    services.report_progress(
        commitment=commitment, actor=make.as_editor(organisation)[1], state="done", text="Done."
    )

    [after] = deadlines(NOBODY, day, day, ["commitment-due"])
    assert after.sequence > before.sequence
    assert after.last_modified > before.last_modified


@pytest.mark.parametrize("count", [1, 12])
def test_entries_cost_the_same_queries_for_one_and_for_many(count, django_assert_num_queries):
    day = hub_today() + timedelta(days=4)
    for _ in range(count):
        make.make_commitment(to=[factories.make_organisation()], due=day)

    with django_assert_num_queries(2):
        assert len(deadlines(NOBODY, day, day, ["commitment-due"])) == count


def test_search_finds_commitments(organisation):
    make.make_commitment(organisation, title="Mend the bridge")

    [(_label, [hit])] = search(NOBODY, "BRIDGE", only="commitment")

    assert (hit.title, hit.excerpt) == ("Mend the bridge", "Green Valley")
