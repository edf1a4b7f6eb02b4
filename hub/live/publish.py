"""Writing events into streams, and the hint that goes out after commit.

The hint only says which streams moved.  It may be lost: rows are the truth, and every
listening process looks at the counters now and then.
"""

import asyncio
import logging
import threading
from collections.abc import Iterable
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from hub import writes
from hub.live.models import Event, Stream

logger = logging.getLogger("hub.live")
GROUP = "hub.live"


def publish(stream: str, kind: str, **payload: Any) -> None:
    """Add an event to `stream` when the running service ends.  `payload` holds plain numbers.

    Raises RuntimeError outside a service marked `@write`.
    """
    writes.collect(writes.PendingEvent(stream, kind, payload))


def recheck(*, person_ids: Iterable[int] = (), ended_sessions: Iterable[str] = ()) -> None:
    """After commit, ask anew what these people may listen to; they may have lost it.

    Sockets of `ended_sessions` (session keys) listen on as strangers do.
    """
    message = {
        "type": "recheck",
        "people": sorted(person_ids),
        "ended_sessions": sorted(ended_sessions),
    }
    transaction.on_commit(lambda: _send(message))


def position(stream: str) -> int:
    """The number of the last event of `stream`; read it before the data it stands for."""
    return positions([stream]).get(stream, 0)


def positions(streams: Iterable[str]) -> dict[str, int]:
    """The last numbers of several streams; one query; streams without events are left out."""
    return dict(Stream.objects.filter(name__in=list(streams)).values_list("name", "seq"))


def connect() -> None:
    """Make `@write` number its events here."""
    writes.on_flush(_number)


def _number(pending: list[writes.PendingEvent]) -> None:
    moved: dict[str, int] = {}
    rows: list[Event] = []
    by_stream: dict[str, list[writes.PendingEvent]] = {}
    for event in pending:
        by_stream.setdefault(event.stream, []).append(event)
    for name, events in by_stream.items():
        stream = _advance(name, len(events))
        moved[name] = stream.seq
        first = stream.seq - len(events) + 1
        rows += [
            Event(stream=stream, seq=first + offset, kind=event.kind, payload=event.payload)
            for offset, event in enumerate(events)
        ]
    Event.objects.bulk_create(rows)
    transaction.on_commit(lambda: _send({"type": "moved", "streams": moved}))


def _advance(name: str, steps: int) -> Stream:
    """Move the counter and keep its row locked until commit."""
    if not Stream.objects.filter(name=name).update(seq=F("seq") + steps):
        try:
            with transaction.atomic():
                return Stream.objects.create(name=name, seq=steps)
        except IntegrityError:  # another writer made the stream between the two lines
            Stream.objects.filter(name=name).update(seq=F("seq") + steps)
    return Stream.objects.get(name=name)


# The seam between threads that answer pages and the event loop that serves sockets: the
# in-memory layer belongs to that loop, so a hint is handed over to it, never sent from a
# second loop.  A process without sockets (a worker, WSGI) has a small loop of its own, used
# only to reach Redis.

_loop: asyncio.AbstractEventLoop | None = None
_loop_lock = threading.Lock()


def use_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Name the event loop that serves this process's sockets."""
    global _loop
    _loop = loop


def _own_loop() -> asyncio.AbstractEventLoop:
    global _loop
    with _loop_lock:
        if _loop is None or _loop.is_closed():
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="hub-live", daemon=True).start()
        return _loop


def _send(message: dict[str, Any]) -> None:
    if (_loop is None or _loop.is_closed()) and not settings.REDIS_URL:
        return  # nobody in this process listens, and the in-memory layer reaches no other
    loop = _loop if _loop is not None and not _loop.is_closed() else _own_loop()
    asyncio.run_coroutine_threadsafe(_group_send(message), loop)


async def _group_send(message: dict[str, Any]) -> None:
    try:
        layer: Any = get_channel_layer()
        await layer.group_send(GROUP, message)
    except Exception:  # the write stands already; listeners find it by looking at the counters
        logger.exception("A live hint could not be sent.")
