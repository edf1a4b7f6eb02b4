"""The kinds of notices, and the words for each."""

from collections.abc import Callable
from typing import NamedTuple

from hub.notifications.models import Notification


class Notice(NamedTuple):
    """What a notice says, in the active language, and where it leads (a path)."""

    text: str
    url: str


Describe = Callable[[Notification], Notice]
_kinds: dict[str, tuple[object, Describe]] = {}


def register_notice(kind: str, label: object, describe: Describe) -> None:
    """Notices of `kind` read as `describe(notification)`; `label` names the kind in settings."""
    _kinds[kind] = (label, describe)


def labels() -> dict[str, object]:
    """All kinds with their labels, for the page of choices."""
    return {kind: label for kind, (label, _) in sorted(_kinds.items())}


def words(notification: Notification) -> Notice | None:
    """The notice in words; None where its target is gone or its kind is unknown."""
    described = _kinds.get(notification.kind)
    if described is None or notification.target is None:
        return None
    return described[1](notification)
