"""The time zone an organisation lives in: a closing day ends at its own midnight."""

from babel.core import get_global
from django.conf import settings

from organisations.models import Organisation

# CLDR names zones by territory but leaves Kosovo out; the tz database counts it to Belgrade.
_ADDED = {"XK": "Europe/Belgrade"}


def _zones_by_country() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for zone, country in get_global("zone_territories").items():
        found.setdefault(country, []).append(zone)
    single = {country: zones[0] for country, zones in found.items() if len(zones) == 1}
    return {**single, **_ADDED}


_ZONES = _zones_by_country()


def zone_of(organisation: Organisation) -> str:
    """The zone of the organisation's country; the hub's own where a country has several."""
    return _ZONES.get(organisation.country.upper(), settings.TIME_ZONE)
