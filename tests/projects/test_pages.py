"""The list of projects and a project's page; forms, links, counted queries."""

import json

import pytest

from projects.models import Partner, Project
from tests import factories
from tests import factories_projects as make
from tests.factories_activities import make_activity
from tests.factories_forums import make_forum, make_topic

pytestmark = pytest.mark.django_db


def _text(response) -> str:
    return response.content.decode()


def _form(organisation, **fields):
    return {
        "acting_for": organisation.slug,
        "title": "Green roofs",
        "summary": "Grass on schools.",
        "description": "We plant.",
        "start_date": "2026-07-01",
        "end_date": "2026-12-31",
        "visibility": "public",
        "tags": "schools, climate",
        **fields,
    }


def test_editor_enters_a_project(organisation, editor, signed_in):
    response = signed_in(editor).post("/projects/create/", _form(organisation), follow=True)

    project = Project.objects.get()
    assert response.redirect_chain == [("/projects/green-roofs/", 302)]
    assert (project.lead, project.status, sorted(project.tags.names())) == (
        organisation,
        "planned",
        ["climate", "schools"],
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"end_date": "2026-06-30"}, "The last day lies before the first."),
        ({"place": "nowhere"}, "Select a valid choice."),
        ({"visibility": "secret"}, "Select a valid choice."),
    ],
)
def test_wrong_project_is_explained_and_keeps_what_was_typed(
    change, words, organisation, editor, signed_in
):
    response = signed_in(editor).post("/projects/create/", _form(organisation, **change))

    assert response.status_code == 422
    assert words in _text(response)
    assert "We plant." in _text(response)
    assert not Project.objects.exists()


def test_invited_organisation_answers_on_the_page(project, invited, guest, signed_in):
    partner = signed_in(guest.person)

    assert "is invited to take part" in _text(partner.get(project.get_absolute_url()))
    partner.post(
        f"{project.get_absolute_url()}partners/{invited.pk}/accept/",
        {"acting_for": guest.organisation.slug},
    )

    assert Partner.objects.get().state == "accepted"


def test_declining_a_hidden_project_leads_back_to_the_list(organisation, guest, signed_in):
    project = make.make_project(organisation, visibility="partners")
    partner = make.make_partner(project, guest.organisation, "invited")

    response = signed_in(guest.person).post(
        f"{project.get_absolute_url()}partners/{partner.pk}/decline/",
        {"acting_for": guest.organisation.slug, "reason": "Busy."},
        follow=True,
    )

    assert response.redirect_chain == [("/projects/", 302)]


def test_topic_and_activity_are_added_by_their_address(project, lead, signed_in, client):
    topic, activity = make_topic(title="Where to begin"), make_activity("River walk")
    editor = signed_in(lead.person)
    address = f"{project.get_absolute_url()}links/add/"

    for target in (topic, activity):
        whole = f"https://hub.example{target.get_absolute_url()}?page=2#post-9"
        added = editor.post(address, {"acting_for": lead.organisation.slug, "address": whole})
        assert added.status_code == 302

    page = _text(client.get(project.get_absolute_url()))
    assert "Where to begin" in page
    assert "River walk" in page


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "/forums/",
        "/topics/999999-x/",
        "https://[",
        "/admin/",
        "%00",
        f"/topics/{9**30}-x/",
    ],
)
def test_wrong_address_is_explained(address, project, lead, signed_in):
    response = signed_in(lead.person).post(
        f"{project.get_absolute_url()}links/add/",
        {"acting_for": lead.organisation.slug, "address": address},
    )

    assert response.status_code == 422
    assert "There is no topic or activity at this address" in _text(response)


def test_hidden_topic_cannot_be_added_and_is_not_shown(project, lead, signed_in, client):
    host = factories.make_organisation()
    actor = factories.make_actor(factories.make_member(host, "editor"), host)
    secret = make_topic(make_forum(host, visibility="members"), actor, title="Secret talk")
    project.topics.add(secret)
    other = make.make_project(lead.organisation)

    response = signed_in(lead.person).post(
        f"{other.get_absolute_url()}links/add/",
        {"acting_for": lead.organisation.slug, "address": secret.get_absolute_url()},
    )

    assert response.status_code == 422
    assert "Secret talk" not in _text(client.get(project.get_absolute_url()))


def test_page_shows_agreements_and_commitments(project, organisation, client):
    agreement = make.make_agreement(
        [organisation, factories.make_organisation()], project=project, title="On the river"
    )
    make.make_agreement([organisation], project=project, state="draft", title="Not yet")
    make.make_commitment(organisation, source=project, title="Remove the tyres")

    page = _text(client.get(project.get_absolute_url()))

    assert agreement.get_absolute_url() in page
    assert "Remove the tyres" in page
    assert "Not yet" not in page


def test_organisation_page_shows_what_it_does_agreed_and_owes(project, organisation, client):
    make.make_agreement([organisation, factories.make_organisation()], title="On the river")
    make.make_commitment(organisation, title="Remove the tyres")

    page = _text(client.get(organisation.get_absolute_url()))

    for words in ("Clean river", "On the river", "Remove the tyres"):
        assert words in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=river", ["Clean river"]),
        ("status=active", ["Roofs"]),
        ("organisation=green", ["Clean river"]),
        ("organisation=blue", ["Clean river"]),
        ("tag=climate", ["Roofs"]),
        ("place=zz-here", ["Roofs"]),
        ("place=zz", ["Roofs"]),
        ("q=nothing", []),
    ],
)
def test_list_is_filtered(query, found, project, other_organisation, client):
    make.make_partner(project, other_organisation)
    here = factories.make_place("zz-here", parent=factories.make_place("zz", level="country"))
    roofs = make.make_project(title="Roofs", status="active", place=here)
    roofs.tags.add("climate")
    make.make_project(title="Hidden river", visibility="partners")

    response = client.get(f"/projects/?{query}&format=json")

    assert [row["title"] for row in json.loads(response.content)] == found


def test_wrong_filter_is_explained(client):
    assert client.get("/projects/?status=asleep").status_code == 400


@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_queries_for_one_and_for_many(count, client, django_assert_num_queries):
    for _ in range(count):
        make.make_partner(make.make_project(), factories.make_organisation())
    client.get("/projects/")

    # places for the filter, count of the page, rows, partners with their organisations
    with django_assert_num_queries(4):
        client.get("/projects/")


@pytest.mark.parametrize("count", [1, 8])
def test_page_costs_the_same_queries_for_one_and_for_many(
    count, project, organisation, client, django_assert_num_queries
):
    forum = make_forum()
    for _ in range(count):
        other = factories.make_organisation()
        make.make_partner(project, other)
        make.make_agreement([organisation, other], project=project)
        make.make_commitment(other, to=[organisation], source=project)
        project.topics.add(make_topic(forum))
        project.activities.add(make_activity(organisation=other))
    client.get(project.get_absolute_url())

    with django_assert_num_queries(11):
        client.get(project.get_absolute_url())


def test_operators_look_at_everything(organisation, signed_in):
    agreement = make.make_agreement([organisation, factories.make_organisation()])
    rows = [make.make_project(organisation), agreement, make.make_commitment(organisation)]
    operator = signed_in(factories.make_user(is_staff=True, is_superuser=True))

    for row in rows:
        lists = f"/operators/{row._meta.app_label}/{row._meta.model_name}/"
        assert operator.get(lists).status_code == 200
        assert operator.get(f"{lists}{row.pk}/change/").status_code == 200
