"""The table of rights around an organisation, person by person."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from hub.permissions import may
from organisations.acting import Actor
from organisations.models import Invitation, Membership, Organisation
from tests import factories

PERSONAS = ["owner", "editor", "member", "outsider", "removed", "coordinator", "anonymous"]

# For each right, who holds it on a verified organisation; then by status where that matters.
ALLOWED = {
    "organisations.view": {*PERSONAS},
    "organisations.edit": {"owner", "editor"},
    "organisations.ask_again": set[str](),
    "organisations.verify": {"coordinator"},
    "organisations.see_people": {*PERSONAS} - {"anonymous"},
    "organisations.manage_people": {"owner"},
    "organisations.invite": {"owner"},
    "organisations.see_acts": {"owner", "editor", "member", "coordinator"},
}
INSIDERS = {"owner", "editor", "member", "coordinator"}
OTHERWISE = {
    ("pending", "organisations.view"): INSIDERS,
    ("pending", "organisations.see_people"): INSIDERS,
    ("refused", "organisations.view"): INSIDERS,
    ("refused", "organisations.see_people"): INSIDERS,
    ("refused", "organisations.ask_again"): {"owner"},
    ("refused", "organisations.invite"): set[str](),
    ("suspended", "organisations.view"): INSIDERS,
    ("suspended", "organisations.see_people"): INSIDERS,
    ("suspended", "organisations.edit"): set[str](),
    ("suspended", "organisations.invite"): set[str](),
}


@pytest.fixture
def personas(request: pytest.FixtureRequest, db: None) -> dict[str, Any]:
    """Everybody by name, as actors for themselves."""
    people = {name: request.getfixturevalue(name) for name in PERSONAS[:-1]}
    return {name: Actor(person) for name, person in people.items()} | {
        "anonymous": Actor(AnonymousUser())
    }


@pytest.mark.parametrize("status", Organisation.Status.values)
@pytest.mark.parametrize("right", ALLOWED)
def test_right_belongs_to_whom_the_table_says(
    personas: dict[str, Actor], organisation: Organisation, right: str, status: str
) -> None:
    organisation.status = status
    allowed = {name for name, actor in personas.items() if may(actor, right, organisation)}
    assert allowed == OTHERWISE.get((status, right), ALLOWED[right])


@pytest.mark.parametrize("status", Organisation.Status.values)
def test_list_and_view_rule_agree(
    personas: dict[str, Actor], organisation: Organisation, status: str
) -> None:
    Organisation.objects.update(status=status)
    for actor in personas.values():
        listed = set(Organisation.objects.visible_to(actor.person))
        seen = {row for row in Organisation.objects.all() if may(actor, "organisations.view", row)}
        assert listed == seen


def test_coordinator_does_not_decide_about_their_own(
    coordinator: Any, organisation: Organisation
) -> None:
    factories.make_membership(coordinator, organisation)
    assert not may(Actor(coordinator), "organisations.verify", organisation)


def test_memberships_are_ended_by_administrators_and_by_oneself(
    personas: dict[str, Actor], organisation: Organisation
) -> None:
    membership = Membership.objects.get(person=personas["member"].person)
    allowed = {
        name
        for name, actor in personas.items()
        if may(actor, "organisations.end_membership", membership)
    }
    assert allowed == {"owner", "member"}
    changing = {
        name
        for name, actor in personas.items()
        if may(actor, "organisations.change_role", membership)
    }
    assert changing == {"owner"}


def test_invitation_is_withdrawn_by_administrators(
    personas: dict[str, Actor], organisation: Organisation
) -> None:
    invitation = Invitation(organisation=organisation, email="x@people.example")
    allowed = {
        name
        for name, actor in personas.items()
        if may(actor, "organisations.withdraw_invitation", invitation)
    }
    assert allowed == {"owner"}


def test_everybody_with_an_account_may_register(personas: dict[str, Actor]) -> None:
    allowed = {name for name, actor in personas.items() if may(actor, "organisations.register")}
    assert allowed == {*PERSONAS} - {"anonymous"}
