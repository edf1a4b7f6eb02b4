"""Passkeys in a real browser with a virtual authenticator, under our Content-Security-Policy."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

SUBMIT = "main form button.button--primary"


def plug_in_authenticator(page: Page, *, verified: bool = True) -> None:
    """Give the browser a built-in key whose owner is there, and is known where `verified`."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_out(page: Page) -> None:
    """Leave by the page that asks."""
    page.goto("/accounts/logout/")
    page.click(SUBMIT)
    page.wait_for_url("/")


def test_person_adds_a_passkey_and_signs_in_with_it_alone(new_page: NewPage) -> None:
    person = factories.make_user("Pia Passkey", password=factories.PASSWORD)
    page = new_page(person)
    plug_in_authenticator(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("#id_password", factories.PASSWORD)  # is it you?
    page.click(SUBMIT)
    page.fill("#id_name", "My laptop")
    page.check("#id_passwordless")
    page.click("#passkey-button")
    page.wait_for_url("**/recovery-codes/")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("My laptop")
    sign_out(page)

    page.goto("/accounts/login/")
    page.click("#passkey-button")
    page.wait_for_url("/")
    page.goto("/accounts/")
    expect(page.locator("h1")).to_have_text("Pia Passkey")
    sign_out(page)

    # By password the key is the second step.
    page.goto("/accounts/login/")
    page.fill("#id_login", person.email)
    page.fill("#id_password", factories.PASSWORD)
    page.click(SUBMIT)
    page.wait_for_url("**/2fa/authenticate/")
    page.click("#passkey-button")
    page.wait_for_url("/")


def test_key_that_does_not_answer_is_said_in_words(new_page: NewPage) -> None:
    person = factories.make_user("Pia Passkey", password=factories.PASSWORD)
    page = new_page(person)
    plug_in_authenticator(page, verified=False)
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("#id_password", factories.PASSWORD)
    page.click(SUBMIT)
    page.fill("#id_name", "My laptop")
    page.check("#id_passwordless")
    page.click("#passkey-button")
    expect(page.locator("[data-passkey-failed]")).to_be_visible()


def test_reader_without_javascript_sees_no_dead_button(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/accounts/login/")
    expect(page.locator("#passkey-button")).to_be_hidden()
    expect(page.locator("#id_login")).to_be_visible()
