"""The app of commitments."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    """Who owes what to whom by when."""

    name = "projects.commitments"
    label = "commitments"
    verbose_name = _("Commitments")

    def ready(self) -> None:
        """Register sources, rights, notices, search, due days, files and panels."""
        from projects.commitments import (  # noqa: F401, PLC0415 - once apps exist
            deadlines,
            demo,
            files,
            notices,
            panels,
            requirements,
            rules,
            search,
            sources,
        )

        sources.register()
        panels.register()
