"""From the first page along every link: no page of the demo network breaks, for no reader."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.template import engines
from django.test import Client, override_settings
from django.urls import reverse

from hub.catalogue import LANGUAGES, store
from hub.demo import Demo, build_demo
from hub.management.commands.demo import PASSWORD
from organisations.models import Membership, User
from tests.crawler import Crawl, Undefined

pytestmark = pytest.mark.django_db

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]*>")
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
    ("forums/_head.html", "topic.organisation.get_absolute_url"),
    ("forums/_head.html", "topic.organisation.name"),
    ("forums/topic_detail.html", "host_actor.organisation.slug"),
    ("projects/_acting.html", "actor.organisation.slug"),
    ("projects/project_form.html", "lede"),
}
#: Everything the hub itself writes; beside it come the files that people keep in it.
FORMATS = {
    "text/html",
    "application/atom+xml",
    "text/calendar",
    "text/csv",
    "text/markdown",
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
    assert crawl.formats >= FORMATS


def english(language: str) -> set[str]:
    """Pieces of English sentences, at least five words long, that `language` says otherwise."""
    known = store.translations(store.read(Path(settings.BASE_DIR) / "locale", language))
    pieces = {
        " ".join(piece.split())
        for (_context, english), ours in known.items()
        for piece in PLACEHOLDER.split(english)
        if piece not in str(ours)
    }
    return {piece for piece in pieces if len(piece.split()) >= 5}


@pytest.mark.parametrize("language", LANGUAGES)
def test_editor_reads_every_page_in_their_language(language: str, demo: Demo) -> None:
    sentences = english(language)
    crawl = Crawl(reader("ngo", language), language, objects=1).run()
    assert crawl.faults == []
    pages = {url: "\n".join(words) for url, words in crawl.words.items()}
    left = [(url, line) for url, text in pages.items() for line in sentences if line in text]
    assert left == []
