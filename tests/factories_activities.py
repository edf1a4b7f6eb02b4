"""Makes activities for tests, through the service that pages use."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from activities.models import Activity
from activities.recurrence import Rule
from activities.services import plan_activity
from activities.times import When
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.factories import make_actor, make_member, make_organisation


def make_when(
    day: date | None = None,
    start: str = "10:00",
    end: str = "12:00",
    tzid: str = "Europe/Tirane",
    *,
    last: date | None = None,
) -> When:
    """Local times on one day (in a week, where none is named), or up to `last`."""
    day = day or timezone.localdate() + timedelta(days=7)
    return When(
        datetime.combine(day, time.fromisoformat(start)),
        datetime.combine(last or day, time.fromisoformat(end)),
        tzid,
    )


def make_days(first: date, last: date | None = None, tzid: str = "Europe/Tirane") -> When:
    """Whole days."""
    return When.days(first, last or first, tzid)


def editor_of(organisation: Organisation, person: User | None = None) -> Actor:
    """An editor of `organisation`, acting for it."""
    return make_actor(person or make_member(organisation, "editor"), organisation)


def make_activity(
    summary: str = "Round table on youth work",
    *,
    organisation: Organisation | None = None,
    actor: Actor | None = None,
    when: When | None = None,
    rule: Rule | None = None,
    tags: Iterable[str] = (),
    co_organisers: Iterable[Organisation] = (),
    **words: Any,
) -> Activity:
    """An activity next week, planned by an editor of `organisation`."""
    if actor is None:
        actor = editor_of(organisation or make_organisation())
    words = {"kind": "round-table", "description": "", "location": "", **words}
    return plan_activity(
        actor=actor,
        summary=summary,
        when=when or make_when(),
        rule=rule,
        tags=tags,
        co_organisers=co_organisers,
        **words,
    )
