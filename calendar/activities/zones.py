"""Time zones: which are offered, and which one fits a place or a person.

Zones are named as in the IANA database (RFC 5545 writes them as TZID).
"""

import zoneinfo
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hub.zones import ZONE_OF_COUNTRY, zone_of_country

_REGIONS = ("Europe", "Asia", "Africa", "America", "Atlantic", "Australia", "Indian", "Pacific")


@cache
def zone(name: str) -> zoneinfo.ZoneInfo:
    """The zone of that name.  Raises ValueError where there is none."""
    if name not in _known():
        raise ValueError(f"{name!r} is not a time zone.")
    return zoneinfo.ZoneInfo(name)


@cache
def _known() -> frozenset[str]:
    found = {
        name
        for name in zoneinfo.available_timezones()
        if name.partition("/")[0] in _REGIONS and "/" in name
    }
    return frozenset(found | {"UTC", settings.TIME_ZONE})


def is_zone(name: str) -> bool:
    """Whether `name` is a zone that activities may use."""
    return name in _known()


def words(name: str) -> str:
    """The zone as people read it: `Europe/Tirane` becomes `Tirane`, underscores become spaces."""
    return name.rpartition("/")[2].replace("_", " ")


@cache
def choices() -> list[tuple[Any, Any]]:
    """Choices for a select: the zones of the network first, then all others by region."""
    near = sorted({settings.TIME_ZONE, *ZONE_OF_COUNTRY.values()}, key=words)
    groups: list[tuple[Any, Any]] = [
        (_("Time zones of the network"), [*((name, words(name)) for name in near), ("UTC", "UTC")])
    ]
    for region in _REGIONS:
        rest = sorted(n for n in _known() if n.startswith(f"{region}/") and n not in near)
        groups.append((region, [(name, name.replace("_", " ")) for name in rest]))
    return groups


def default_zone(*, place: Any = None, person: Any = None) -> str:
    """The zone to offer first: the place's, else the person's, else the hub's."""
    if place is not None and is_zone(zone_of_country(place.country)):
        return zone_of_country(place.country)
    own = getattr(person, "time_zone", "")
    return own if own and is_zone(own) else settings.TIME_ZONE
