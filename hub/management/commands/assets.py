"""`manage.py assets`: the fonts and static files, made anew only where something changed."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from hub import assets, fonts


class Command(BaseCommand):
    """What pages need besides the database."""

    help = "Cuts the web fonts and collects the static files, where something changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Fonts first: the style sheet names them."""
        if not fonts.are_fresh(settings.GENERATED_STATIC_DIR):
            self.stdout.write("Cutting the web fonts (once).")
            call_command("fonts", stdout=self.stdout)
        if assets.collect():
            self.stdout.write("The static files were collected.")
