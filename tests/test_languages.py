"""No page speaks English to readers of another language."""

import contextlib
import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse

from tests import factories
from tests.conftest import SignIn
from tests.sheet import Sheet
from tests.world import route_names

pytestmark = pytest.mark.django_db

LATIN = re.compile(r"[A-Za-z][\w’'-]* [A-Za-z][\w’'-]* [A-Za-z]+")
#: So many pages stand for themselves at least.
PAGES = 30
#: A line with letters of the language itself may name what is called so; zones are names too.
NAMING = re.compile(r"[\u0400-\u04ff\u10a0-\u10ff]|^[A-Z]\w+/")


@pytest.mark.parametrize("language", ["sr", "bg", "ka"])
def test_empty_hub_speaks_no_english(language: str, signed_in: SignIn) -> None:
    """Where letters are not Latin, three Latin words in a row are a forgotten sentence."""
    organisation = factories.make_organisation("Зелена долина")
    person = factories.make_member(organisation, "administrator", "Нино Иванова")
    client = signed_in(person, organisation)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    lines = {}
    for address in plain_addresses():
        answer = client.get(address)
        if answer.status_code == HTTPStatus.OK and answer["Content-Type"].startswith("text/html"):
            lines[address] = Sheet(answer.content.decode()).words
    assert len(lines) >= PAGES
    assert [
        (address, line)
        for address, words in lines.items()
        for line in words
        if LATIN.search(line) and not NAMING.search(line)
    ] == []


def plain_addresses() -> Iterator[str]:
    """All addresses of the hub that stand for one page only."""
    for name in route_names():
        with contextlib.suppress(NoReverseMatch):
            yield reverse(name)
