"""What every test can ask for: the personas, signing in, clean caches; and no skipped test in CI.

The personas are people around one `organisation`: `owner` administers it, `editor` and `member`
belong to it, `removed` once did, `outsider` belongs to another one, `coordinator` looks after
the hub.  The sixth, the anonymous reader, is the fixture `client` of pytest-django.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation

from organisations.models import Organisation, User
from tests import factories

SignIn = Callable[..., Client]
_skipped: list[str] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser comes last: its event loop would be in the way of the others' loops."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped."""
    if report.skipped:
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure: nothing passes by not being run."""
    if _skipped and os.environ.get("CI") and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print(f"\nIn CI no test may be skipped: {', '.join(_skipped)}")  # noqa: T201


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database; at its end also of sessions that threads of the tests still hold."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def _clean_slate() -> Iterator[None]:
    """English, and nothing left in the cache (rate limits among it) by the test before."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def organisation(db: None) -> Organisation:
    """The verified civil-society organisation the personas stand around."""
    return factories.make_organisation("Green Valley")


@pytest.fixture
def other_organisation(db: None) -> Organisation:
    """Another verified organisation, the outsider's."""
    return factories.make_organisation("Blue River")


@pytest.fixture
def municipality(db: None) -> Organisation:
    """A verified municipality without members."""
    return factories.make_municipality("Municipality of Hillside")


@pytest.fixture
def owner(organisation: Organisation) -> User:
    """Administrator of `organisation`."""
    return factories.make_member(organisation, "administrator", "Olive Owner")


@pytest.fixture
def editor(organisation: Organisation) -> User:
    """Editor of `organisation`."""
    return factories.make_member(organisation, "editor", "Edin Editor")


@pytest.fixture
def member(organisation: Organisation) -> User:
    """Plain member of `organisation`."""
    return factories.make_member(organisation, "member", "Mira Member")


@pytest.fixture
def removed(organisation: Organisation) -> User:
    """Was administrator of `organisation` until a minute ago."""
    return factories.make_former_member(organisation, "Remzi Removed")


@pytest.fixture
def outsider(other_organisation: Organisation) -> User:
    """Administrator of `other_organisation`, a stranger to `organisation`."""
    return factories.make_member(other_organisation, "administrator", "Otar Outsider")


@pytest.fixture
def coordinator(db: None) -> User:
    """Looks after the hub."""
    return factories.make_coordinator("Koba Coordinator")


@pytest.fixture
def signed_in() -> SignIn:
    """`signed_in(person)` or `signed_in(person, organisation)`: a client signed in as `person`.

    With an organisation the person has chosen to act for it.
    """

    def sign_in(person: User, organisation: Organisation | None = None) -> Client:
        client = Client()
        client.force_login(person)
        if organisation is not None:
            session = client.session
            session["acting_for"] = organisation.slug
            session.save()
        return client

    return sign_in
