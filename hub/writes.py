"""`@write`: one service call is one transaction.

The order inside a service is row, audit entry, notices, live events.  Events
are only collected while the service runs; the outermost `@write` gives them
their numbers as its very last act inside the transaction, stream by stream in
the order of the streams' names.  Two writers therefore always lock the
counters in the same order (no deadlock), and hold them as briefly as can be.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


class PendingEvent(NamedTuple):
    """An event waiting for its number."""

    stream: str
    kind: str
    payload: dict[str, Any]


_pending: ContextVar[list[PendingEvent] | None] = ContextVar("pending_events", default=None)
_number_events: list[Callable[[list[PendingEvent]], None]] = []


def on_flush(number: Callable[[list[PendingEvent]], None]) -> None:
    """Name the function that writes the pending events; `hub.live` does so once."""
    _number_events[:] = [number]


def collect(event: PendingEvent) -> None:
    """Keep `event` until the outermost service ends.  Raises RuntimeError outside of one."""
    pending = _pending.get()
    if pending is None:
        raise RuntimeError("A live event may only be published inside a service marked @write.")
    pending.append(event)


def write(service: Callable[P, R]) -> Callable[P, R]:
    """Run `service` in one transaction and number its live events at the end.

    Nested services join the outer transaction.  If anything raises, nothing is kept.
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _pending.get() is not None:
            return service(*args, **kwargs)
        pending: list[PendingEvent] = []
        token = _pending.set(pending)
        try:
            with transaction.atomic():
                result = service(*args, **kwargs)
                if pending:
                    for number in _number_events:
                        number(sorted(pending, key=lambda event: event.stream))
                return result
        finally:
            _pending.reset(token)

    return run
