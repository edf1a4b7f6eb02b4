"""The app of live updates."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Streams and their events."""

    name = "hub.live"
    label = "live"
    verbose_name = "Live updates"

    def ready(self) -> None:
        """Tell the kernel who numbers events; hear when a session ends."""
        from hub.live import publish, sessions  # noqa: F401, PLC0415 - both need loaded models

        publish.connect()
