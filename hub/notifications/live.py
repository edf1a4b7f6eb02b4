"""The bell: a person's own stream."""

from typing import Any

from django.contrib.auth import get_user_model
from django.template.loader import render_to_string

from hub.live.registry import register_event, register_stream
from hub.notifications.models import Notification


def _own_stream(user: Any, key: str) -> bool:
    return bool(user.is_authenticated and str(user.pk) == key)


def _bell(payload: dict[str, Any]) -> str:
    """The bell with its count, for the person whose notice was made or read."""
    if "person" in payload:
        person = get_user_model().objects.filter(pk=payload["person"]).first()
    else:
        notice = Notification.objects.filter(pk=payload["notification"]).first()
        person = notice.recipient if notice else None
    count = Notification.objects.unread_count(person) if person else 0
    return render_to_string("hub/_bell.html", {"unread_notifications": count})


register_stream("user", _own_stream)
register_event("notice.created", _bell)
register_event("notice.read", _bell)
