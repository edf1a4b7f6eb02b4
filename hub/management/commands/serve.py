"""`manage.py serve`: pages and live updates in one process."""

import socket
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """Start the web server."""

    help = "Serves pages and live updates until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the port, then serve."""
        host, port = options["host"], options["port"]
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Cannot listen on {host} port {port} ({error.strerror}). "
                    f"Choose another port, for example: make run PORT={port + 1}"
                ) from None
        from hub.asgi import application  # noqa: PLC0415 - after the check, it loads everything
        from hub.server import serve  # noqa: PLC0415 - installs Twisted's reactor

        serve(application, host, port, when_ready=lambda: self.stdout.write("serving", ending="\n"))
