"""Who: people, organisations, memberships, verification, places."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """People and who belongs where."""

    name = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        """Register rules, notices, search and the demo's share; keep the table of places filled."""
        from organisations import demo, notices, rules, search  # noqa: F401, PLC0415 - on import
        from organisations.services.places import fill_places  # noqa: PLC0415 - needs the models

        # Like content types: every database that was migrated has the places of this release.
        post_migrate.connect(fill_places, sender=self, dispatch_uid="organisations.places")
