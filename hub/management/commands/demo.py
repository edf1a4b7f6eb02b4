"""`manage.py demo`: a believable network to look at and to measure with."""

import time
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

from hub.demo import Demo, build_demo

PASSWORD = "demo-hub-2026"  # noqa: S105 - published on purpose, for the demo only
SIGN_INS = ["coordinator", "ngo", "ngo2", "municipality", "media", "citizen"]


class Command(BaseCommand):
    """Fill an empty hub with the demo network."""

    help = "Makes the demo network; --scale N makes N times as much, for measuring."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much."""
        parser.add_argument("--scale", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it, unless it is there."""
        if not 1 <= options["scale"] <= 1000:
            raise CommandError("--scale must lie between 1 and 1000.")
        if get_user_model().objects.filter(email="coordinator@demo.example").exists():
            raise CommandError("The demo network is here already. Start from an empty database.")
        begun = time.monotonic()
        tasks = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        with override_settings(
            TASKS=tasks, EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"
        ):
            build_demo(Demo(scale=options["scale"], say=self.stdout.write))
        self.stdout.write(f"The demo network is ready ({time.monotonic() - begun:.0f} s).")
