"""Decisions of coordinators about organisations."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from hub.models import AuditEntry
from hub.notifications.kinds import words
from hub.notifications.models import Notification
from organisations.acting import Actor, choices_for
from organisations.models import Organisation, User, Verification
from organisations.services import verification
from organisations.services.verification import decide
from tests import factories
from tests.conftest import SignIn


@pytest.fixture
def waiting(db: None) -> Organisation:
    """An organisation that waits, with one administrator."""
    organisation = factories.make_organisation("Waiting Room", status="pending")
    factories.make_member(organisation, "administrator", "Ada Admin")
    return organisation


def test_coordinator_verifies_by_name_with_a_reason(
    waiting: Organisation, coordinator: User, client: Client
) -> None:
    decide(
        organisation=waiting,
        decision="verified",
        reason="Extract of the register",
        actor=Actor(coordinator),
    )
    row = Verification.objects.get()
    assert (row.coordinator, row.reason, row.decision) == (
        coordinator,
        "Extract of the register",
        "verified",
    )
    entry = AuditEntry.objects.get()
    assert entry.changes == {"status": ["pending", "verified"]}
    assert entry.organisation_id is None
    notice = words(Notification.objects.get())
    assert notice is not None
    assert notice.text == "“Waiting Room” is verified. Reason: Extract of the register"
    page = client.get(waiting.get_absolute_url()).content.decode()
    assert "by Koba Coordinator, hub coordinator" in page
    assert "What was seen: Extract of the register" in page


def test_decision_is_the_hubs_even_when_the_coordinator_acts_for_another(
    waiting: Organisation, coordinator: User, organisation: Organisation
) -> None:
    factories.make_membership(coordinator, organisation)
    actor = Actor(coordinator, organisation)
    decide(organisation=waiting, decision="refused", reason="Unknown", actor=actor)
    assert AuditEntry.objects.get().organisation_id is None


@pytest.mark.parametrize("persona", ["owner", "member", "outsider", "removed"])
def test_others_do_not_decide(
    persona: str, request: pytest.FixtureRequest, waiting: Organisation
) -> None:
    with pytest.raises(PermissionDenied):
        decide(
            organisation=waiting,
            decision="verified",
            reason="x",
            actor=Actor(request.getfixturevalue(persona)),
        )


POSSIBLE = {
    ("pending", "verified"), ("pending", "refused"), ("verified", "suspended"),
    ("refused", "verified"), ("suspended", "verified"), ("suspended", "refused"),
}  # fmt: skip


@pytest.mark.parametrize("status", Organisation.Status.values)
@pytest.mark.parametrize("decision", Verification.Decision.values)
def test_only_what_fits_is_decided(
    waiting: Organisation, coordinator: User, status: str, decision: str
) -> None:
    Organisation.objects.update(status=status)
    try:
        decide(organisation=waiting, decision=decision, reason="Seen", actor=Actor(coordinator))
        done = True
    except ValidationError:
        done = False
    assert done is ((status, decision) in POSSIBLE)
    waiting.refresh_from_db()
    assert waiting.status == (decision if done else status)


def test_reason_is_asked_for(waiting: Organisation, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="Say what you saw"):
        decide(organisation=waiting, decision="verified", reason=" ", actor=Actor(coordinator))


def test_two_coordinators_at_once_the_second_is_told(
    waiting: Organisation, coordinator: User, signed_in: SignIn
) -> None:
    address = f"{waiting.get_absolute_url()}verify/"
    form = {"decision": "verified", "reason": "Second", "status_seen": "pending"}
    client = signed_in(coordinator)
    decide(organisation=waiting, decision="refused", reason="First", actor=Actor(coordinator))
    response = client.post(address, form)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Another coordinator has decided meanwhile" in page
    assert "Second" in page
    assert Verification.objects.count() == 1


def test_suspending_stops_acting_and_closes_open_lines(
    organisation: Organisation,
    owner: User,
    coordinator: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(verification, "recheck", lambda **people: asked.append(people))
    decide(organisation=organisation, decision="suspended", reason="Gone", actor=Actor(coordinator))
    assert asked == [{"person_ids": [owner.pk]}]
    assert choices_for(owner) == []


@pytest.mark.parametrize("persona", ["owner", "outsider", "removed"])
def test_queue_and_decision_are_hidden_from_others(
    persona: str,
    request: pytest.FixtureRequest,
    organisation: Organisation,
    signed_in: SignIn,
) -> None:
    client = signed_in(request.getfixturevalue(persona))
    assert client.get("/organisations/verify/").status_code == 404
    assert client.get(f"{organisation.get_absolute_url()}verify/").status_code == 404
    assert client.post(f"{organisation.get_absolute_url()}verify/").status_code == 404


def test_anonymous_is_asked_to_sign_in(client: Client, organisation: Organisation) -> None:
    assert client.get("/organisations/verify/")["Location"].startswith("/accounts/login/")


def test_coordinator_is_refused_about_their_own(
    coordinator: User, organisation: Organisation, signed_in: SignIn
) -> None:
    factories.make_membership(coordinator, organisation)
    client = signed_in(coordinator)
    assert client.get(f"{organisation.get_absolute_url()}verify/").status_code == 403


def test_coordinator_decides_on_the_page(
    waiting: Organisation, coordinator: User, signed_in: SignIn
) -> None:
    double = factories.make_organisation("The Waiting Room")
    client = signed_in(coordinator)
    address = f"{waiting.get_absolute_url()}verify/"
    page = client.get(address).content.decode()
    assert double.get_absolute_url() in page
    assert "Ada Admin" in page
    assert client.post(address, {"decision": "verified"}).status_code == 422
    form = {"decision": "verified", "reason": "Call", "status_seen": "pending"}
    assert client.post(address, form)["Location"] == "/organisations/verify/"
    waiting.refresh_from_db()
    assert waiting.status == "verified"


def test_queue_lists_the_longest_waiting_first_at_a_fixed_cost(
    coordinator: User, signed_in: SignIn, django_assert_num_queries: Any
) -> None:
    rows = [factories.make_organisation(f"Number {n}", status="pending") for n in (1, 2)]
    client = signed_in(coordinator)
    with django_assert_num_queries(5):
        client.get("/organisations/verify/")
    rows += [factories.make_organisation(f"Number {n}", status="pending") for n in (3, 4, 5)]
    with django_assert_num_queries(5):
        page = client.get("/organisations/verify/").content.decode()
    assert [page.index(f">{row.name}<") for row in rows] == sorted(
        page.index(f">{row.name}<") for row in rows
    )
