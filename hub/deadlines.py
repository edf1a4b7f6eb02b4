"""Dates that follow from other things, shown in the calendar and its feeds, never copied.

A room that owns deadlines registers a provider; the calendar asks them all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple


class Named(NamedTuple):
    """An organisation as the calendar shows it."""

    pk: int
    name: str
    slug: str


@dataclass(frozen=True)
class Deadline:
    """One derived entry: either a `day` or an aware `moment`.

    `kind` and `object_id` together name it for ever (its UID in feeds is made from them);
    `title` is in the active language; `url` is a path on the hub; `last_modified` is aware and
    `sequence` rises when the date moves.
    """

    kind: str
    object_id: int
    title: str
    url: str
    last_modified: datetime
    day: date | None = None
    moment: datetime | None = None
    tzid: str = "UTC"
    sequence: int = 0
    cancelled: bool = False
    organisations: tuple[Named, ...] = ()
    place_codes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    description: str = field(default="", compare=False)


Provider = Callable[[Any, date, date], Iterable[Deadline]]
_providers: dict[str, tuple[Any, Provider]] = {}


def register_deadlines(kind: str, label: Any, provider: Provider) -> None:
    """`provider(user, first_day, last_day)` yields what `user` may see; `label` is translatable."""
    _providers[kind] = (label, provider)


def kinds() -> dict[str, Any]:
    """Kinds of deadlines with their labels."""
    return {kind: label for kind, (label, _) in sorted(_providers.items())}


def deadlines(
    user: Any, start: date, end: date, wanted: Iterable[str] | None = None
) -> list[Deadline]:
    """All deadlines of the `wanted` kinds (None: every kind) from `start` to `end`, inclusive."""
    chosen = list(_providers) if wanted is None else [kind for kind in wanted if kind in _providers]
    found = [entry for kind in chosen for entry in _providers[kind][1](user, start, end)]
    return sorted(found, key=lambda one: (str(one.day or one.moment), one.kind, one.title))
