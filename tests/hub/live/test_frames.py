"""Frames are made once and kept, until words in them are taken back."""

import pytest

from hub.live import frames, registry
from hub.live.frames import FrameStore
from hub.live.publish import publish
from hub.writes import write
from tests.hub.live.conftest import Letters

pytestmark = pytest.mark.django_db(transaction=True)


def test_frame_is_made_once_per_language(letters: Letters) -> None:
    letters.write("a")
    store = FrameStore()

    for _ in range(3):
        store.read("letters:1", 0, ["sq", "bg", "sq"])

    assert sorted(letters.rendered) == [("a", "bg"), ("a", "sq")]


def test_only_the_newest_frames_are_kept(letters: Letters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "KEPT_FRAMES", 2)
    letters.write("a", "b", "c")
    store = FrameStore()

    store.read("letters:1", 0, ["en"])
    store.read("letters:1", 2, ["en"])
    store.read("letters:1", 0, ["en"])

    assert [letter for letter, _ in letters.rendered] == ["a", "b", "c", "a", "b", "c"]


def test_words_taken_back_are_not_sent_from_what_was_kept(
    letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = {"text": "secret"}
    monkeypatch.setitem(registry._renderers, "letter.written", lambda payload: shown["text"])
    monkeypatch.setattr(registry, "_retracting", {"letter.struck"})
    store = FrameStore()
    letters.write("a")
    assert "secret" in store.read("letters:1", 0, ["en"]).frames[0][1]["en"]

    @write
    def strike() -> None:
        shown["text"] = "taken back"
        publish("letters:1", "letter.struck", letter="a")

    strike()

    assert "secret" not in str(store.read("letters:1", 0, ["en"]).frames)
