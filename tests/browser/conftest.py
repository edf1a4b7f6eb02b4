"""Browser tests: a real Chromium, a real server, the database of the tests.

    pytestmark = pytest.mark.browser

    def test_reader_opens_the_calendar(served, new_page):
        page = new_page(width=360)
        page.goto("/calendar/")

Rows made by factories and personas are seen by the server at once, and are gone after the
test.  Live events reach it only from its own pages: what should arrive live is done in a
browser.  (Do not ask for `transactional_db` here.)
"""

import os
from collections.abc import Callable, Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from organisations.models import Organisation, User
from tests.browser import server as servers
from tests.browser.line import Line
from tests.browser.server import Server
from tools import chromium

NewPage = Callable[..., Page]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this worker."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MISSING, pytrace=False)
    # Playwright keeps an event loop in this thread; the ORM is still used by this thread only.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def servers_of_worker(django_db_setup: None) -> Iterator[list[Server]]:
    """Keeps the one server of this worker."""
    running: list[Server] = []
    yield running
    for server in running:
        server.stop()


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In this folder the database of a test is open to the server too, and empty at both ends.

    The personas ask for `db`, so they work here as everywhere.
    """
    with django_db_blocker.unblock():
        servers.empty_tables()
        yield
        servers.empty_tables()
        connections.close_all()


@pytest.fixture
def served(db: None, servers_of_worker: list[Server]) -> Server:
    """The running hub."""
    if servers_of_worker and servers_of_worker[0].content_types != servers.newest_content_type():
        servers_of_worker.pop().stop()
    if not servers_of_worker:
        servers_of_worker.append(servers.start())
    return servers_of_worker[0]


@pytest.fixture
def line(served: Server) -> Iterator[Line]:
    """A line to the server that can be cut and restored: `new_page(base_url=line.url)`."""
    laid = Line(served.port)
    yield laid
    laid.cut()


@pytest.fixture
def new_page(browser: Browser, served: Server) -> Iterator[NewPage]:
    """`new_page(person, ...)`: a page of a fresh browser profile, signed in as `person` if given.

    At the end each page must have had no script error, no refusal by the
    Content-Security-Policy, and no request to any other server.
    """
    contexts, faults = [], list[str]()

    def open_page(
        person: User | None = None,
        *,
        organisation: Organisation | None = None,
        width: int = 1280,
        height: int = 900,
        theme: Literal["light", "dark"] = "light",
        language: str = "en",
        base_url: str = "",
        **options: Any,
    ) -> Page:
        base = base_url or served.url
        context = browser.new_context(
            base_url=base,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            locale=language,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if person is not None:
            cookies[settings.SESSION_COOKIE_NAME] = session_of(person, organisation)
        context.add_cookies([{"name": n, "value": v, "url": base} for n, v in cookies.items()])
        page = context.new_page()
        watch(page, urlsplit(base).netloc, faults)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def session_of(person: User, organisation: Organisation | None = None) -> str:
    """The key of a new session of `person`, acting for `organisation` where given."""
    client = Client()
    client.force_login(person)
    if organisation is not None:
        session = client.session
        session["acting_for"] = organisation.slug
        session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def watch(page: Page, home: str, faults: list[str]) -> None:
    """Note script errors, refusals by the policy and requests to others than `home`."""

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(f"refused by the policy: {message.text}")

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != home:
            faults.append(f"asked another server: {request.url}")

    page.on("console", heard)
    page.on("request", asked)
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """`accessible(page)`: fails with the list of what axe finds against WCAG 2.2 AA."""

    def examine(page: Page) -> None:
        options = {"runOnly": {"type": "tag", "values": LEVELS}}
        found = Axe().run(page, options=options).response["violations"]
        assert [
            f"{rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        ] == [], page.url

    return examine
