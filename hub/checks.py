"""System checks for operators: what is likely wrong with this installation, by id."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register


@register(Tags.security, deploy=True)
def mail_leaves_the_house(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn where mail is only written to files."""
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return [
            checks.Warning(
                "Mail is written to files and reaches nobody.",
                hint="Set EMAIL_URL, for example smtp+tls://user:password@mail.example:587.",
                id="hub.W001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def base_url_is_public(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn where links in mails and feeds would point to this very machine."""
    if "127.0.0.1" in settings.HUB_BASE_URL or "localhost" in settings.HUB_BASE_URL:
        return [
            checks.Warning(
                "Links in mails and feeds point to this machine.",
                hint="Set HUB_BASE_URL to the address people use, such as https://hub.example.",
                id="hub.W002",
            )
        ]
    return []
