"""From the first page along every link: no page of the demo network breaks, for no reader."""

import contextlib
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
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
from tests.conftest import SignIn
from tests.crawler import Crawl, Undefined
from tests.sheet import Sheet
from tests.world import route_names

pytestmark = pytest.mark.django_db

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]*>")
LATIN = re.compile(r"[A-Za-z][\w’'-]* [A-Za-z][\w’'-]* [A-Za-z]+")
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


@pytest.mark.parametrize("language", ["sr", "bg", "ka"])
def test_empty_hub_speaks_no_english(language: str, signed_in: SignIn) -> None:
    """Where letters are not Latin, three Latin words in a row are a forgotten sentence."""
    organisation = factories.make_organisation("Зелена долина")
    person = factories.make_member(organisation, "administrator", "Нино Иванова")
    client = signed_in(person, organisation)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    left = []
    for address in plain_addresses():
        answer = client.get(address)
        if answer.status_code == HTTPStatus.OK and answer["Content-Type"].startswith("text/html"):
            words = Sheet(answer.content.decode()).words
            left += [(address, line) for line in words if LATIN.search(line)]
    assert left == []


def plain_addresses() -> Iterator[str]:
    """All addresses of the hub that stand for one page only."""
    for name in route_names():
        with contextlib.suppress(NoReverseMatch):
            yield reverse(name)


def test_strict_reader_finds_faults() -> None:
    """The crawl is worth what its reader sees."""
    sheet = Sheet(BAD)
    assert sheet.faults("en") == [
        "style in the page: <p> color: red",
        "script in the page: p onclick",
        "script in the page",
        "script in an address of <a>",
        "</div> closes <p>",
        "id twice: same",
        "asks another server: //elsewhere.example/x.png",
        "2 h1",
        "lang is 'sq'",
        "for leads to no id: none",
        "form leaves the hub: https://elsewhere.example/",
        "POST form without token: /there/",
    ]
    assert sheet.links == ["javascript:void(0)"]
    assert sheet.words == ["One", "Two", "Seen"]


BAD = """<!doctype html><html lang="sq"><body><h1 id="same">One</h1><h1 id="same">Two</h1>
<div><p style="color: red" onclick="x()">Seen</div><script>x()</script>
<a href="javascript:void(0)"></a><img src="//elsewhere.example/x.png"><label for="none"></label>
<div hidden><a href="/unseen/">Unseen</a></div>
<form action="https://elsewhere.example/"></form><form method="post" action="/there/"></form>
</body></html>"""


def test_strict_reader_sends_forms_as_a_browser_does() -> None:
    sheet = Sheet(
        '<form action="/list/?old=1"><input name="q"><input type="checkbox" name="own">'
        '<select name="kind"><option value="a">A</option><option value="b" selected>B</option>'
        '<option value="c">C</option></select><button name="go">Go</button></form>'
    )
    assert sheet.forms[0].asks() == [
        "/list/?q=&kind=b",
        "/list/?q=komuna&own=on&kind=c",
    ]
    assert sheet.faults("en") == []
