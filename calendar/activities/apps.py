"""The calendar's app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    """Activities, the shared calendar and its feeds."""

    name = "activities"
    verbose_name = _("Calendar")

    def ready(self) -> None:
        """Register rules, streams, notices, search, file guards and demo data."""
        from activities import (  # noqa: F401, PLC0415 - they register on import, once apps exist
            access,
            demo,
            live,
            notices,
            rules,
            search,
        )
