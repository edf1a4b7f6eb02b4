"""For whom one acts: chosen, shown, and refused when the membership has ended."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from organisations.acting import SESSION_KEY, ActingMiddleware, Actor
from organisations.models import Membership, Organisation, User
from tests.conftest import SignIn


def request_of(person: User, session: dict[str, str], **post: str) -> Any:
    """A request as a view gets it."""
    factory = RequestFactory()
    request: Any = factory.post("/", post) if post else factory.get("/")
    request.user, request.session = person, session
    ActingMiddleware(lambda request: None)(request)
    return request


def test_person_acts_for_themselves_at_first(member: User, organisation: Organisation) -> None:
    request = request_of(member, {})
    assert (request.actor.person, request.actor.organisation) == (member, None)


def test_choice_is_kept_in_the_session(
    member: User, organisation: Organisation, signed_in: SignIn
) -> None:
    client = signed_in(member)
    response = client.post(
        "/accounts/acting/", {"acting_for": organisation.slug, "next": "/organisations/"}
    )
    assert (response.status_code, response["Location"]) == (302, "/organisations/")
    assert client.session[SESSION_KEY] == organisation.slug
    client.post("/accounts/acting/", {"acting_for": ""})
    assert SESSION_KEY not in client.session


def test_next_leads_nowhere_else(member: User, signed_in: SignIn) -> None:
    response = signed_in(member).post(
        "/accounts/acting/", {"acting_for": "", "next": "https://elsewhere.example/"}
    )
    assert response["Location"] == "/"


@pytest.mark.parametrize("persona", ["outsider", "removed", "coordinator"])
def test_stranger_cannot_choose(
    persona: str,
    request: pytest.FixtureRequest,
    organisation: Organisation,
    signed_in: SignIn,
) -> None:
    client = signed_in(request.getfixturevalue(persona))
    response = client.post("/accounts/acting/", {"acting_for": organisation.slug})
    assert response.status_code == 403
    assert "You may not act for this organisation" in response.content.decode()
    assert SESSION_KEY not in client.session


def test_anonymous_is_asked_to_sign_in(client: Client, organisation: Organisation) -> None:
    response = client.post("/accounts/acting/", {"acting_for": organisation.slug})
    assert response["Location"].startswith("/accounts/login/")


def test_form_field_wins_over_the_session(member: User, organisation: Organisation) -> None:
    request = request_of(member, {SESSION_KEY: organisation.slug}, acting_for="")
    assert request.actor.organisation is None


def test_ended_membership_is_refused_at_once(
    member: User, organisation: Organisation, signed_in: SignIn
) -> None:
    client = signed_in(member, organisation)
    Membership.objects.filter(person=member).update(end_date=timezone.now())
    form = {"acting_for": organisation.slug, "display_name": "Mira", "language": "en"}
    response = client.post("/accounts/", form)
    assert response.status_code == 403
    assert "You may not act for this organisation" in response.content.decode()


def test_session_of_an_ended_membership_falls_back_to_oneself(
    member: User, organisation: Organisation
) -> None:
    Membership.objects.filter(person=member).update(end_date=timezone.now())
    assert request_of(member, {SESSION_KEY: organisation.slug}).actor.organisation is None


def test_membership_counts_from_its_beginning_to_its_end(
    member: User, organisation: Organisation
) -> None:
    now = timezone.now()
    row = Membership.objects.get(person=member)
    seen = []
    for start, end in ((-2, None), (-2, 1), (1, None), (-2, -1)):
        row.start_date = now + timedelta(hours=start)
        row.end_date = None if end is None else now + timedelta(hours=end)
        row.save(update_fields=["start_date", "end_date"])
        seen.append(Actor(member).holds(organisation))
    assert seen == [True, True, False, False]


@pytest.mark.parametrize("status", ["refused", "suspended"])
def test_nobody_acts_for_a_refused_or_suspended_organisation(
    member: User, organisation: Organisation, status: str
) -> None:
    Organisation.objects.update(status=status)
    assert request_of(member, {SESSION_KEY: organisation.slug}).actor.organisation is None


def test_roles_hold_the_rights_below_them(
    owner: User, editor: User, member: User, outsider: User, organisation: Organisation
) -> None:
    roles = ("member", "editor", "administrator")
    table = [
        [Actor(person).holds(organisation, role) for role in roles]
        for person in (owner, editor, member, outsider)
    ]
    assert table == [
        [True, True, True],
        [True, True, False],
        [True, False, False],
        [False, False, False],
    ]


def test_roles_are_read_once(
    member: User, organisation: Organisation, django_assert_num_queries: Any
) -> None:
    actor = Actor(member)
    with django_assert_num_queries(1):
        for role in ("member", "editor", "administrator"):
            actor.holds(organisation, role)
