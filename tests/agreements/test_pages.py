"""The register and an agreement's page: what they show, filters, forms, counted queries."""

import csv
import io
import json
from datetime import timedelta

import pytest

from projects.agreements import services
from projects.agreements.models import Agreement
from projects.days import hub_today
from tests import factories
from tests import factories_projects as make
from tests.agreements.conftest import party_of

pytestmark = pytest.mark.django_db


def _form(first, second, **fields):
    """What the form of a draft sends."""
    return {
        "acting_for": first.organisation.slug,
        "title": "Clean river",
        "kind": "memorandum",
        "visibility": "public",
        "text": "We clean the river.",
        "effective_from": "2026-07-01",
        "until": "2027-06-30",
        "notice_days": "30",
        "parties-TOTAL_FORMS": "3",
        "parties-INITIAL_FORMS": "2",
        "parties-0-organisation": first.organisation.slug,
        "parties-0-role": "cleans",
        "parties-0-signatory_name": "Ana Gashi",
        "parties-1-organisation": second.organisation.slug,
        "parties-2-organisation": "",
        **fields,
    }


def _text(response) -> str:
    return response.content.decode()


def test_editor_drafts_sends_and_both_sign(first, second, signed_in, client):
    one, other = signed_in(first.person), signed_in(second.person)
    response = one.post("/agreements/create/", _form(first, second), follow=True)
    agreement = Agreement.objects.get()
    url = agreement.get_absolute_url()

    assert response.redirect_chain == [(url, 302)]
    assert "This is a draft." in _text(response)
    assert client.get(url).status_code == 404

    one.post(f"{url}propose/", {"acting_for": first.organisation.slug})
    assert "is asked to sign" in _text(other.get(url))
    for reader, side in ((one, first), (other, second)):
        sign = f"{url}parties/{party_of(agreement, side).pk}/sign/"
        signed = reader.post(
            sign, {"acting_for": side.organisation.slug, "signed_on": hub_today().isoformat()}
        )
        assert signed.status_code == 302

    agreement.refresh_from_db()
    assert agreement.state == "active"
    assert "Clean river" in _text(client.get(url))


def test_draft_keeps_what_the_form_said(first, second, signed_in):
    signed_in(first.person).post("/agreements/create/", _form(first, second))

    agreement = Agreement.objects.get()
    rows = list(agreement.parties.values_list("organisation", "role", "signatory_name"))
    assert rows == [
        (first.organisation.pk, "cleans", "Ana Gashi"),
        (second.organisation.pk, "", ""),
    ]
    assert (agreement.until.isoformat(), agreement.notice_days) == ("2027-06-30", 30)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"until": "2026-06-30"}, "The last day lies before the first."),
        ({"effective_from": "30 February"}, "Enter a valid date."),
        ({"effective_from": "0001-01-01"}, "Choose a day between 1950 and 2150."),
        ({"until": "9999-12-31"}, "Choose a day between 1950 and 2150."),
        ({"title": "x\x00"}, "Null characters are not allowed."),
        ({"parties-1-organisation": ""}, "An agreement needs at least two organisations."),
        ({"parties-1-organisation": "nobody"}, "Select a valid choice."),
        ({"kind": "treaty"}, "Select a valid choice."),
        ({"parties-TOTAL_FORMS": "x"}, "An agreement needs at least two organisations."),
        ({"notice_days": "-3"}, "greater than or equal to 0"),
    ],
)
def test_wrong_draft_is_explained_and_keeps_what_was_typed(change, words, first, second, signed_in):
    data = _form(first, second, **change)

    response = signed_in(first.person).post("/agreements/create/", data)

    assert response.status_code == 422
    assert words in _text(response)
    assert "We clean the river." in _text(response)
    assert not Agreement.objects.exists()


def test_organisation_named_twice_is_refused(first, second, signed_in):
    data = _form(first, second) | {"parties-1-organisation": first.organisation.slug}

    response = signed_in(first.person).post("/agreements/create/", data)

    assert (response.status_code, Agreement.objects.count()) == (422, 0)


def test_drafter_must_be_a_party(first, second, signed_in):
    third = factories.make_organisation()
    data = _form(first, second) | {"parties-0-organisation": third.slug}

    response = signed_in(first.person).post("/agreements/create/", data)

    assert response.status_code == 422
    assert "must be one of its parties" in _text(response)


def test_unverified_organisation_drafts_nothing(signed_in):
    waiting = factories.make_organisation(status="pending")
    editor = factories.make_member(waiting, "administrator")

    assert signed_in(editor, waiting).get("/agreements/create/").status_code == 403


def test_member_finds_no_button_and_no_form(between, member, organisation, signed_in):
    agreement = between(state="draft")
    reader = signed_in(member, organisation)

    page = _text(reader.get(agreement.get_absolute_url()))

    assert "Send for signature" not in page
    assert reader.get("/agreements/create/").status_code == 403


def test_edit_changes_the_draft(between, first, second, signed_in):
    agreement = between(state="draft")
    third = factories.make_organisation("Third")
    data = _form(first, second) | {"parties-1-organisation": third.slug, "title": "New title"}

    signed_in(first.person).post(f"{agreement.get_absolute_url()}edit/", data)

    agreement.refresh_from_db()
    parties = set(agreement.parties.values_list("organisation", flat=True))
    assert (agreement.title, parties) == ("New title", {first.organisation.pk, third.pk})


def test_amendment_is_proposed_and_agreed_on_pages(between, first, second, signed_in):
    agreement = between(text="Less.")
    url = agreement.get_absolute_url()
    one, other = signed_in(first.person), signed_in(second.person)
    form = {"acting_for": first.organisation.slug, "reason": "More is needed.", "text": "More."}

    one.post(f"{url}amendments/propose/", form)
    assert "Agree to the amendment" in _text(other.get(url))
    other.post(f"{url}amendments/1/agree/", {"acting_for": second.organisation.slug})

    page = _text(one.get(url))
    assert "As amendment 1 made it." in page
    assert one.get(f"{url}amendments/1/text/").content == b"More.\n"


def test_renewal_opens_the_new_draft(between, first, signed_in):
    agreement = between()

    response = signed_in(first.person).post(
        f"{agreement.get_absolute_url()}renew/", {"acting_for": first.organisation.slug}
    )

    successor = Agreement.objects.get(previous=agreement)
    assert response["Location"] == successor.get_absolute_url()


def test_link_to_a_hidden_agreement_or_project_is_not_shown(between, first, client):
    project = make.make_project(
        first.organisation, visibility="partners", title="Secret plan", slug="secret-plan"
    )
    old = between(visibility="parties", state="renewed", closed_on=hub_today(), title="Hidden")
    new = between(previous=old, project=project, title="Shown")

    page = _text(client.get(new.get_absolute_url()))

    assert "Secret plan" not in page
    assert "Hidden" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=river", ["Clean river"]),
        ("q=RIVER+green", ["Clean river"]),
        ("status=upcoming", ["Later"]),
        ("status=active", ["Clean river"]),
        ("kind=grant", ["Later"]),
        ("organisation=green", ["Clean river"]),
        ("place=zz-here", ["Later"]),
        ("place=zz", ["Later"]),
        ("status=draft", []),
    ],
)
def test_register_is_filtered(query, found, client, organisation, other_organisation):
    country = factories.make_place("zz", level="country")
    here = factories.make_place("zz-here", parent=country)
    there = factories.make_organisation("There", place=here)
    make.make_agreement(
        [organisation, other_organisation], title="Clean river", folded="clean river green valley"
    )
    later = hub_today() + timedelta(days=9)
    make.make_agreement(
        [other_organisation, there], title="Later", kind="grant", effective_from=later
    )
    make.make_agreement([organisation, there], title="Drafted", state="draft")

    response = client.get(f"/agreements/?{query}&format=json")

    assert [row["title"] for row in json.loads(response.content)] == found


@pytest.mark.parametrize("query", ["status=old", "kind=treaty", "place=nowhere"])
def test_wrong_filter_is_explained(query, client):
    make.make_agreement(title="Anything")

    response = client.get(f"/agreements/?{query}")

    assert response.status_code == 400
    assert "Anything" not in _text(response)


def test_register_as_csv_names_status_parties_and_fingerprint(client, between, first, second):
    agreement = between(state="draft", title="=Clean river")
    services.propose(agreement=agreement, actor=first.actor)
    for side in (first, second):
        services.sign(party=party_of(agreement, side), actor=side.actor, signed_on=hub_today())

    rows = list(
        csv.DictReader(
            io.StringIO(client.get("/agreements/?format=csv").content.decode("utf-8-sig"))
        )
    )

    [row] = rows
    assert (row["title"], row["status_today"], row["parties"]) == (
        "'=Clean river",
        "active",
        "Green Valley; Blue River",
    )
    assert row["sha256"] == agreement.fingerprints.get(what="whole").sha256


def test_number_that_does_not_exist_is_404(client):
    assert client.get("/agreements/2026-999/").status_code == 404
    assert client.get("/agreements/nonsense/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_register_costs_the_same_queries_for_one_and_for_many(
    count, client, organisation, django_assert_num_queries
):
    for _ in range(count):
        make.make_agreement([organisation, factories.make_organisation()])
    client.get("/agreements/")

    # counts of four statuses, places for the filter, count of the page, rows, parties, their names
    with django_assert_num_queries(8):
        client.get("/agreements/")


@pytest.mark.parametrize("count", [2, 8])
def test_page_costs_the_same_queries_for_few_and_for_many_parties(
    count, client, django_assert_num_queries
):
    organisations = [factories.make_organisation() for _ in range(count)]
    agreement = make.make_agreement(organisations, project=make.make_project())
    for each in organisations:
        make.make_commitment(each, to=[organisations[0]], source=agreement)
    client.get(agreement.get_absolute_url())

    with django_assert_num_queries(10):
        client.get(agreement.get_absolute_url())
