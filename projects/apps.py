"""The app of projects."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """What several organisations do together."""

    name = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        """Register rights, notices, search, panels and demo data."""
        from projects import (  # noqa: F401, PLC0415 - once apps exist
            demo,
            notices,
            panels,
            rules,
            search,
        )
