"""Events as frames: read from their rows, rendered at most once per language, encoded once."""

import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import close_old_connections
from django.utils import translation

from hub.live.models import Event, Stream
from hub.live.registry import render_event, retracts

logger = logging.getLogger("hub.live")

CATCH_UP_LIMIT = 300
KEPT_FRAMES = 4000


class Batch(NamedTuple):
    """Events of one stream, ready to send: (number, {language: frame}); or that it must reset."""

    seq: int
    epoch: str
    frames: list[tuple[int, dict[str, str]]]
    reset: bool = False


def dump(message: dict[str, Any]) -> str:
    """One protocol message as text."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


class FrameStore:
    """Frames lately made in this process, so that many who come back at once cost little."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, int, str], str] = OrderedDict()
        self._lock = threading.Lock()  # several threads read streams at once

    def read(self, stream: str, after: int | None, languages: Iterable[str]) -> Batch:
        """What came in `stream` after number `after`, in each of `languages`.

        `after` None means from now on.  The batch says reset where the cursor cannot be
        continued: it is ahead of the stream, too far behind, or rows were pruned.
        Runs queries; call it from a thread.
        """
        close_old_connections()
        try:
            row = Stream.objects.filter(name=stream).first()
            top, epoch = (row.seq, row.epoch) if row else (0, "")
            if after is None or after == top:
                return Batch(top, epoch, [])
            if after > top or top - after > CATCH_UP_LIMIT:
                return Batch(top, epoch, [], reset=True)
            events = list(Event.objects.filter(stream=row, seq__gt=after).order_by("seq"))
            if not events or events[0].seq != after + 1:
                return Batch(top, epoch, [], reset=True)
            if any(retracts(event.kind) for event in events):
                self._forget(stream)
            chosen = sorted(set(languages))
            frames = [(event.seq, self._frames(stream, epoch, event, chosen)) for event in events]
            return Batch(events[-1].seq, epoch, frames)
        finally:
            close_old_connections()

    def _forget(self, stream: str) -> None:
        """Make the frames of `stream` anew: words in them were taken back."""
        with self._lock:
            for key in [key for key in self._kept if key[0] == stream]:
                del self._kept[key]

    def _frames(
        self, stream: str, epoch: str, event: Event, languages: list[str]
    ) -> dict[str, str]:
        made = {}
        for language in languages:
            key = (stream, epoch, event.seq, language)
            frame = self._kept.get(key)
            if frame is None:
                frame = dump(as_message(stream, event, language))
                with self._lock:
                    self._kept[key] = frame
                    while len(self._kept) > KEPT_FRAMES:
                        self._kept.popitem(last=False)
            made[language] = frame
        return made


def as_message(stream: str, event: Event, language: str) -> dict[str, Any]:
    """One event as the protocol has it, its HTML in `language`."""
    with translation.override(language):
        try:
            html = render_event(event.kind, event.payload)
        except Exception:  # one broken part must not stop the stream; the page shows it on reload
            logger.exception("Event %s of %s could not be shown.", event.seq, stream)
            html = ""
    return {"type": "event", "stream": stream, "seq": event.seq, "kind": event.kind, "html": html}


def tops(streams: Iterable[str]) -> dict[str, int]:
    """The last numbers of `streams`; runs one query, from a thread."""
    close_old_connections()
    try:
        return dict(Stream.objects.filter(name__in=list(streams)).values_list("name", "seq"))
    finally:
        close_old_connections()
