"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from hub.notifications.models import Notification


def frame(request: HttpRequest) -> dict[str, Any]:
    """Name of the hub, languages, unread notices; nothing is queried for strangers."""
    signed_in = hasattr(request, "user") and request.user.is_authenticated
    return {
        "hub_name": settings.HUB_NAME,
        "hub_base_url": settings.HUB_BASE_URL,
        "languages": settings.LANGUAGES,
        "acting_choices": getattr(request, "acting_choices", []) if signed_in else [],
        "unread_notifications": (
            Notification.objects.unread_count(request.user) if signed_in else 0
        ),
        "debug": settings.DEBUG,
    }
