"""The second step: codes of an app, recovery codes, passkeys."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client

from organisations.models import User
from tests import factories


def code_for(secret: str) -> str:
    """What an app would show now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.fixture
def person(db: None) -> User:
    """Somebody with a password."""
    return factories.make_user("Tea Two", password=factories.PASSWORD)


@pytest.fixture
def browser(person: User) -> Client:
    """Signed in, and shown to be the person a moment ago."""
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": factories.PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    return client


def switch_on(browser: Client) -> str:
    """Switch the app on; its secret."""
    page = browser.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    response = browser.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    assert response.status_code == 302
    return str(secret)


def sign_in(person: User) -> Client:
    """A new browser that gave the right password."""
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": factories.PASSWORD})
    return client


def test_page_asks_who_one_is_before(person: User) -> None:
    client = sign_in(person)
    response = client.get("/accounts/2fa/totp/activate/")
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert "Is it you?" in client.get(response["Location"]).content.decode()


@pytest.mark.django_db(transaction=True)
def test_person_switches_the_app_on_and_needs_it(person: User, browser: Client) -> None:
    secret = switch_on(browser)
    assert mail.outbox[0].subject == "Second step switched on"
    client = sign_in(person)
    assert client.get("/accounts/").status_code == 302
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    cache.clear()  # a code counts once; half a minute passes
    client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})
    assert client.get("/accounts/").status_code == 200


def test_wrong_first_code_is_named(browser: Client) -> None:
    page = browser.post("/accounts/2fa/totp/activate/", {"code": "123"})
    assert "This code is not right" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_recovery_code_lets_in_once(person: User, browser: Client) -> None:
    switch_on(browser)
    page = browser.get("/accounts/2fa/recovery-codes/")
    codes = page.context["unused_codes"]
    assert len(codes) == 10
    assert codes[0] in browser.get("/accounts/2fa/recovery-codes/download/").content.decode()
    first = sign_in(person)
    first.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert first.get("/accounts/").status_code == 200
    second = sign_in(person)
    second.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert second.get("/accounts/").status_code == 302


def test_new_recovery_codes_replace_the_old(browser: Client) -> None:
    switch_on(browser)
    before = browser.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert "stop working" in browser.get("/accounts/2fa/recovery-codes/generate/").content.decode()
    browser.post("/accounts/2fa/recovery-codes/generate/")
    after = browser.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert not set(before) & set(after)


def test_person_switches_the_app_off(person: User, browser: Client) -> None:
    switch_on(browser)
    assert browser.get("/accounts/2fa/totp/deactivate/").status_code == 200
    browser.post("/accounts/2fa/totp/deactivate/")
    assert sign_in(person).get("/accounts/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/totp/activate/",
        "/accounts/reauthenticate/",
        "/accounts/login/",
    ],
)
def test_no_page_holds_an_inline_script(browser: Client, address: str) -> None:
    client = Client() if address == "/accounts/login/" else browser
    page: Any = client.get(address)
    words = page.content.decode()
    for part in words.split("<script")[1:]:
        head = part.split(">")[0]
        assert "src=" in head or 'type="application/json"' in head
    assert 'style="' not in words


def test_passkey_page_offers_a_challenge(browser: Client) -> None:
    page = browser.get("/accounts/2fa/webauthn/add/")
    options = page.context["js_data"]["creation_options"]["publicKey"]
    assert options["rp"]["name"] == "Coordination Hub"
    assert options["challenge"]


def test_broken_passkey_is_refused_politely(browser: Client) -> None:
    for credential in ("", "{}", "not json", '{"id": 1}'):
        response = browser.post(
            "/accounts/2fa/webauthn/add/", {"name": "Phone", "credential": credential}
        )
        assert response.status_code == 200
        assert "did not answer" in response.content.decode()
        for address in ("/accounts/2fa/webauthn/login/", "/accounts/2fa/webauthn/reauthenticate/"):
            assert Client().post(address, {"credential": credential}).status_code == 302
        again = browser.post("/accounts/2fa/webauthn/reauthenticate/", {"credential": credential})
        assert again.status_code == 302
    assert not Authenticator.objects.exists()
