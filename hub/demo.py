"""The demo network: every room adds its share, through its own services."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from django.utils import timezone


@dataclass
class Demo:
    """What the builders share.  `scale` 1 is the believable network; more is for measuring.

    `people` is keyed by the part of the address before @, `organisations` by slug; `store`
    holds whatever one room wants to hand to the next (`store["forums"]`, ...).
    """

    scale: int = 1
    now: datetime = field(default_factory=timezone.now)
    random: Random = field(default_factory=lambda: Random(2026))
    people: dict[str, Any] = field(default_factory=dict)
    organisations: dict[str, Any] = field(default_factory=dict)
    store: dict[str, Any] = field(default_factory=dict)
    say: Callable[[str], None] = print


Builder = Callable[[Demo], None]
_builders: list[tuple[int, str, Builder]] = []


def register_demo(order: int, name: str, build: Builder) -> None:
    """Run `build(demo)` as number `order`.

    Organisations are 10, forums 20, activities 30, projects 40.
    """
    _builders.append((order, name, build))


def build_demo(demo: Demo) -> None:
    """Build the whole network in order."""
    for _order, name, build in sorted(_builders, key=lambda row: row[:2]):
        demo.say(f"  {name} …")
        build(demo)
