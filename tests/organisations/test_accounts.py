"""Accounts: signing up and in, confirming, resetting; and that nothing says who is known."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation

from organisations import accounts
from organisations.accounts import AccountAdapter
from organisations.models import User
from tests import factories
from tests.conftest import SignIn

SIGN_UP = {
    "display_name": "Nora New",
    "email": "nora@people.example",
    "password1": "three plain words",
}


def link_in(message: Any) -> str:
    """The path of the first link in a mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", message.body)
    assert found is not None
    return found[1]


def sign_in(client: Client, email: str, password: str) -> Any:
    """Send the sign-in form."""
    return client.post("/accounts/login/", {"login": email, "password": password})


def change_address(client: Client, email: str) -> Any:
    """Ask for another address; the password is asked for once more, then the wish goes on."""
    first = client.post("/accounts/email/", {"email": email, "action_add": ""})
    if not first["Location"].startswith("/accounts/reauthenticate/"):
        return first
    return client.post(
        first["Location"], {"password": factories.PASSWORD, "next": "/accounts/email/"}
    )


def is_signed_in(client: Client) -> bool:
    """Whether the account page answers."""
    return client.get("/accounts/").status_code == 200


@pytest.fixture
def nora(db: None) -> User:
    """Somebody with a password and a confirmed address."""
    return factories.make_user(
        "Nora Known", email="nora@people.example", password=factories.PASSWORD
    )


def test_stranger_signs_up_confirms_and_is_in(client: Client, db: None) -> None:
    response = client.post("/accounts/signup/", SIGN_UP, headers={"accept-language": "sq"})
    assert response["Location"] == "/accounts/confirm-email/"
    person = User.objects.get()
    assert (person.display_name, person.email, person.language) == (
        "Nora New",
        "nora@people.example",
        "sq",
    )
    assert not is_signed_in(client)
    link = link_in(mail.outbox[0])
    assert client.get(link).status_code == 200
    assert not EmailAddress.objects.get().verified  # scanners follow links too
    assert client.post(link).status_code == 302
    assert EmailAddress.objects.get().verified
    assert is_signed_in(client)


def test_link_works_once(client: Client, db: None) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    link = link_in(mail.outbox[0])
    client.post(link)
    assert "used already or is too old" in Client().get(link).content.decode()


def test_confirming_in_another_browser_signs_nobody_in(client: Client, db: None) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    other = Client()
    other.post(link_in(mail.outbox[0]))
    assert EmailAddress.objects.get().verified
    assert not is_signed_in(other)


def test_unconfirmed_account_cannot_sign_in(client: Client, db: None) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    other = Client()
    response = sign_in(other, SIGN_UP["email"], SIGN_UP["password1"])
    assert response["Location"] == "/accounts/confirm-email/"
    assert not is_signed_in(other)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("display_name", "nora@people.example", "Write your name as people call you"),
        ("display_name", "  ", "required"),
        ("email", "nobody", "valid email"),
        ("password1", "short", "too short"),
        ("password1", "password123", "too common"),
    ],
)
def test_mistake_in_sign_up_is_named(
    client: Client, db: None, field: str, value: str, words: str
) -> None:
    response = client.post("/accounts/signup/", SIGN_UP | {field: value})
    assert words in response.content.decode()
    assert not User.objects.exists()


def answers(address: str, form: dict[str, str]) -> tuple[Any, ...]:
    """All that a stranger can see of an answer: status, where to, page, cookies."""
    client = Client()
    first = client.post(address, form)
    page = client.get(first["Location"]) if "Location" in first else first
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page.content)
    typed = next(value for value in form.values() if "@" in value)
    body = body.replace(typed.encode(), b"ADDRESS")
    return first.status_code, first.get("Location"), body, sorted(first.cookies)


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/accounts/signup/", {"display_name": "Nora New", "password1": "three plain words"}),
        ("/accounts/password/reset/", {}),
        ("/accounts/login/code/", {}),
    ],
)
@pytest.mark.parametrize("confirmed", [True, False])
def test_answer_is_the_same_for_known_and_unknown_addresses(
    nora: User, address: str, form: dict[str, str], confirmed: bool
) -> None:
    EmailAddress.objects.update(verified=confirmed)
    pages = [
        answers(address, form | {"email": email}) for email in (nora.email, "nobody@people.example")
    ]
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2


def test_wrong_password_and_unknown_address_read_the_same(nora: User) -> None:
    forms = [
        {"login": email, "password": "wrong wrong wrong"}
        for email in (nora.email, "nobody@people.example")
    ]
    pages = [answers("/accounts/login/", form) for form in forms]
    assert pages[0] == pages[1]
    assert b"do not belong together" in pages[0][2]


def test_known_address_gets_a_mail_that_says_so(nora: User, client: Client) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    assert User.objects.count() == 1
    assert mail.outbox[0].subject == "You have an account already"


def test_person_signs_in_by_password(nora: User, client: Client) -> None:
    response = sign_in(client, "NORA@people.example", factories.PASSWORD)
    assert response.status_code == 302
    assert is_signed_in(client)


def test_sign_in_speaks_the_persons_language(nora: User, client: Client) -> None:
    User.objects.update(language="ka")
    response = sign_in(client, nora.email, factories.PASSWORD)
    assert response.cookies["hub_language"].value == "ka"


def test_next_after_sign_in_stays_here(nora: User, client: Client) -> None:
    for target, location in (("/organisations/", "/organisations/"), ("https://x.example", "/")):
        other = Client()
        response = other.post(
            "/accounts/login/",
            {"login": nora.email, "password": factories.PASSWORD, "next": target},
        )
        assert response["Location"] == location


def test_many_wrong_passwords_are_slowed_down(nora: User, client: Client) -> None:
    for _ in range(12):
        page = sign_in(client, nora.email, "wrong wrong wrong")
    assert "Too many attempts" in page.content.decode() or page.status_code == 429
    right = sign_in(client, nora.email, factories.PASSWORD)
    assert right.status_code in (200, 429)
    assert not is_signed_in(client)


def test_person_signs_in_by_code(nora: User, client: Client) -> None:
    client.post("/accounts/login/code/", {"email": nora.email})
    code = re.search(r"^([A-Z0-9-]{4,})$", mail.outbox[0].body, re.M)
    assert code is not None
    confirm = "/accounts/login/code/confirm/"
    assert "is not right" in client.post(confirm, {"code": "AAAA-AAAA"}).content.decode()
    client.post(confirm, {"code": code[1]})
    assert is_signed_in(client)


def test_old_code_no_longer_works(nora: User, client: Client) -> None:
    client.post("/accounts/login/code/", {"email": nora.email})
    code = re.search(r"^([A-Z0-9-]{4,})$", mail.outbox[0].body, re.M)
    assert code is not None
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        client.post("/accounts/login/code/confirm/", {"code": code[1]})
        assert not is_signed_in(client)


def test_person_resets_the_password(nora: User, client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": nora.email})
    link = link_in(mail.outbox[0])
    page = client.get(link, follow=True)
    target = page.redirect_chain[-1][0]
    assert "too short" in client.post(target, {"password1": "short"}).content.decode()
    client.post(target, {"password1": "quite another phrase"})
    assert sign_in(client, nora.email, "quite another phrase").status_code == 302
    assert "used already or is too old" in Client().get(link, follow=True).content.decode()


def test_person_changes_the_password(
    nora: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    silenced: list[Any] = []
    monkeypatch.setattr(accounts, "recheck", lambda **who: silenced.append(who))
    sign_in(client, nora.email, factories.PASSWORD)
    address = "/accounts/password/change/"
    form = {"oldpassword": "wrong wrong", "password1": "quite another phrase"}
    assert "not your password of today" in client.post(address, form).content.decode()
    client.post(address, form | {"oldpassword": factories.PASSWORD})
    assert User.objects.get().check_password("quite another phrase")
    assert mail.outbox[-1].subject == "Your password was changed"
    assert silenced == [{"person_ids": [nora.pk]}]
    assert is_signed_in(client)


def test_address_changes_when_the_new_one_is_confirmed(nora: User, client: Client) -> None:
    sign_in(client, nora.email, factories.PASSWORD)
    change_address(client, "new@people.example")
    assert User.objects.get().email == "nora@people.example"
    link = link_in(mail.outbox[-1])
    assert mail.outbox[-1].to == ["new@people.example"]
    client.post(link)
    assert User.objects.get().email == "new@people.example"
    assert [row.email for row in EmailAddress.objects.all()] == ["new@people.example"]
    told = mail.outbox[-1]
    assert (told.to, told.subject) == (["nora@people.example"], "Your address was changed")


def test_change_to_a_taken_address_tells_nothing_and_changes_nothing(
    nora: User, client: Client
) -> None:
    factories.make_user("Other", email="other@people.example")
    sign_in(client, nora.email, factories.PASSWORD)
    response = change_address(client, "other@people.example")
    assert response.status_code == 302
    page = client.post(link_in(mail.outbox[-1]), follow=True)
    assert page.status_code == 200
    assert User.objects.get(pk=nora.pk).email == "nora@people.example"


def test_unconfirmed_squatter_does_not_keep_an_address_from_its_owner(
    nora: User, client: Client
) -> None:
    Client().post("/accounts/signup/", SIGN_UP | {"email": "mine@people.example"})
    squatter = User.objects.get(email="mine@people.example")
    cache.clear()  # some minutes pass: one mail per address and three minutes
    sign_in(client, nora.email, factories.PASSWORD)
    change_address(client, "mine@people.example")
    client.post(link_in(mail.outbox[-1]))
    assert User.objects.get(pk=nora.pk).email == "mine@people.example"
    assert not User.objects.filter(pk=squatter.pk).exists()


def test_mail_goes_out_in_the_language_of_the_account(
    nora: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.update(language="bg")
    seen: list[str | None] = []
    real = AccountAdapter.render_mail

    def render(*args: Any, **kwargs: Any) -> Any:
        seen.append(translation.get_language())
        return real(*args, **kwargs)

    monkeypatch.setattr(AccountAdapter, "render_mail", render)
    client.post("/accounts/password/reset/", {"email": nora.email})
    assert seen == ["bg"]
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_sign_out_needs_a_post(nora: User, client: Client) -> None:
    sign_in(client, nora.email, factories.PASSWORD)
    client.get("/accounts/logout/")
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_person_signs_out_elsewhere(nora: User, monkeypatch: pytest.MonkeyPatch) -> None:
    silenced: list[Any] = []
    monkeypatch.setattr(accounts, "recheck", lambda **who: silenced.append(who))
    here, there = Client(), Client()
    for browser in (here, there):
        sign_in(browser, nora.email, factories.PASSWORD)
    assert "Sign out everywhere else" in here.get("/accounts/sessions/").content.decode()
    here.post("/accounts/sessions/")
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert silenced == [{"person_ids": {nora.pk}}]


def test_closed_account_is_out_at_once(nora: User, client: Client) -> None:
    sign_in(client, nora.email, factories.PASSWORD)
    User.objects.update(is_active=False)
    assert not is_signed_in(client)
    assert sign_in(Client(), nora.email, factories.PASSWORD).status_code in (200, 302)


def test_settings_are_kept(nora: User, signed_in: SignIn) -> None:
    client = signed_in(nora)
    form = {"display_name": " Nora  Nova ", "language": "sr", "time_zone": "Asia/Tbilisi"}
    response = client.post("/accounts/", form)
    person = User.objects.get()
    assert (person.display_name, person.language, person.time_zone) == (
        "Nora Nova",
        "sr",
        "Asia/Tbilisi",
    )
    assert response.cookies["hub_language"].value == "sr"


@pytest.mark.parametrize(
    ("field", "value"),
    [("language", "xx"), ("time_zone", "Moon/Base"), ("display_name", "a@b.example")],
)
def test_wrong_settings_are_refused(nora: User, signed_in: SignIn, field: str, value: str) -> None:
    form = {"display_name": "Nora", "language": "sr", "time_zone": ""} | {field: value}
    assert signed_in(nora).post("/accounts/", form).status_code == 422
    assert User.objects.get().display_name == "Nora Known"


def test_stranger_has_no_account_page(client: Client, db: None) -> None:
    for address in ("/accounts/", "/accounts/email/", "/accounts/2fa/", "/accounts/sessions/"):
        assert client.get(address)["Location"].startswith("/accounts/login/")
