"""The kernel's app."""

from django.apps import AppConfig


class HubConfig(AppConfig):
    """Audit trail, commands, shared parts."""

    name = "hub"
    verbose_name = "Hub"

    def ready(self) -> None:
        """Register the operators' checks."""
        from hub import checks  # noqa: F401, PLC0415 - checks register on import, once apps exist
