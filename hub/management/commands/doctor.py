"""`manage.py doctor`: what is wrong with this installation, and how to mend it."""

import shutil
import smtplib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.checks import run_checks
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from hub import health

MIN_FREE_BYTES = 500 * 1024 * 1024
Finding = tuple[bool, str]


class Command(BaseCommand):
    """Look at settings, database, Redis, mail, worker and disk."""

    help = "Checks the installation and says what to mend; exits with 1 where something is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per thing looked at."""
        looks: list[tuple[str, Callable[[], Finding]]] = [
            ("Settings", look_at_settings),
            ("Database", look_at_database),
            ("Live layer", look_at_layer),
            ("Mail", look_at_mail),
            ("Worker", look_at_worker),
            ("Disk", look_at_disk),
        ]
        wrong = 0
        for name, look in looks:
            fine, said = look()
            wrong += not fine
            self.stdout.write(f"{'ok   ' if fine else 'WRONG'} {name}: {said}")
        if wrong:
            raise CommandError(f"{wrong} to mend.")


def look_at_settings() -> Finding:
    """Django's own checks and ours."""
    problems = run_checks(include_deployment_checks=not settings.ON_THIS_MACHINE)
    if problems:
        return False, " ".join(f"[{found.id}] {found.msg} {found.hint or ''}" for found in problems)
    return True, f"{settings.HUB_NAME} at {settings.HUB_BASE_URL}, data in {settings.DATA_DIR}"


def look_at_database() -> Finding:
    """Whether it answers and is migrated."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return False, f"does not answer ({error}). Check DATABASE_URL and that the server runs."
    if missing:
        return False, f"{len(missing)} migrations are missing. Run: manage.py migrate"
    return True, f"{connection.vendor}, migrated"


def look_at_layer() -> Finding:
    """Whether live hints reach other processes."""
    if not settings.REDIS_URL:
        return True, "in memory (one server process; set REDIS_URL for more)"
    if not health.layer_answers():
        return False, "Redis does not answer. Check REDIS_URL and that the server runs."
    return True, "Redis answers"


def look_at_mail() -> Finding:
    """Whether a mail server answers."""
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        said = f"written to files in {settings.EMAIL_FILE_PATH}"
        return settings.ON_THIS_MACHINE, f"{said}; set EMAIL_URL to send it"
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return True, settings.EMAIL_BACKEND
    kind = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    try:
        with kind(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5) as server:
            server.noop()
    except OSError as error:
        return False, f"{settings.EMAIL_HOST} does not answer ({error}). Check EMAIL_URL."
    return True, f"{settings.EMAIL_HOST} answers"


def look_at_worker() -> Finding:
    """Whether work waits that nobody takes."""
    if not health.worker_lives():
        return False, "work has waited for over two minutes. Start one: manage.py work"
    return True, "nothing waits for long"


def look_at_disk() -> Finding:
    """Whether there is room for files."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < MIN_FREE_BYTES:
        return False, f"only {free // 2**20} MB free under {settings.DATA_DIR}"
    return True, f"{free // 2**30} GB free"
