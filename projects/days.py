"""Which day it is, for things that hold for everyone.

An agreement ends and a commitment falls due on a civil day.  Whether that day has passed may
not depend on who is reading, so it is counted in the hub's own time zone (`HUB_TIME_ZONE`),
never in the reader's.
"""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def hub_zone() -> ZoneInfo:
    """The hub's time zone."""
    return ZoneInfo(settings.TIME_ZONE)


def hub_today() -> date:
    """The civil day in the hub's time zone, now."""
    return timezone.localdate(timezone=hub_zone())
