"""The main job, end to end, as new users would do it: two browsers side by side.

An organisation and a municipality register and are verified; they talk, and a broken line
loses and doubles nothing; they plan an activity, consult the public, and sign an agreement.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.request import urlopen

import icalendar
import pytest
from playwright.sync_api import Locator, Page, expect

from organisations.models import User
from tests import factories
from tests.browser.line import Line
from tests.browser.server import Server

pytestmark = pytest.mark.browser

PASSWORD = "a long walk along the river"
TOPIC = "Who cleans the river bank?"
ACTIVITY = "Cleaning the river bank"
CONSULTATION = "Where should the new benches stand?"
AGREEMENT = "Agreement on the river bank"


def sign_up(page: Page, served: Server, name: str, email: str) -> None:
    """Make an account and confirm its address by the link in the mail."""
    page.goto("/accounts/signup/")
    page.fill("#id_display_name", name)
    page.fill("#id_email", email)
    page.fill("#id_password1", PASSWORD)
    page.click("main button[type=submit], main form button")
    page.wait_for_url("**/confirm-email/**")
    text = served.wait_for_mail(email).get_content()
    link = re.search(r"https?://localhost:\d+(/accounts/confirm-email/\S+)", text)
    assert link is not None, text
    page.goto(link[1])
    page.click("main form button")
    page.goto("/accounts/")
    if "/login/" in page.url:
        page.fill("#id_login", email)
        page.fill("#id_password", PASSWORD)
        page.click("main form button >> nth=0")
        page.wait_for_url(lambda address: "/login/" not in address)


def register(page: Page, name: str, kind: str, number: str) -> None:
    """Register an organisation in Gjilan and act for it from now on."""
    page.goto("/organisations/register/")
    kinds = page.locator(f"[name=kind][value={kind}]")
    if kinds.count():
        kinds.check()
    else:
        page.select_option("#id_kind", kind)
    page.fill("#id_name", name)
    page.select_option("#id_country", "XK")
    choose(page.locator("#id_place"), "Gjilan")
    if number:
        page.fill("#id_registration_number", number)
    page.fill("#id_summary", f"{name} looks after the river.")
    page.click("main form button:has-text('Register')")
    expect(page.locator("h1")).to_have_text(name)


def act_for(page: Page, name: str) -> None:
    """Choose in the frame for whom one acts."""
    page.goto("/")
    page.click("details.acting:visible > summary")
    page.click(f"details.acting[open] button:has-text('{name}')")
    expect(page.locator("details.acting:visible").first).to_contain_text(name)


def verify(page: Page, name: str) -> None:
    """Decide as the coordinator."""
    page.goto("/organisations/verify/")
    page.click(f"main a:has-text('{name}')")
    page.check("[name=decision][value=verified]")
    page.fill("#id_reason", "The certificate of registration and the statute were seen.")
    page.click("main form button:has-text('Decide')")
    expect(page.locator("#notices")).to_contain_text(name)


def feed_of(served: Server, query: str = "") -> dict[str, Any]:
    """The events of the feed by title."""
    with urlopen(f"{served.url}/calendar/feed.ics{query}") as answer:
        calendar = icalendar.Calendar.from_ical(answer.read())
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def reply(page: Page, text: str) -> None:
    """Write into the composer and press the button."""
    page.fill("#id_body", text)
    page.click("#composer button:has-text('Send')")


def posts(page: Page) -> list[str]:
    """The texts of the replies in view."""
    return [text.strip() for text in page.locator("#posts .post__body").all_inner_texts()]


def choose(field: Locator, name: str) -> None:
    """Choose by name in a list, or type it where names are typed."""
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(label=name)
    else:
        field.fill(name)


@pytest.fixture
def coordinator_page(served: Server, new_page: Callable[..., Page]) -> Page:
    """The browser of a coordinator of the hub."""
    person: User = factories.make_coordinator("Koba Coordinator")
    return new_page(person)


def test_network_does_its_main_job(
    served: Server, line: Line, new_page: Callable[..., Page], coordinator_page: Page
) -> None:
    ngo = new_page(width=1280)
    town = new_page(width=360, base_url=line.url)

    # They register, and a named coordinator verifies them.
    sign_up(ngo, served, "Arta Krasniqi", "arta@rinia.example")
    register(ngo, "Rinia e Gjilanit", "cso", "5110123-4")
    sign_up(town, served, "Besnik Hoti", "besnik@komuna.example")
    register(town, "Municipality of Gjilan", "municipality", "")
    verify(coordinator_page, "Rinia e Gjilanit")
    verify(coordinator_page, "Municipality of Gjilan")
    act_for(ngo, "Rinia e Gjilanit")
    act_for(town, "Municipality of Gjilan")

    # A forum of both; a topic; what one writes appears at once in the other's browser.
    ngo.goto("/forums/new/")
    ngo.fill("#id_title", "The river in Gjilan")
    ngo.fill("#id_purpose", "What we do for the river, together.")
    ngo.select_option("#id_hosts", label="Municipality of Gjilan")
    ngo.click("main form button.button--primary")
    expect(ngo.locator("h1")).to_have_text("The river in Gjilan")
    ngo.click("a[href*='kind=discussion']")
    ngo.fill("#id_title", TOPIC)
    ngo.fill("#id_body", "There is *rubbish* on both sides.")
    ngo.click("main form button.button--primary")
    expect(ngo.locator("h1")).to_have_text(TOPIC)
    topic = ngo.url.split(str(served.port))[1]
    town.goto(topic)
    expect(town.locator(".opening")).to_contain_text("There is rubbish on both sides.")

    expect(ngo.locator("html")).to_have_attribute("data-line", "open", timeout=15_000)
    expect(town.locator("html")).to_have_attribute("data-line", "open", timeout=15_000)
    reply(ngo, "We can bring thirty people.")
    expect(town.locator("#posts")).to_contain_text("We can bring thirty people.", timeout=2000)
    expect(town.locator("#posts .speaker__for").last).to_have_text("for Rinia e Gjilanit")

    # The town's line breaks between two replies; both sides miss nothing and double nothing.
    line.cut()
    expect(town.locator("html")).to_have_attribute("data-line", "waiting", timeout=15_000)
    reply(ngo, "Saturday would suit us.")
    expect(ngo.locator("#posts")).to_contain_text("Saturday would suit us.")
    reply(town, "The town brings the bags.")
    expect(town.locator("[data-composer-state]")).to_contain_text("Waiting for the line")
    line.restore()
    expected = [
        "We can bring thirty people.",
        "Saturday would suit us.",
        "The town brings the bags.",
    ]
    expect(town.locator("#posts .post")).to_have_count(3, timeout=20_000)
    expect(ngo.locator("#posts .post")).to_have_count(3, timeout=20_000)
    assert posts(town) == expected
    assert posts(ngo) == expected
    assert town.input_value("#id_body") == ""

    # A joint activity; the municipality accepts; it stands in the calendar and in the feed.
    day = date.today() + timedelta(days=5)
    ngo.goto("/calendar/activities/new/")
    ngo.select_option("#id_kind", "field-work")
    ngo.fill("#id_summary", ACTIVITY)
    ngo.fill("#id_start_date", day.isoformat())
    ngo.fill("#id_start_time", "10:00")
    ngo.fill("#id_end_date", day.isoformat())
    ngo.fill("#id_end_time", "13:00")
    ngo.select_option("#id_tzid", "Europe/Belgrade")
    ngo.fill("#id_location", "By the old bridge")
    choose(ngo.locator("#id_co_organiser_1"), "Municipality of Gjilan")
    ngo.click("main form button.button--primary")
    assert ngo.locator(".field__error").all_inner_texts() == []
    expect(ngo.locator("h1")).to_contain_text(ACTIVITY)
    assert str(feed_of(served)[ACTIVITY]["STATUS"]) == "TENTATIVE"
    town.goto("/notifications/")
    town.click(f"main button:has-text('{ACTIVITY}')")
    town.click("button:has-text('Take part')")
    expect(town.locator("#notices .notice")).to_be_visible()
    event = feed_of(served)[ACTIVITY]
    assert str(event["STATUS"]) == "CONFIRMED"
    assert event["DTSTART"].dt.strftime("%Y-%m-%d %H:%M %Z") in (
        f"{day} 10:00 CET",
        f"{day} 10:00 CEST",
    )
    ngo.goto(f"/calendar/agenda/?q={ACTIVITY.replace(' ', '+')}")
    expect(ngo.locator("main")).to_contain_text(ACTIVITY)

    # The municipality asks the public; the closing day stands in the calendar and in the feed.
    closing = date.today() + timedelta(days=12)
    town.goto("/consultations/new/")
    town.select_option("#id_forum", label="The river in Gjilan")
    town.fill("#id_title", CONSULTATION)
    town.fill("#id_body", "Tell us where you would sit down.")
    town.check("[name=audience][value=everyone]")
    town.fill("#id_closes", closing.isoformat())
    town.click("main form button.button--primary")
    expect(town.locator("h1")).to_have_text(CONSULTATION)
    consultation = town.url.split(str(line.port))[1].split("?")[0]
    deadline = next(
        event
        for title, event in feed_of(served).items()
        if CONSULTATION in title and event["DTSTART"].dt == closing
    )
    assert consultation in str(deadline["URL"])
    ngo.goto(f"/calendar/agenda/?day={closing.isoformat()}")
    expect(ngo.locator("main")).to_contain_text(CONSULTATION)
    ngo.goto(consultation)
    reply(ngo, "Under the lime trees.")
    expect(ngo.locator("#posts")).to_contain_text("Under the lime trees.")

    # The partners log their agreement, with what each side owes; both sign.
    ngo.goto("/agreements/create/")
    ngo.fill("#id_title", AGREEMENT)
    parties = ngo.locator("[name$=-organisation]")
    choose(parties.nth(0), "Rinia e Gjilanit")
    choose(parties.nth(1), "Municipality of Gjilan")
    ngo.fill("#id_effective_from", date.today().isoformat())
    ngo.fill("#id_text", "We look after the river bank together for a year.")
    ngo.click("main form button.button--primary")
    expect(ngo.locator("h1")).to_have_text(AGREEMENT)
    ngo.click("button:has-text('Send for signature')")
    agreement = ngo.url.split(str(served.port))[1]
    for page in (ngo, town):
        page.goto(agreement)
        page.click("a:has-text('State that we have signed')")
        page.click("main form button.button--primary")
        expect(page.locator("h1")).to_have_text(AGREEMENT)
    expect(town.locator("main .page-head")).to_contain_text("It is in force since")

    # What the municipality owes stands in the register, the calendar and the feed.
    due = date.today() + timedelta(days=20)
    town.click("a:has-text('Add an obligation')")
    town.fill("#id_title", "Put up ten benches")
    town.check("#id_to_public")
    town.fill("#id_due", due.isoformat())
    town.click("main form button.button--primary")
    assert town.locator(".field__error").all_inner_texts() == []
    expect(town.locator("main")).to_contain_text("Put up ten benches")
    ngo.goto("/commitments/")
    expect(ngo.locator("main")).to_contain_text("Put up ten benches")
    assert any(
        "Put up ten benches" in title and event["DTSTART"].dt == due
        for title, event in feed_of(served).items()
    )

    # Whoever is not signed in reads all of it.
    stranger = new_page(width=360)
    for address, text in (
        (topic, "The town brings the bags."),
        (consultation, "Under the lime trees."),
        (agreement, "We look after the river bank together"),
        ("/organisations/", "Rinia e Gjilanit"),
    ):
        stranger.goto(address)
        expect(stranger.locator("main")).to_contain_text(text)
