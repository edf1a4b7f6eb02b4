"""Things the hub does by itself now and then: a registry, and one round over it."""

import logging
import time
from collections.abc import Callable
from typing import NamedTuple

from django.db import close_old_connections

logger = logging.getLogger("hub.periodic")


class Job(NamedTuple):
    """A function to call every so many seconds.  It must bear being called by two workers."""

    name: str
    seconds: float
    run: Callable[[], object]


_jobs: list[Job] = []
_last: dict[str, float] = {}


def register_periodic(name: str, seconds: float, run: Callable[[], object]) -> None:
    """Call `run` about every `seconds`, in a background worker."""
    _jobs.append(Job(name, seconds, run))


def run_due(*, everything: bool = False) -> list[str]:
    """Run what is due (or `everything`); one job's failure is noted and stops no other."""
    done = []
    for job in _jobs:
        now = time.monotonic()
        if not everything and now - _last.get(job.name, float("-inf")) < job.seconds:
            continue
        _last[job.name] = now
        close_old_connections()
        try:
            job.run()
            done.append(job.name)
        except Exception:  # the next round tries again; other jobs must not suffer
            logger.exception("The job %s failed.", job.name)
        finally:
            close_old_connections()
    return done
