"""The app of forums."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    """Forums, topics, posts."""

    name = "forums"
    verbose_name = _("Forums")

    def ready(self) -> None:
        """Register rights, kinds of topic, streams, notices, search and the demo's share."""
        from forums import (  # noqa: F401, PLC0415 - these register on import, once models exist
            demo,
            kinds,
            live,
            notices,
            rules,
            search,
        )

        kinds.register()
