"""`manage.py work`: background tasks and what is due by the clock."""

import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from hub.periodic import run_due

ROUND_SECONDS = 15


class Command(BaseCommand):
    """Start a background worker."""

    help = "Sends mail, closes what has ended, and does whatever else waits in the background."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at the clock in a thread of its own, take tasks in this one."""
        threading.Thread(target=_rounds, name="periodic", daemon=True).start()
        call_command("db_worker", reload=False, startup_delay=False, verbosity=1)


def _rounds() -> None:
    pause = threading.Event()
    while True:
        run_due()
        pause.wait(ROUND_SECONDS)
