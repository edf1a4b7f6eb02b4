"""The app of consultations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from hub.periodic import register_periodic

SWEEP_SECONDS = 60


class ConsultationsConfig(AppConfig):
    """Consultations: one kind of topic with its procedure."""

    name = "forums.consultations"
    label = "consultations"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        """Register rights, the procedure, notices, calendar days, files, the demo's share."""
        from forums.consultations import (  # noqa: F401, PLC0415 - these register on import
            deadlines,
            demo,
            files,
            notices,
            procedure,
            rules,
            services,
        )

        procedure.register()
        register_periodic("close consultations", SWEEP_SECONDS, services.sweep)
