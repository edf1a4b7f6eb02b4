"""What apps tell the live room: who may listen to a stream, and how an event looks."""

from collections.abc import Callable
from typing import Any

Guard = Callable[[Any, str], bool]
Renderer = Callable[[dict[str, Any]], str]

_guards: dict[str, Guard] = {}
_renderers: dict[str, Renderer] = {}
_retracting: set[str] = set()


def register_stream(prefix: str, guard: Guard) -> None:
    """Streams `prefix:ID` may be followed by whom `guard(user, id)` accepts.

    A guard is asked at the start, when a right may have been lost, and at each heartbeat.  It
    must not raise for an unknown id: unknown and forbidden look the same.
    """
    _guards[prefix] = guard


def register_event(kind: str, render: Renderer, *, retracts: bool = False) -> None:
    """Events of `kind` are shown as `render(payload)`: HTML, in the active language.

    It is called once per language that someone listens in, so it must hold nothing that the
    least privileged reader of the stream may not see.  An event that `retracts` takes back or
    changes words of earlier ones: whoever catches up gets those as they are now.
    """
    _renderers[kind] = render
    if retracts:
        _retracting.add(kind)


def retracts(kind: str) -> bool:
    """Whether events of `kind` change what earlier ones show."""
    return kind in _retracting


def may_follow(user: Any, stream: str) -> bool:
    """Whether `user` may listen to `stream`; unknown streams answer no."""
    prefix, _, key = stream.partition(":")
    guard = _guards.get(prefix)
    return guard is not None and guard(user, key)


def render_event(kind: str, payload: dict[str, Any]) -> str:
    """The HTML of one event in the active language; empty where the kind carries none."""
    renderer = _renderers.get(kind)
    return renderer(payload) if renderer else ""
