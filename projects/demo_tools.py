"""What the demo data of this wing share: who acts, and how things are moved into the past."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Model

from hub import audit
from hub.demo import Demo
from hub.notifications.models import Notification
from organisations.acting import Actor
from organisations.models import Organisation

DATA = Path(__file__).resolve().parent / "data"


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of `data/demo_NAME.json`."""
    found: list[dict[str, Any]] = json.loads((DATA / f"demo_{name}.json").read_text("utf-8"))
    return found


def acting(demo: Demo, organisation: Organisation) -> Actor:
    """The administrator of one of the demo's organisations, acting for it."""
    person, _role = demo.store["members"][organisation.slug][0]
    return Actor(person, organisation)


def day(demo: Demo, offset: int) -> date:
    """The civil day `offset` days from the demo's today."""
    return (demo.now + timedelta(days=offset)).date()


def moment(demo: Demo, offset: int) -> datetime:
    """An instant in working hours `offset` days from now, never in the future."""
    chosen = (demo.now + timedelta(days=offset)).replace(
        hour=demo.random.randrange(7, 15), minute=demo.random.randrange(60), second=0
    )
    return min(chosen, demo.now - timedelta(minutes=5))


def backdate_acts(target: Model, begun: datetime, end: datetime) -> None:
    """Spread the entries of the audit trail about `target` from `begun` to `end`."""
    keys = list(audit.history(target).order_by("pk").values_list("pk", flat=True))
    step = (end - begun) / max(len(keys) - 1, 1)
    for number, key in enumerate(keys):
        audit.history(target).filter(pk=key).update(at=begun + step * number)


def calm_notices(demo: Demo, prefix: str, keep: tuple[str, ...] = ()) -> None:
    """Notices about what happened long ago were read long ago; those of `keep` still wait."""
    old = Notification.objects.filter(kind__startswith=f"{prefix}.").exclude(kind__in=keep)
    old.update(created=demo.now - timedelta(days=12), read_at=demo.now - timedelta(days=10))
