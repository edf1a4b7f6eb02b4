"""The stream `calendar`, and how its events look: one line of news above the calendar."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from activities.models import Activity
from hub.live.registry import register_event, register_stream


def _guard(user: Any, key: str) -> bool:
    """Everyone may listen: the stream only tells of public activities."""
    return not key


def _news(payload: dict[str, Any], words: str) -> str:
    activity = (
        Activity.objects.public()
        .select_related("organisation", "place")
        .filter(pk=payload["activity"])
        .first()
    )
    if activity is None:
        return ""
    return render_to_string("activities/_news.html", {"activity": activity, "words": words})


def _created(payload: dict[str, Any]) -> str:
    return _news(payload, _("New in the calendar:"))


def _changed(payload: dict[str, Any]) -> str:
    return _news(payload, _("Changed:"))


def _cancelled(payload: dict[str, Any]) -> str:
    return _news(payload, _("Cancelled:"))


register_stream("calendar", _guard)
register_event("activity.created", _created)
register_event("activity.changed", _changed)
register_event("activity.cancelled", _cancelled)
