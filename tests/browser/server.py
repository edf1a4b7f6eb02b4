"""The real server for browser tests: the web server and the background worker.

Both run as processes of their own on the database of the tests, with `tests.settings` in its
served form.  Tables are emptied between tests by hand instead of Django's flush, because that
renews the content types, which a running server rightly keeps in memory.
"""

import email
import fcntl
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from tests.engines import free_port

ROOT = Path(settings.BASE_DIR)
#: Filled by migrations and never by a test.
KEPT = {"contenttypes.ContentType", "auth.Permission", "organisations.Place"}


@dataclass
class Server:
    """A running hub.  `url` has no slash at its end."""

    port: int
    processes: list[subprocess.Popen[bytes]]
    log: Path
    content_types: int = field(default_factory=lambda: newest_content_type())

    @property
    def url(self) -> str:
        """Its address; `localhost`, because passkeys need a name."""
        return f"http://localhost:{self.port}"

    def stop(self) -> None:
        """End the server and the worker."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)

    def mails(self, to: str = "") -> list[EmailMessage]:
        """The mails sent so far, oldest first; only those to the address `to` where given."""
        files = sorted(
            (settings.DATA_DIR / "mail").glob("*.log"), key=lambda one: one.stat().st_mtime_ns
        )
        parts = [part for path in files for part in path.read_bytes().split(b"-" * 79)]
        found = [
            email.message_from_bytes(part.strip(), policy=default) for part in parts if part.strip()
        ]
        return [mail for mail in found if to in str(mail["To"])]

    def wait_for_mail(self, to: str, seconds: float = 15) -> EmailMessage:
        """The newest mail to `to`, waiting for it.  Raises AssertionError where none comes."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := self.mails(to):
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"No mail to {to}; sent were {[mail['To'] for mail in self.mails()]}")


def start() -> Server:
    """Start server and worker on the current test database and wait until pages come."""
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_SERVED": str(connection.settings_dict["NAME"]),
        "HUB_BASE_URL": f"http://localhost:{port}",
    }
    make_assets(environment)
    log = settings.DATA_DIR / "server.log"
    commands = (["serve", "--port", str(port)], ["work"])
    with log.open("ab") as out:
        processes = [
            subprocess.Popen(
                [sys.executable, "manage.py", *words],
                cwd=ROOT,
                env=environment,
                stdout=out,
                stderr=out,
            )
            for words in commands
        ]
    server = Server(port, processes, log)
    _wait(server)
    return server


def _wait(server: Server, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if any(process.poll() is not None for process in server.processes):
            break
        try:
            with urlopen(f"{server.url}/healthz", timeout=5):
                return
        except HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
    server.stop()
    raise RuntimeError(f"The server did not start:\n{server.log.read_text()[-3000:]}")


def make_assets(environment: dict[str, str]) -> None:
    """Fonts and static files, once for all workers and kept between runs."""
    command = [sys.executable, "manage.py", "assets"]
    with (ROOT / "var" / "tests" / "assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def newest_content_type() -> int:
    """The highest number of a content type: another one means that the tables were flushed."""
    newest = ContentType.objects.order_by("-pk").first()
    return newest.pk if newest else 0


def empty_tables() -> None:
    """Delete all rows that tests make, and the mails and cached values of the server."""
    assert "test" in Path(str(connection.settings_dict["NAME"])).name, "not a database of tests"
    names = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in KEPT and model._meta.managed and not model._meta.proxy
    ]
    quoted = [connection.ops.quote_name(name) for name in dict.fromkeys(names)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(quoted)}")
        else:
            cursor.execute("PRAGMA foreign_keys=OFF")
            with transaction.atomic():
                for name in quoted:
                    cursor.execute(f"DELETE FROM {name}")
            cursor.execute("PRAGMA foreign_keys=ON")
    for folder in ("mail", "media", "cache"):
        shutil.rmtree(settings.DATA_DIR / folder, ignore_errors=True)
