"""`manage.py messages`: the words of the interface for translators."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hub.catalogue import LANGUAGES, Key, Message, borrowed, exchange, extract, store
from hub.catalogue.check import check


def wanted(language: str, root: Path) -> dict[Key, Message]:
    """All that the catalogue of `language` must hold: our messages and the borrowed ones."""
    return borrowed.gather(language, root) | extract.gather(root)


class Command(BaseCommand):
    """Bring the catalogues up to date, check them, compile them, or exchange them as JSON."""

    help = (
        "Gather the words of the interface into locale/; without options, update every catalogue."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One of four things to do, or the update."""
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--compile", action="store_true", help="write the .mo files")
        act.add_argument("--check", action="store_true", help="list what is missing or wrong")
        act.add_argument("--export", metavar="LANG", choices=LANGUAGES, help="print as JSON")
        act.add_argument(
            "--import",
            dest="taking",
            nargs=2,
            metavar=("LANG", "FILE"),
            help="take translations from a JSON file",
        )
        parser.add_argument("--chunk", type=int, default=1, help="which part to export, from 1")
        parser.add_argument("--size", type=int, default=100, help="messages in one part")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the one thing asked for."""
        self.root = Path(settings.BASE_DIR)
        self.locale = self.root / "locale"
        if options["compile"]:
            store.compile_all(self.locale)
        elif options["check"]:
            self.check_all()
        elif options["export"]:
            self.hand_out(options["export"], options["chunk"], options["size"])
        elif options["taking"]:
            self.take_in(*options["taking"])
        else:
            self.update_all()

    def update_all(self) -> None:
        """Write each catalogue anew and say what is open in it."""
        for language in LANGUAGES:
            messages = wanted(language, self.root)
            store.update(self.locale, language, messages)
            known = store.translations(store.read(self.locale, language))
            done = len(known.keys() & messages.keys())
            self.stdout.write(f"{language}: {done} of {len(messages)} translated")

    def check_all(self) -> None:
        """List every problem; end with an error where there is one."""
        problems = [
            problem
            for language in LANGUAGES
            for problem in check(self.locale, language, wanted(language, self.root))
        ]
        for problem in problems:
            self.stdout.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} things to mend in the catalogues.")

    def hand_out(self, language: str, chunk: int, size: int) -> None:
        """Print one part of what is untranslated, as JSON."""
        if chunk < 1 or size < 1:
            raise CommandError("--chunk and --size count from 1.")
        rows = exchange.untranslated(self.locale, language, wanted(language, self.root))
        part = rows[(chunk - 1) * size : chunk * size]
        self.stdout.write(json.dumps(part, ensure_ascii=False, indent=1))
        self.stderr.write(f"{len(part)} of {len(rows)} untranslated messages")

    def take_in(self, language: str, name: str) -> None:
        """Merge a JSON file; say what was refused and why."""
        if language not in LANGUAGES:
            raise CommandError(f"{language} is none of {', '.join(LANGUAGES)}.")
        try:
            text = Path(name).read_text(encoding="utf-8")
            taken, refused = exchange.take(self.locale, language, wanted(language, self.root), text)
        except (OSError, ValueError) as error:
            raise CommandError(f"{name}: {error}") from None
        self.stdout.write(f"{language}: {taken} taken, {len(refused)} refused")
        for line in refused:
            self.stdout.write(line)
        if refused:
            raise CommandError("Some translations were refused; the others are kept.")
