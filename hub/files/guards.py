"""Who may read a file: the room that owns what it is attached to decides."""

from collections.abc import Callable
from typing import Any

Guard = Callable[[Any, Any], bool]
_guards: dict[str, Guard] = {}


def register_file_guard(label: str, guard: Guard) -> None:
    """Files attached to model `label` (`forums.topic`) may be read where `guard(user, object)`."""
    _guards[label.lower()] = guard


def may_read(user: Any, target: Any) -> bool:
    """Whether `user` may read what is attached to `target`; without a guard nobody may."""
    if target is None:
        return False
    guard = _guards.get(target._meta.label_lower)
    return guard is not None and guard(user, target)
