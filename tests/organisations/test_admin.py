"""The operators' view: to look at, with three switches."""

from typing import Any

import pytest
from django.test import Client

from hub.models import AuditEntry
from organisations.models import Organisation, User
from organisations.services import people
from tests import factories
from tests.conftest import SignIn

PAGES = ["user", "organisation", "membership", "verification", "invitation", "place"]


@pytest.fixture
def operator(db: None) -> User:
    """Somebody who runs the hub."""
    return factories.make_user("Oto Operator", is_staff=True, is_superuser=True)


@pytest.mark.parametrize("name", PAGES)
def test_operator_looks_and_adds_nothing(
    operator: User, owner: User, organisation: Organisation, signed_in: SignIn, name: str
) -> None:
    client = signed_in(operator)
    assert client.get(f"/operators/organisations/{name}/?q=green").status_code == 200
    assert client.get(f"/operators/organisations/{name}/add/").status_code == 403


def test_operator_deletes_and_changes_nothing(
    operator: User, owner: User, organisation: Organisation, signed_in: SignIn
) -> None:
    client = signed_in(operator)
    home = f"/operators/organisations/organisation/{organisation.pk}"
    assert client.get(f"{home}/change/").status_code == 200
    assert client.post(f"{home}/change/", {"name": "Taken"}).status_code == 403
    assert client.post(f"{home}/delete/", {"post": "yes"}).status_code == 403


def test_operator_closes_an_account(
    operator: User, owner: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(people, "recheck", lambda **who: asked.append(who))
    address = f"/operators/organisations/user/{owner.pk}/change/"
    client = signed_in(operator)
    assert client.get(address).status_code == 200
    assert client.post(address, {"is_coordinator": "on"}).status_code == 302
    owner.refresh_from_db()
    assert (owner.is_active, owner.is_coordinator, owner.is_staff) == (False, True, False)
    entry = AuditEntry.objects.get()
    assert (entry.person, entry.changes) == (
        operator,
        {"is_active": [True, False], "is_coordinator": [False, True]},
    )
    assert asked == [{"person_ids": [owner.pk]}]


def test_unknown_switch_is_a_mistake_of_ours(operator: User) -> None:
    with pytest.raises(TypeError):
        people.set_standing(person=operator, actor=factories.make_actor(), is_superuser=False)


@pytest.mark.parametrize("persona", ["owner", "coordinator"])
def test_others_are_kept_out(
    persona: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    client = signed_in(request.getfixturevalue(persona))
    assert client.get("/operators/organisations/user/").status_code in (302, 403)


def test_operators_sign_in_like_everybody(client: Client, db: None) -> None:
    response = client.get("/operators/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/")
