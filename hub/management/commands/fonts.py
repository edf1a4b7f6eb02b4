"""`manage.py fonts`: make the web fonts, unless they are there already."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from hub import fonts


class Command(BaseCommand):
    """Cut the interface's typeface into web fonts below the data folder."""

    help = "Make the web fonts from the installed typeface. Does nothing when they are fresh."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="make them again in any case")

    def handle(self, *args: Any, **options: Any) -> None:
        if fonts.are_fresh(settings.GENERATED_STATIC_DIR) and not options["force"]:
            self.stdout.write("The web fonts are up to date.")
            return
        try:
            written = fonts.make(settings.GENERATED_STATIC_DIR)
        except fonts.FontsMissingError as error:
            # Pages stay readable in the reader's own typeface, so a machine
            # without the package still starts.
            self.stderr.write(
                f"The web fonts were not made: the package {error} is missing. "
                "Install fonttools[woff] and pymupdf-fonts, then run this again."
            )
            return
        weight = sum(path.stat().st_size for path in written) // 1024
        self.stdout.write(f"{len(written)} font files written, {weight} kB together.")
