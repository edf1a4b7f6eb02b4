"""The rooms of the house as the navigation shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TOP = "top"
BOTTOM = "bottom"


@dataclass(frozen=True)
class Room:
    """A room: the name of its first page, its words, its icon and the apps that belong to it."""

    url_name: str
    label: str | Promise
    short_label: str | Promise
    icon: str
    apps: frozenset[str]
    bars: frozenset[str]


@dataclass(frozen=True)
class Place:
    """One entry of the navigation, ready to show; `current` when the reader is in this room."""

    url: str
    label: str | Promise
    icon: str
    current: bool


def _room(
    url_name: str, label: Any, icon: str, *apps: str, short: Any = "", bars: str = "top"
) -> Room:
    return Room(url_name, label, short or label, icon, frozenset(apps), frozenset(bars.split()))


ROOMS = (
    _room(
        "home",
        _("Home"),
        "home",
        short=pgettext_lazy("short word in the bar at the bottom", "Home"),
        bars="bottom",
    ),
    _room(
        "forums:list",
        _("Forums"),
        "forum",
        "forums",
        short=pgettext_lazy("short word in the bar at the bottom", "Forums"),
        bars="top bottom",
    ),
    _room("consultations:list", _("Consultations"), "consultation", "consultations"),
    _room(
        "activities:month",
        _("Calendar"),
        "calendar",
        "activities",
        short=pgettext_lazy("short word in the bar at the bottom", "Calendar"),
        bars="top bottom",
    ),
    _room("projects:list", _("Projects"), "project", "projects"),
    _room("agreements:list", _("Agreements"), "agreement", "agreements"),
    _room("commitments:list", _("Commitments"), "commitment", "commitments"),
    _room(
        "organisations:list",
        _("Organisations"),
        "cso",
        "organisations",
        short=pgettext_lazy("short word in the bar at the bottom", "Members"),
        bars="top bottom",
    ),
)


def places(request: HttpRequest | None, bar: str) -> list[Place]:
    """The entries of one bar (`TOP` or `BOTTOM`); a room that is not installed is left out."""
    match = getattr(request, "resolver_match", None)
    # The innermost app counts: consultations live in the wing of the forums.
    here = match.app_names[-1] if match and match.app_names else ""
    name = match.view_name if match else ""
    found = []
    for room in ROOMS:
        if bar not in room.bars:
            continue
        try:
            url = reverse(room.url_name)
        except NoReverseMatch:
            continue
        label = room.short_label if bar == BOTTOM else room.label
        current = name == room.url_name or here in room.apps
        found.append(Place(url, label, room.icon, current))
    return found
