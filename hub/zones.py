"""The time zone in which a country lives, as the IANA database names it."""

from functools import cache

from babel.core import get_global
from django.conf import settings

# The capital's zone.  Kosovo has no entry of its own in the IANA database and keeps
# Belgrade's time.
ZONE_OF_COUNTRY = {
    "AL": "Europe/Tirane",
    "AM": "Asia/Yerevan",
    "BA": "Europe/Sarajevo",
    "BG": "Europe/Sofia",
    "GE": "Asia/Tbilisi",
    "GR": "Europe/Athens",
    "HR": "Europe/Zagreb",
    "MD": "Europe/Chisinau",
    "ME": "Europe/Podgorica",
    "MK": "Europe/Skopje",
    "RO": "Europe/Bucharest",
    "RS": "Europe/Belgrade",
    "TR": "Europe/Istanbul",
    "UA": "Europe/Kyiv",
    "XK": "Europe/Belgrade",
}


@cache
def _single_zones() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for zone, country in get_global("zone_territories").items():
        found.setdefault(country, []).append(zone)
    return {country: zones[0] for country, zones in found.items() if len(zones) == 1}


def zone_of_country(code: str) -> str:
    """The zone of the country with this code; the hub's own where a country has several."""
    known = {**_single_zones(), **ZONE_OF_COUNTRY}
    return known.get(code.upper(), settings.TIME_ZONE)
