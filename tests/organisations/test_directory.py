"""The directory and one organisation's page: who sees what, found by what, at which cost."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from hub.search import search
from organisations.acting import Actor
from organisations.models import Organisation, Place, User
from organisations.services.memberships import end_membership
from organisations.services.organisations import refold
from organisations.services.verification import decide
from tests import factories
from tests.conftest import SignIn


def tagged(organisation: Organisation, *tags: str) -> Organisation:
    """The organisation with fields of work."""
    organisation.tags.set(tags)
    refold(organisation, tags)
    organisation.save()
    return organisation


@pytest.fixture
def three(db: None) -> list[Organisation]:
    """A CSO in Gjilan, a medium in Tirana, a municipality in Plovdiv."""
    places = {row.code: row for row in Place.objects.all()}
    return [
        tagged(
            factories.make_organisation(
                "Rinia Aktive", place=places["xk-gjilan"], summary="Të rinjtë e qytetit"
            ),
            "youth",
            "budget",
        ),
        tagged(
            factories.make_organisation(
                "Gazeta Bregu", kind="media", country="AL", place=places["al-tirane"]
            ),
            "news",
        ),
        factories.make_municipality(
            "Община Пловдив", country="BG", place=places["bg-plovdiv"], summary="=1+1"
        ),
    ]


def names(client: Client, query: str) -> list[str]:
    """The names that the list gives, as a program reads it."""
    return [row["name"] for row in client.get(f"/organisations/?format=json&{query}").json()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [0, 1, 2]),
        ("q=rinia", [0]),
        ("q=RINJTE+qytetit", [0]),
        ("q=plovdiv", [2]),
        ("q=пловдив", [2]),
        ("q=youth", [0]),
        ("q=nothing", []),
        ("kind=media", [1]),
        ("place=xk-gjilan", [0]),
        ("place=xk", [0]),
        ("place=bg", [2]),
        ("place=ge", []),
        ("tag=youth", [0]),
        ("kind=cso&tag=budget&place=xk", [0]),
        ("page=7", [0, 1, 2]),
    ],
)
def test_reader_filters(
    client: Client, three: list[Organisation], query: str, found: list[int]
) -> None:
    assert sorted(names(client, query)) == sorted(three[index].name for index in found)


@pytest.mark.parametrize("query", ["kind=king", "place=moon", "tag=none", f"q={'x' * 201}"])
def test_wrong_filter_is_named(client: Client, three: list[Organisation], query: str) -> None:
    response = client.get(f"/organisations/?{query}")
    assert response.status_code == 400
    assert "This filter cannot be used" in response.content.decode()


def test_strangers_see_verified_ones_only(
    client: Client, organisation: Organisation, coordinator: User, signed_in: SignIn
) -> None:
    for status in ("pending", "refused", "suspended"):
        factories.make_organisation(f"A {status} one", status=status)
    assert names(client, "") == ["Green Valley"]
    assert names(client, "status=pending") == ["Green Valley"]
    sees = signed_in(coordinator)
    assert names(sees, "status=pending") == ["A pending one"]
    assert len(names(sees, "")) == 4


def test_list_as_csv_is_harmless_to_spreadsheets(client: Client, three: list[Organisation]) -> None:
    response = client.get("/organisations/?format=csv&kind=municipality")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["name"], row["place"], row["summary"]) for row in rows] == [
        ("Община Пловдив", "bg-plovdiv", "'=1+1")
    ]


def test_list_as_xlsx(client: Client, three: list[Organisation]) -> None:
    assert client.get("/organisations/?format=xlsx").content[:2] == b"PK"


def test_empty_hub_says_what_to_do_first(client: Client, db: None) -> None:
    assert "Register the first organisation" in client.get("/organisations/").content.decode()


def test_filter_that_finds_nothing_says_so(client: Client, organisation: Organisation) -> None:
    page = client.get("/organisations/?q=zzz").content.decode()
    assert "No organisation fits this filter" in page


def test_list_costs_the_same_for_many(
    client: Client, three: list[Organisation], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        client.get("/organisations/")
    place = Place.objects.get(code="xk-prizren")
    for _ in range(9):
        tagged(factories.make_organisation(place=place), "youth", "water")
    with django_assert_num_queries(5):
        client.get("/organisations/")


def test_long_list_has_pages(client: Client, db: None) -> None:
    for _ in range(30):
        factories.make_organisation()
    page = client.get("/organisations/?kind=cso").content.decode()
    assert "?kind=cso&amp;page=2" in page


@pytest.mark.parametrize(
    ("persona", "status"),
    [
        ("owner", 200),
        ("member", 200),
        ("coordinator", 200),
        ("outsider", 404),
        ("removed", 404),
        ("anonymous", 404),
    ],
)
def test_pending_page_is_seen_by(
    persona: str,
    status: int,
    organisation: Organisation,
    signed_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    Organisation.objects.update(status="pending")
    anonymous = persona == "anonymous"
    client = Client() if anonymous else signed_in(request.getfixturevalue(persona))
    assert client.get(organisation.get_absolute_url()).status_code == status


def test_page_says_who_they_are(
    client: Client, organisation: Organisation, member: User, signed_in: SignIn
) -> None:
    organisation.description = "## We\n\n<script>alert(1)</script> **plant** trees"
    organisation.website, organisation.phone = "https://green.example", "+383 1 23 45"
    organisation.save()
    page = client.get(organisation.get_absolute_url()).content.decode()
    assert "<strong>plant</strong>" in page
    assert "<script>alert" not in page
    assert 'href="tel:+38312345"' in page
    assert "Mira Member" not in page
    signed = signed_in(member).get(organisation.get_absolute_url()).content.decode()
    assert "Mira Member" in signed
    assert "Change this page" not in signed


def test_page_costs_the_same_for_many_people(
    organisation: Organisation,
    member: User,
    signed_in: SignIn,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    client = signed_in(member)
    address = organisation.get_absolute_url()
    with django_assert_max_num_queries(40) as first:
        client.get(address)
    for _ in range(6):
        factories.make_member(organisation)
    with django_assert_num_queries(len(first)):
        client.get(address)


def test_search_finds_what_the_reader_may_see(
    three: list[Organisation], organisation: Organisation, owner: User, outsider: User
) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(status="pending")
    found = {
        name: [hit.title for _label, hits in search(person, "green", only="organisation")
               for hit in hits]
        for name, person in (("owner", owner), ("outsider", outsider))
    }  # fmt: skip
    assert found == {"owner": ["Green Valley"], "outsider": []}


def test_act_log_is_for_members_and_coordinators(
    request: pytest.FixtureRequest, organisation: Organisation, signed_in: SignIn
) -> None:
    seen = {
        persona: signed_in(request.getfixturevalue(persona))
        .get(f"{organisation.get_absolute_url()}acts/")
        .status_code
        for persona in ("owner", "member", "coordinator", "outsider", "removed")
    }
    assert seen == {
        "owner": 200,
        "member": 200,
        "coordinator": 200,
        "outsider": 403,
        "removed": 403,
    }


def test_act_log_tells_what_was_done(
    owner: User,
    coordinator: User,
    organisation: Organisation,
    signed_in: SignIn,
    django_assert_num_queries: Any,
) -> None:

    left = factories.make_member(organisation, "member", "Lena Left")
    client = signed_in(owner)
    address = f"{organisation.get_absolute_url()}acts/"
    end_membership(
        membership=left.memberships.get(), actor=Actor(owner, organisation), reason="Moved away"
    )
    with django_assert_num_queries(7):
        client.get(address)
    decide(
        organisation=organisation,
        decision="suspended",
        reason="No answer",
        actor=Actor(coordinator),
    )
    with django_assert_num_queries(7):
        page = client.get(address).content.decode()
    for words in ("Ended", "Lena Left", "Moved away", "Koba Coordinator", "Decided", "No answer"):
        assert words in page
