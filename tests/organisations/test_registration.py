"""Registering an organisation: who, what is checked, and what is pointed out before."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from hub.models import AuditEntry
from hub.notifications.models import Notification
from hub.text import fold
from organisations.acting import Actor
from organisations.models import Membership, Organisation, Place, User
from organisations.registration import core_of, is_usual_number, likely_doubles, tidy_number
from organisations.services import organisations as services
from organisations.services.organisations import (
    ask_again,
    edit_organisation,
    register_organisation,
)
from tests import factories
from tests.conftest import SignIn

FORM = {
    "kind": "cso",
    "name": "Shtegu i Ri",
    "country": "XK",
    "place": "xk-gjilan",
    "registration_number": "810 123 456",
    "summary": "We mark paths.",
    "description": "## Since 2020\n\n- maps",
    "tags": "Environment, youth, environment",
    "website": "shtegu.example",
    "email": "info@shtegu.example",
    "phone": "+383 38 123 456",
    "address": "Rr. Dituria 1",
}


@pytest.fixture
def person(db: None) -> User:
    """Somebody with an account and no organisation."""
    return factories.make_user("Petra Person")


def register(client: Client, **changes: str) -> Any:
    """Send the form with some fields changed."""
    return client.post("/organisations/register/", FORM | changes)


def test_anonymous_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/organisations/register/")["Location"].startswith("/accounts/login/")
    assert register(client)["Location"].startswith("/accounts/login/")


def test_person_registers_and_becomes_administrator(
    person: User, coordinator: User, signed_in: SignIn
) -> None:
    response = register(signed_in(person))
    organisation = Organisation.objects.get()
    assert response["Location"] == organisation.get_absolute_url() == "/organisations/shtegu-i-ri/"
    assert organisation.status == "pending"
    assert organisation.registration_number == "810123456"
    assert organisation.place == Place.objects.get(code="xk-gjilan")
    assert (organisation.latitude, organisation.website) == (
        organisation.place.latitude,
        "https://shtegu.example",
    )
    assert sorted(tag.name for tag in organisation.tags.all()) == ["environment", "youth"]
    assert Membership.objects.get().role == "administrator"
    assert (AuditEntry.objects.get().action, AuditEntry.objects.get().organisation_id) == (
        "organisations.organisation.registered",
        organisation.pk,
    )
    assert Notification.objects.get().recipient == coordinator


def test_coordinators_get_a_mail(
    person: User, coordinator: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        register_organisation(actor=Actor(person), name="Shtegu", kind="cso", country="XK")
    assert [message.to for message in mail.outbox] == [[coordinator.email]]
    assert "/organisations/shtegu/verify/" in mail.outbox[0].body


def test_stranger_cannot_register_by_service(db: None) -> None:
    with pytest.raises(PermissionDenied):
        register_organisation(actor=Actor(AnonymousUser()), name="X", kind="cso", country="XK")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "12", "Write the whole name"),
        ("name", "", "required"),
        ("kind", "king", "Select a valid choice"),
        ("country", "", "required"),
        ("place", "al-tirane", "lies in another country"),
        ("place", "nowhere", "Select a valid choice"),
        ("registration_number", "", "Write the number from the register"),
        ("summary", "", "required"),
        ("website", "not a site", "Enter a valid URL"),
        ("website", "javascript:alert(1)", "Enter a valid URL"),
        ("email", "nobody", "Enter a valid email address"),
        ("phone", "call me", "Write figures only"),
        ("tags", ",".join("abcdefghijklm"), "at most ten"),
        ("tags", "x" * 41, "40 characters"),
        ("description", "x" * 8001, "too long"),
    ],
)
def test_mistake_is_named_and_the_form_keeps_everything(
    person: User, signed_in: SignIn, field: str, value: str, words: str
) -> None:
    response = register(signed_in(person), **{field: value})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Rr. Dituria 1" in page
    assert not Organisation.objects.exists()


def test_same_number_is_refused_whatever_is_confirmed(person: User, signed_in: SignIn) -> None:
    factories.make_organisation("Elder", registration_number="810123456")
    response = register(signed_in(person), is_another="on", number_is_right="on")
    assert response.status_code == 422
    assert "registration number is on the hub already" in response.content.decode()
    assert Organisation.objects.count() == 1


def test_same_number_in_another_country_is_another(person: User, signed_in: SignIn) -> None:
    factories.make_organisation("Elder", registration_number="810123456", country="BG")
    assert register(signed_in(person)).status_code == 302


def test_two_at_once_with_one_number_leave_one(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.make_organisation("Elder", registration_number="810123456")
    # The elder one was not there yet when we looked: only the database knows it.
    real, looks = services.same_number, []

    def look(*args: Any, **kwargs: Any) -> Organisation | None:
        looks.append(args)
        return None if len(looks) == 1 else real(*args, **kwargs)

    monkeypatch.setattr(services, "same_number", look)
    with pytest.raises(ValidationError, match="registration number is on the hub"):
        register_organisation(
            actor=Actor(person),
            name="Younger",
            kind="cso",
            country="XK",
            registration_number="810123456",
        )
    assert Organisation.objects.count() == 1


def test_unusual_number_is_asked_about(person: User, signed_in: SignIn) -> None:
    client = signed_in(person)
    page = register(client, registration_number="NGO-12")
    assert page.status_code == 422
    assert "The number is right, it only looks different" in page.content.decode()
    assert register(client, registration_number="NGO-12", number_is_right="on").status_code == 302
    assert Organisation.objects.get().registration_number == "NGO-12"


def test_informal_group_has_no_number(person: User, signed_in: SignIn) -> None:
    assert register(signed_in(person), kind="informal").status_code == 302
    assert Organisation.objects.get().registration_number == ""


def test_municipality_needs_no_number(person: User, signed_in: SignIn) -> None:
    response = register(signed_in(person), kind="municipality", registration_number="")
    assert response.status_code == 302


@pytest.mark.parametrize(
    "name", ["SHTEGU I RI", "Shtegu  i  ri", "Shoqata Shtegu i Ri", "„Shtegu i Ri“", "Shtegu i Riu"]
)
def test_like_name_is_pointed_out_before(person: User, signed_in: SignIn, name: str) -> None:
    elder = factories.make_organisation("Shtegu i Ri")
    client = signed_in(person)
    response = register(client, name=name)
    assert response.status_code == 422
    page = response.content.decode()
    assert "It may be on the hub already" in page
    assert f'href="{elder.get_absolute_url()}"' in page
    assert register(client, name=name, is_another="on").status_code == 302


def test_hidden_double_is_named_without_a_link(person: User, signed_in: SignIn) -> None:
    elder = factories.make_organisation("Shtegu i Ri", status="pending")
    page = register(signed_in(person)).content.decode()
    assert "waiting for verification" in page
    assert elder.get_absolute_url() not in page


def test_double_in_another_script_is_found(db: None) -> None:
    elder = factories.make_organisation("Удружење „Заједно за Грачаницу“")
    assert likely_doubles("Udruženje Zajedno za Gračanicu", "XK") == [elder]
    assert likely_doubles("Udruženje Zajedno za Suharek", "XK") == []
    assert likely_doubles(elder.name, "XK", apart_from=elder) == []


def test_slug_never_hides_a_page_of_ours(person: User) -> None:
    for name in ("Register", "Verify", "Invitations"):
        row = register_organisation(actor=Actor(person), name=name, kind="informal", country="XK")
        assert row.slug == f"{name.lower()}-2"


def test_same_name_gets_an_address_of_its_own(person: User) -> None:
    slugs = [
        register_organisation(actor=Actor(person), name="ღია", kind="informal", country="GE").slug
        for _ in range(3)
    ]
    assert slugs == ["ghia", "ghia-2", "ghia-3"]


@pytest.mark.parametrize(
    ("country", "number", "usual"),
    [
        ("XK", "810123456", True),
        ("XK", "5110123-4", True),
        ("XK", "12", False),
        ("AL", "L12345678A", True),
        ("AL", "L1234567A", False),
        ("BG", "123456789", True),
        ("BG", "1234567890123", True),
        ("BG", "12345678901", False),
        ("GE", "406060431", True),
        ("GE", "ABC", False),
        ("DE", "HRB 1", True),
    ],
)
def test_usual_numbers(country: str, number: str, usual: bool) -> None:
    assert is_usual_number(tidy_number(number), country) is usual


@given(st.text(max_size=60))
def test_core_is_stable_and_blind_to_case_and_order(name: str) -> None:
    core = core_of(name)
    assert core_of(core) == core
    assert core_of(" ".join(reversed(fold(name).split()))) == core


@given(st.text(max_size=60))
def test_tidy_number_is_stable(number: str) -> None:
    assert tidy_number(tidy_number(number)) == tidy_number(number)


def test_editor_changes_the_page(
    editor: User, organisation: Organisation, signed_in: SignIn
) -> None:
    client = signed_in(editor)
    address = f"{organisation.get_absolute_url()}edit/"
    form = FORM | {"name": "Other name", "kind": "media", "registration_number": "999999999"}
    assert client.get(address).status_code == 200
    assert client.post(address, form).status_code == 302
    organisation.refresh_from_db()
    # Verified: what was verified stays, whatever the form says.
    assert (organisation.name, organisation.kind) == ("Green Valley", "cso")
    assert organisation.summary == "We mark paths."
    assert "mark paths" in organisation.folded
    assert "environment" in organisation.folded
    changes = AuditEntry.objects.get().changes
    assert changes["summary"] == ["", "We mark paths."]
    assert changes["tags"] == [[], ["environment", "youth"]]


def test_pending_organisation_may_mend_its_name(owner: User, organisation: Organisation) -> None:
    Organisation.objects.update(status="pending")
    actor = Actor(owner, organisation)
    edit_organisation(organisation=organisation, actor=actor, name="Greener Valley")
    organisation.refresh_from_db()
    assert (organisation.name, organisation.folded_name) == ("Greener Valley", "greener valley")


def test_verified_name_stays_even_for_the_service(owner: User, organisation: Organisation) -> None:
    with pytest.raises(ValidationError, match="coordinators"):
        edit_organisation(
            organisation=organisation, actor=Actor(owner, organisation), name="Municipality"
        )


def test_edit_without_a_change_leaves_no_trace(owner: User, organisation: Organisation) -> None:
    edit_organisation(organisation=organisation, actor=Actor(owner, organisation), summary="")
    assert not AuditEntry.objects.exists()


def test_number_of_another_is_refused_when_editing(
    owner: User, organisation: Organisation, signed_in: SignIn
) -> None:
    Organisation.objects.update(status="pending")
    factories.make_organisation("Elder", registration_number="810123456")
    response = signed_in(owner).post(f"{organisation.get_absolute_url()}edit/", FORM)
    assert response.status_code == 422
    assert "registration number is on the hub already" in response.content.decode()


def test_refused_organisation_asks_again_once(
    owner: User, coordinator: User, organisation: Organisation, signed_in: SignIn
) -> None:
    Organisation.objects.update(status="refused")
    client = signed_in(owner)
    address = f"{organisation.get_absolute_url()}ask-again/"
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 403
    organisation.refresh_from_db()
    assert organisation.status == "pending"
    assert Notification.objects.filter(recipient=coordinator).count() == 1


def test_ask_again_after_somebody_else_did_does_nothing(
    owner: User, organisation: Organisation
) -> None:
    Organisation.objects.update(status="pending")
    organisation.status = Organisation.Status.REFUSED  # as read a moment ago
    ask_again(organisation=organisation, actor=Actor(owner, organisation))
    assert not AuditEntry.objects.exists()
