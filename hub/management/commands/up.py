"""`manage.py up`: everything a newcomer needs, from an empty folder to open pages."""

import os
import signal
import subprocess
import sys
import time
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.management.commands.demo import PASSWORD, SIGN_INS

STOP_SECONDS = 8


class Command(BaseCommand):
    """Migrate, load the demo network where there is nothing, serve, work."""

    help = "Prepares the database, then runs the web server and the background worker."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, and whether to load the demo network."""
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--no-demo", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, start both processes, watch them until one ends or we are stopped."""
        call_command("migrate", verbosity=0, interactive=False)
        call_command("assets", stdout=self.stdout)
        call_command("feed_texts", stdout=self.stdout)
        if not options["no_demo"] and not get_user_model().objects.exists():
            self.stdout.write("The database is empty: loading the demo network.")
            call_command("demo", stdout=self.stdout)
        host, port = options["host"], options["port"]
        self._watch(
            [
                ["serve", "--host", host, "--port", str(port)],
                ["work"],
            ],
            host,
            port,
        )

    def _watch(self, commands: list[list[str]], host: str, port: int) -> None:
        manage = sys.argv[0]
        running = [subprocess.Popen([sys.executable, manage, *words]) for words in commands]
        stopping = False

        def stop(*_: Any) -> None:
            nonlocal stopping
            stopping = True
            for process in running:
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        announced = False
        while all(process.poll() is None for process in running):
            if not announced and (announced := _answers(host, port)):
                self._announce(host, port)
            time.sleep(0.2)
        failed = not stopping
        stop()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if failed:
            raise CommandError("One of the hub's processes ended; see the lines above.")

    def _announce(self, host: str, port: int) -> None:
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
        self.stdout.write(f"\n{settings.HUB_NAME} is open at  http://{shown}:{port}/\n")
        demo = get_user_model().objects.filter(email="coordinator@demo.example").exists()
        if demo:
            self.stdout.write(f"Sign in as one of these, password  {PASSWORD}")
            self.stdout.write("".join(f"  {name}@demo.example\n" for name in SIGN_INS))
        if settings.SHOW_MAIL:
            self.stdout.write(f"Mail the hub would send:  http://{shown}:{port}/dev/mail/")
        self.stdout.write("Stop with Ctrl-C.")
        self.stdout.flush()


def _answers(host: str, port: int) -> bool:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    try:
        with urlopen(f"http://{shown}:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
