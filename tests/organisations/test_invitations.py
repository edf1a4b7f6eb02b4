"""Invitations: one token, one address, one use."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone, translation

from hub.models import AuditEntry
from hub.notifications.models import Notification
from organisations import mail as room_mail
from organisations.acting import Actor
from organisations.models import Invitation, Membership, Organisation, User
from organisations.services import invitations
from organisations.services.invitations import (
    accept_invitation,
    decline_invitation,
    invite_person,
    withdraw_invitation,
)
from tests import factories
from tests.conftest import SignIn


@pytest.fixture
def guest(db: None) -> User:
    """Somebody with an account who is invited."""
    return factories.make_user("Gita Guest", email="gita@people.example")


@pytest.fixture
def invitation(owner: User, organisation: Organisation, guest: User) -> Invitation:
    """An open invitation to the guest's address."""
    return invite_person(
        organisation=organisation,
        email="Gita@People.example",
        role="editor",
        actor=Actor(owner, organisation),
    )


def address_of(invitation: Invitation) -> str:
    """Where the mail's link leads."""
    return f"/organisations/invitations/{invitation.token}/"


def test_owner_invites_by_mail(
    owner: User,
    organisation: Organisation,
    signed_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client = signed_in(owner)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            f"{organisation.get_absolute_url()}people/invite/",
            {"email": "New@People.example", "role": "editor"},
        )
    assert response.status_code == 302
    invitation = Invitation.objects.get()
    message = mail.outbox[0]
    assert (invitation.email, invitation.role) == ("new@people.example", "editor")
    assert message.to == ["new@people.example"]
    assert message.subject == "Invitation to Green Valley"
    assert address_of(invitation) in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert AuditEntry.objects.get().action == "organisations.invitation.sent"


def test_mail_speaks_the_language_of_who_is_invited(
    invitation: Invitation, guest: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str | None] = []

    def render(*args: Any) -> str:
        spoken.append(translation.get_language())
        return "text"

    User.objects.filter(pk=guest.pk).update(language="ka")
    monkeypatch.setattr(room_mail, "render_to_string", render)
    assert room_mail.mail_invitation.func(invitation.pk, "sq") == 1
    User.objects.filter(pk=guest.pk).update(email="other@people.example")
    assert room_mail.mail_invitation.func(invitation.pk, "sq") == 1
    assert spoken == ["ka", "ka", "sq", "sq"]


def test_closed_invitation_is_not_mailed(invitation: Invitation, guest: User) -> None:
    decline_invitation(invitation=invitation, actor=Actor(guest))
    assert room_mail.mail_invitation.func(invitation.pk, "en") == 0


@pytest.mark.parametrize("persona", ["editor", "member", "outsider", "removed", "coordinator"])
def test_others_do_not_invite(
    persona: str,
    request: pytest.FixtureRequest,
    organisation: Organisation,
    signed_in: SignIn,
) -> None:
    client = signed_in(request.getfixturevalue(persona))
    response = client.post(
        f"{organisation.get_absolute_url()}people/invite/",
        {"email": "new@people.example", "role": "member"},
    )
    assert response.status_code == 403
    assert not Invitation.objects.exists()


def test_member_is_not_invited_again(
    owner: User, member: User, organisation: Organisation, signed_in: SignIn
) -> None:
    response = signed_in(owner).post(
        f"{organisation.get_absolute_url()}people/invite/",
        {"email": member.email.upper(), "role": "member"},
    )
    assert response.status_code == 422
    assert "is a member already" in response.content.decode()


def test_second_invitation_replaces_the_first(
    invitation: Invitation, owner: User, organisation: Organisation
) -> None:
    second = invite_person(
        organisation=organisation,
        email=invitation.email,
        role="member",
        actor=Actor(owner, organisation),
    )
    assert list(Invitation.objects.open()) == [second]


def test_no_flood_of_mail(
    owner: User, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MOST_PER_DAY", 2)
    actor = Actor(owner, organisation)
    for number in range(2):
        invite_person(
            organisation=organisation, email=f"{number}@x.example", role="member", actor=actor
        )
    with pytest.raises(ValidationError, match="many invitations today"):
        invite_person(organisation=organisation, email="3@x.example", role="member", actor=actor)


def test_looking_changes_nothing(
    invitation: Invitation, client: Client, guest: User, signed_in: SignIn
) -> None:
    address = address_of(invitation)
    stranger = client.get(address).content.decode()
    assert "Create an account" in stranger
    assert "email=gita%40people.example" in stranger
    assert "Accept the invitation" in signed_in(guest).get(address).content.decode()
    assert Invitation.objects.open().count() == 1


def test_guest_accepts(
    invitation: Invitation, guest: User, organisation: Organisation, signed_in: SignIn
) -> None:
    client = signed_in(guest)
    response = client.post(f"/organisations/invitations/{invitation.pk}/accept/")
    assert response["Location"] == organisation.get_absolute_url()
    assert Actor(guest).roles == {organisation.pk: "editor"}
    assert AuditEntry.objects.latest("pk").organisation_id == organisation.pk
    assert Notification.objects.get().kind == "organisations.joined"


def test_used_twice_is_refused(
    invitation: Invitation, guest: User, signed_in: SignIn, client: Client
) -> None:
    guests = signed_in(guest)
    accept = f"/organisations/invitations/{invitation.pk}/accept/"
    guests.post(accept)
    assert "was used or withdrawn already" in guests.post(accept, follow=True).content.decode()
    assert client.get(address_of(invitation)).status_code == 410
    assert Membership.objects.filter(person=guest).count() == 1


def test_token_is_of_no_use_to_another_address(
    invitation: Invitation, outsider: User, signed_in: SignIn
) -> None:
    client = signed_in(outsider)
    page = client.get(address_of(invitation)).content.decode()
    assert "Accept the invitation" not in page
    assert client.post(f"/organisations/invitations/{invitation.pk}/accept/").status_code == 404
    assert client.post(f"/organisations/invitations/{invitation.pk}/decline/").status_code == 404
    with pytest.raises(PermissionDenied):
        accept_invitation(invitation=invitation, actor=Actor(outsider))


def test_unconfirmed_address_does_not_count(invitation: Invitation, guest: User) -> None:
    guest.emailaddress_set.update(verified=False)
    with pytest.raises(PermissionDenied, match="another address"):
        accept_invitation(invitation=invitation, actor=Actor(guest))


def test_old_invitation_no_longer_works(
    invitation: Invitation, guest: User, client: Client
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        assert client.get(address_of(invitation)).status_code == 410
        with pytest.raises(ValidationError, match="too old"):
            accept_invitation(invitation=invitation, actor=Actor(guest))
    assert not Membership.objects.filter(person=guest).exists()


def test_withdrawn_invitation_no_longer_works(
    invitation: Invitation,
    owner: User,
    guest: User,
    organisation: Organisation,
    signed_in: SignIn,
    client: Client,
) -> None:
    address = f"{organisation.get_absolute_url()}invitations/{invitation.pk}/withdraw/"
    assert signed_in(guest).post(address).status_code == 403
    assert signed_in(owner).post(address).status_code == 302
    assert signed_in(owner).post(address).status_code == 404
    assert client.get(address_of(invitation)).status_code == 410
    with pytest.raises(ValidationError):
        accept_invitation(invitation=invitation, actor=Actor(guest))
    with pytest.raises(ValidationError):
        withdraw_invitation(invitation=invitation, actor=Actor(owner, organisation))


def test_guest_declines(invitation: Invitation, guest: User, owner: User) -> None:
    decline_invitation(invitation=invitation, actor=Actor(guest))
    assert not Invitation.objects.open().exists()
    notice = Notification.objects.get()
    assert (notice.recipient, notice.kind) == (owner, "organisations.declined")


def test_suspended_organisation_takes_nobody(invitation: Invitation, guest: User) -> None:
    Organisation.objects.update(status="suspended")
    invitation = Invitation.objects.get()
    with pytest.raises(ValidationError, match="new members"):
        accept_invitation(invitation=invitation, actor=Actor(guest))
    assert Invitation.objects.open().exists()


@pytest.mark.parametrize("token", ["x", "W10:1vxx:yy", "%F0%9F%92%A9", "a" * 500])
def test_wrong_token_is_not_found(client: Client, db: None, token: str) -> None:
    assert client.get(f"/organisations/invitations/{token}/").status_code == 404


def test_token_of_another_key_is_not_found(
    invitation: Invitation, client: Client, settings: Any
) -> None:
    address = address_of(invitation)
    settings.SECRET_KEY = "another key of the same length, unknown"
    assert client.get(address).status_code == 404


def test_account_page_offers_the_invitation(
    invitation: Invitation, guest: User, signed_in: SignIn
) -> None:
    page = signed_in(guest).get("/accounts/").content.decode()
    assert f"/organisations/invitations/{invitation.pk}/accept/" in page


def test_new_person_signs_up_and_comes_back_to_the_invitation(
    owner: User, organisation: Organisation, client: Client
) -> None:
    invitation = invite_person(
        organisation=organisation,
        email="new@people.example",
        role="member",
        actor=Actor(owner, organisation),
    )
    page = client.get(address_of(invitation)).content.decode()
    found = re.search(r'href="(/accounts/signup/\?[^"]+)"', page)
    assert found is not None
    form_page = client.get(unescape(found[1]))
    assert 'value="new@people.example"' in form_page.content.decode()
    form = {
        "display_name": "Nora New",
        "email": "new@people.example",
        "password1": "three plain words",
        "next": address_of(invitation),
    }
    client.post("/accounts/signup/", form)
    link = re.search(r"https?://[^/\s]+(/accounts/confirm-email/\S+)", mail.outbox[-1].body)
    assert link is not None
    back = client.post(link[1])
    assert back["Location"] == address_of(invitation)
    assert "Accept the invitation" in client.get(back["Location"]).content.decode()


def test_who_signs_in_elsewhere_is_led_to_the_invitation(invitation: Invitation) -> None:
    client = Client()
    User.objects.filter(email="gita@people.example").update(password=make_password("three words x"))
    form = {"login": "gita@people.example", "password": "three words x"}
    assert client.post("/accounts/login/", form)["Location"] == "/accounts/"
