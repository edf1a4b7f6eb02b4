"""The app of agreements."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    """The register of agreements."""

    name = "projects.agreements"
    label = "agreements"
    verbose_name = _("Agreements")

    def ready(self) -> None:
        """Register rights, notices, search, due days, files, panels, demo data."""
        from projects.agreements import (  # noqa: F401, PLC0415 - once apps exist
            deadlines,
            demo,
            files,
            history,
            notices,
            panels,
            periodic,
            rules,
            search,
        )
