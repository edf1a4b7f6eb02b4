"""`manage.py sweep_consultations`: close what its closing day has passed."""

from typing import Any

from django.core.management.base import BaseCommand

from forums.consultations.services import sweep


class Command(BaseCommand):
    """Pages know of a passed closing day by themselves; this notes it and tells people."""

    help = "Close consultations whose closing day has ended. Safe to run as often as wanted."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep once and say how many were closed."""
        self.stdout.write(f"{sweep()} closed")
