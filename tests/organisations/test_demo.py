"""The organisations' share of the demo network."""

from collections import Counter

import pytest
from django.test import Client

from hub.demo import Demo
from hub.notifications.models import Notification
from organisations.acting import Actor
from organisations.demo import PASSWORD, build
from organisations.models import Membership, Organisation, User, Verification


@pytest.fixture
def demo(db: None) -> Demo:
    """The network, built once at its own size."""
    made = Demo(say=lambda words: None)
    build(made)
    return made


def test_network_is_as_large_as_promised(demo: Demo) -> None:
    rows = Organisation.objects.all()
    kinds = Counter(rows.filter(status="verified").values_list("kind", flat=True))
    assert rows.count() >= 40
    assert kinds["municipality"] >= 12
    assert all(kinds[kind] for kind in Organisation.Kind.values)
    assert {row.country for row in rows} == {"XK", "AL", "BG", "GE"}
    assert set(rows.values_list("status", flat=True)) == set(Organisation.Status.values)
    assert set(Membership.objects.values_list("role", flat=True)) == set(Membership.Role.values)
    assert all(row.summary and row.description and row.tags.count() for row in rows)


def test_addresses_are_nobodys(demo: Demo) -> None:
    for row in Organisation.objects.all():
        assert row.email.endswith(".example")
        assert row.website == "" or row.website.endswith(".example")
    assert all(person.email.endswith(".example") for person in User.objects.all())


def test_sign_ins_stand_where_they_should(demo: Demo) -> None:
    roles = {
        name: [
            (demo_row.organisation.kind, str(demo_row.organisation.place), demo_row.role)
            for demo_row in Membership.objects.filter(person=demo.people[name])
        ]
        for name in ("ngo", "ngo2", "municipality", "media", "citizen", "coordinator")
    }
    assert roles == {
        "ngo": [("cso", "Gjilan", "administrator")],
        "ngo2": [("cso", "Gračanica", "administrator")],
        "municipality": [("municipality", "Gjilan", "editor")],
        "media": [("media", "Gjilan", "administrator")],
        "citizen": [],
        "coordinator": [],
    }
    assert Actor(demo.people["coordinator"]).is_coordinator


@pytest.mark.parametrize("name", ["ngo", "municipality", "citizen"])
def test_sign_in_works(demo: Demo, name: str) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": f"{name}@demo.example", "password": PASSWORD})
    assert client.get("/accounts/").status_code == 200


def test_past_lies_in_the_past(demo: Demo) -> None:
    for row in Verification.objects.select_related("organisation"):
        assert row.organisation.created < row.decided < demo.now
    assert not Membership.objects.filter(start_date__gt=demo.now).exists()
    waiting = Notification.objects.unread().filter(recipient=demo.people["coordinator"])
    assert waiting.count() == Organisation.objects.filter(status="pending").count()


def test_next_rooms_find_what_they_need(demo: Demo) -> None:
    people = demo.store["members"]["rinia-aktive-e-anamoraves"]
    assert people[0] == (demo.people["ngo"], "administrator")
    assert all(row.status == "verified" for row in demo.organisations.values())
    assert set(demo.organisations) == set(demo.store["members"])
    assert demo.store["copies"] == []


def test_scale_multiplies(db: None) -> None:
    made = Demo(scale=3, say=lambda words: None)
    build(made)
    patterns = len(made.organisations)
    assert len(made.store["copies"]) == 2 * patterns
    organisation, people = made.store["copies"][0]
    assert Actor(people[0]).holds(organisation, "administrator")
    assert organisation.tags.count() == made.organisations["komuna-e-gjilanit"].tags.count()
    assert Verification.objects.filter(organisation=organisation).exists()
