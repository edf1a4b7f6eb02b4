"""From the first page along every link: no page of the demo network breaks, for no reader."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.template import engines
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from hub.catalogue import LANGUAGES, store
from hub.demo import Demo, build_demo
from hub.management.commands.demo import PASSWORD
from organisations.models import Membership, User
from tests import factories
from tests.crawler import Crawl, Undefined
from tests.sheet import Sheet
from tests.world import route_names

pytestmark = pytest.mark.django_db

READERS = ("", "ngo", "municipality", "coordinator")
#: Where a link may lead elsewhere than it says, and for whom: (reader is signed in, address).
SIGN_IN, REAUTHENTICATE = "/accounts/login/", "/accounts/reauthenticate/"
MEANT = {
    False: {
        ("organisations:register", SIGN_IN),
        ("activities:own-feeds", SIGN_IN),
    },
    True: {
        ("account_login", "/"),
        ("mfa_activate_totp", REAUTHENTICATE),
        ("mfa_add_webauthn", REAUTHENTICATE),
    },
}
#: The calendar offers planning to everybody; who is nowhere an editor is told what is missing.
MEANT_REFUSALS = {"coordinator": {"activities:create"}}
#: What parts of pages may be given or not, and who acts for no organisation.
OPTIONAL = {
    ("activities/base.html", "query"),
    ("agreements/act.html", "danger"),
    ("agreements/act.html", "files"),
    ("commitments/act.html", "danger"),
    ("commitments/act.html", "files"),
    ("commitments/commitment_form.html", "danger"),
    ("commitments/commitment_form.html", "files"),
    ("commitments/commitment_form.html", "lede"),
    ("components/_acting_for.html", "organisation.slug"),
    ("components/_field.html", "label"),
    ("forums/topic_detail.html", "host_actor.organisation.slug"),
    ("projects/_acting.html", "actor.organisation.slug"),
    ("projects/project_form.html", "lede"),
}
PAGES = {"text/html", "application/pdf", "application/atom+xml", "text/calendar"}
LISTS = {
    "text/csv",
    "application/json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Demo]:
    """The demo network, made once for this file and taken back at its end."""
    tasks = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with django_db_blocker.unblock(), transaction.atomic():
        built = Demo(say=lambda _line: None)
        with override_settings(TASKS=tasks):
            build_demo(built)
        yield built
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture
def undefined(monkeypatch: pytest.MonkeyPatch) -> Undefined:
    """Listens for variables that templates name and nobody gives them."""
    listening = Undefined()
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", listening)
    return listening


def reader(name: str, language: str = "en") -> Client:
    """A browser of the demo's `name`, acting for the first of their organisations."""
    client = Client(raise_request_exception=False)
    if name:
        email = f"{name}@demo.example"
        client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
        person = User.objects.get(email=email)
        assert client.session["_auth_user_id"] == str(person.pk)
        membership = Membership.objects.active().filter(person=person).first()
        if membership is not None:
            client.post(reverse("acting"), {"acting_for": membership.organisation.slug})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


@pytest.mark.parametrize("name", READERS)
def test_reader_follows_every_link(name: str, demo: Demo, undefined: Undefined) -> None:
    crawl = Crawl(reader(name)).run()
    assert crawl.faults == []
    assert crawl.redirects == MEANT[bool(name)]
    assert crawl.refusals == MEANT_REFUSALS.get(name, set())
    assert undefined.noted - OPTIONAL == set()
    assert crawl.formats == PAGES | LISTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_editor_reads_every_page_in_their_language(language: str, demo: Demo) -> None:
    crawl = Crawl(reader("ngo", language), language, objects=1).run()
    assert crawl.faults == []
    known = store.translations(store.read(settings.BASE_DIR / "locale", language))
