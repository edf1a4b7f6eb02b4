"""The app of notices."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Notices on the site and by mail."""

    name = "hub.notifications"
    label = "notifications"
    verbose_name = "Notices"

    def ready(self) -> None:
        """Register the stream of a person and the bell's event."""
        from hub.notifications import live  # noqa: F401, PLC0415 - registers on import
