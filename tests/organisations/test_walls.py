"""Every address of this room that changes something, and who is refused there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from organisations.acting import Actor
from organisations.models import Invitation, Membership, Organisation, User
from organisations.services.invitations import invite_person
from tests.conftest import SignIn

#: Changing addresses below an organisation's own, with what the form holds.
ROUTES = {
    "edit": ("edit/", {"summary": "Taken"}),
    "ask-again": ("ask-again/", {}),
    "decide": ("verify/", {"decision": "verified", "reason": "x", "status_seen": "pending"}),
    "invite": ("people/invite/", {"email": "x@people.example", "role": "administrator"}),
    "role": ("people/{membership}/role/", {"role": "administrator"}),
    "end": ("people/{membership}/end/", {"reason": ""}),
    "withdraw": ("invitations/{invitation}/withdraw/", {}),
}
#: Elsewhere, and tested elsewhere: everybody's own, or by the invited address only.
OWN = {"register", "invitation-accept", "invitation-decline"}
READ = {"list", "detail", "verify", "acts", "people", "invitation"}


@pytest.fixture
def target(organisation: Organisation, owner: User, member: User) -> dict[str, Any]:
    """An organisation with everything one could change."""
    invitation = invite_person(
        organisation=organisation,
        email="guest@people.example",
        role="member",
        actor=Actor(owner, organisation),
    )
    membership = Membership.objects.get(person=member)
    return {"membership": membership.pk, "invitation": invitation.pk}


def snapshot() -> list[Any]:
    """All that could have been changed."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Organisation, Membership, Invitation)
    ]


def test_table_names_every_address() -> None:
    names = {
        name for name in get_resolver("organisations.urls").reverse_dict if isinstance(name, str)
    }
    assert names == set(ROUTES) | OWN | READ


@pytest.mark.parametrize("persona", ["anonymous", "outsider", "removed"])
def test_stranger_is_refused_and_changes_nothing(
    persona: str,
    target: dict[str, Any],
    organisation: Organisation,
    signed_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    anonymous = persona == "anonymous"
    client = Client() if anonymous else signed_in(request.getfixturevalue(persona))
    for status in Organisation.Status.values:
        Organisation.objects.filter(pk=organisation.pk).update(status=status)
        before = snapshot()
        for route, (path, form) in ROUTES.items():
            address = organisation.get_absolute_url() + path.format(**target)
            response = client.post(address, form)
            if anonymous:
                assert response["Location"].startswith("/accounts/login/"), (route, status)
            else:
                hidden = status != "verified" or route == "decide"
                assert response.status_code == (404 if hidden else 403), (route, status)
        assert snapshot() == before


@pytest.mark.parametrize("route", ["ask-again", "invite", "role", "withdraw"])
def test_looking_at_a_changing_address_is_no_change(
    route: str, target: dict[str, Any], organisation: Organisation, owner: User, signed_in: SignIn
) -> None:
    address = organisation.get_absolute_url() + ROUTES[route][0].format(**target)
    assert signed_in(owner).get(address).status_code == 405


@pytest.mark.parametrize("route", ROUTES)
def test_form_from_another_site_is_refused(
    route: str, target: dict[str, Any], organisation: Organisation, owner: User
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    address = organisation.get_absolute_url() + ROUTES[route][0].format(**target)
    before = snapshot()
    assert client.post(address, ROUTES[route][1]).status_code == 403
    assert snapshot() == before
