"""Parts that an upper room shows on a lower room's page, without the lower one knowing it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Model


class Panel(NamedTuple):
    """A template part and what it is given; `order` places it among others."""

    template: str
    context: dict[str, Any]
    order: int = 50


Provider = Callable[[Any, Any], Panel | None]
_providers: dict[str, list[Provider]] = {}


def register_panel(label: str, provider: Provider) -> None:
    """Pages of model `label` (`forums.topic`) show what `provider(target, actor)` returns."""
    _providers.setdefault(label.lower(), []).append(provider)


def panels_for(target: Model, actor: Any) -> list[Panel]:
    """The panels for one object's page, in order."""
    found = [provider(target, actor) for provider in _providers.get(target._meta.label_lower, [])]
    return sorted((panel for panel in found if panel), key=lambda panel: panel.order)
