"""A stream of our own to test with: `letters:ID`, open to whom `readers` names."""

from typing import Any

import pytest
from django.utils.translation import get_language

from hub.live import registry
from hub.live.publish import publish
from hub.writes import write


class Letters:
    """Who may read, and a service that writes."""

    def __init__(self) -> None:
        self.open_to_all = True
        self.readers: set[int] = set()
        self.rendered: list[tuple[str, str]] = []

    def may_read(self, user: Any, key: str) -> bool:
        """The guard."""
        return self.open_to_all or user.pk in self.readers

    def render(self, payload: dict[str, Any]) -> str:
        """The part of an event."""
        self.rendered.append((payload["letter"], str(get_language())))
        return f"<p>{payload['letter']} {get_language()}</p>"

    @staticmethod
    @write
    def write(*letters: str, stream: str = "letters:1") -> None:
        """One transaction, an event per letter."""
        for letter in letters:
            publish(stream, "letter.written", letter=letter)


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Letters:
    """The stream, registered for the length of a test."""
    made = Letters()
    monkeypatch.setitem(registry._guards, "letters", made.may_read)
    monkeypatch.setitem(registry._renderers, "letter.written", made.render)
    return made
