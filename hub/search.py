"""Search over everything a person may see: each room offers what it has."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Q

from hub.text import fold


class Hit(NamedTuple):
    """One thing found."""

    title: str
    url: str
    excerpt: str
    kind: str


Finder = Callable[[Any, list[str], int], list[Hit]]
_finders: dict[str, tuple[Any, Finder]] = {}


def register_search(kind: str, label: Any, find: Finder) -> None:
    """`find(user, words, limit)` gives hits that `user` may see; `words` are folded."""
    _finders[kind] = (label, find)


def kinds() -> dict[str, Any]:
    """What can be searched, with labels in the order of registration."""
    return {kind: label for kind, (label, _) in _finders.items()}


def contains_all(field: str, words: list[str]) -> Q:
    """A condition: the folded text in `field` holds each of `words`."""
    condition = Q()
    for word in words:
        condition &= Q(**{f"{field}__contains": word})
    return condition


def search(
    user: Any, query: str, *, only: str = "", limit: int = 10
) -> list[tuple[Any, list[Hit]]]:
    """Groups of (label, hits) for `query`; an empty query finds nothing."""
    words = fold(query).split()[:8]
    if not words:
        return []
    chosen = [only] if only in _finders else list(_finders)
    groups = [(_finders[kind][0], _finders[kind][1](user, words, limit)) for kind in chosen]
    return [(label, hits) for label, hits in groups if hits]
