"""Where an agreement stands: the stored state, and what it means on a given day.

Only what people do is stored (`State`).  Whether an agreement is in force, not yet, soon over
or over follows from its dates and is computed, once for a row in Python (`status_on`) and
once as a condition for the database (`with_status`); a test holds the two together.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from projects.agreements.models.agreement import Agreement

# From this many days before its last day an agreement is shown as expiring.
EXPIRING_DAYS = 30


class State(models.TextChoices):
    """What was done, in the words of the Open Contracting Data Standard where they fit."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("sent for signature")
    CANCELLED = "cancelled", _("withdrawn")
    ACTIVE = "active", _("signed")
    ENDED = "ended", _("ended")
    TERMINATED = "terminated", _("terminated")
    RENEWED = "renewed", _("renewed")


# States that an agreement can only have after every party signed.
SIGNED = (State.ACTIVE, State.ENDED, State.TERMINATED, State.RENEWED)


class Status(models.TextChoices):
    """What the state and the dates mean on one day."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waiting for signatures")
    CANCELLED = "cancelled", _("withdrawn before it was signed")
    UPCOMING = "upcoming", _("signed, not yet in force")
    ACTIVE = "active", _("in force")
    EXPIRING = "expiring", _("in force, ends soon")
    ENDED = "ended", _("ended")
    TERMINATED = "terminated", _("terminated early")
    RENEWED = "renewed", _("followed by a new agreement")


# In force on the day asked about.
IN_FORCE = (Status.ACTIVE, Status.EXPIRING)

_CLOSED_AS = {
    State.TERMINATED: Status.TERMINATED,
    State.RENEWED: Status.RENEWED,
    State.ACTIVE: Status.ENDED,
    State.ENDED: Status.ENDED,
}


def status_on(agreement: Agreement, day: date) -> Status:
    """The status of `agreement` on `day`, a civil day of the hub.

    The last day counts: an agreement until 31 December is in force on 31 December.
    """
    state = State(agreement.state)
    if state not in SIGNED:
        return Status(state.value)
    last = agreement.last_day
    if last is not None and last < day:
        return _CLOSED_AS[state]
    if agreement.effective_from and agreement.effective_from > day:
        return Status.UPCOMING
    if last is not None and last <= day + timedelta(days=EXPIRING_DAYS):
        return Status.EXPIRING
    return Status.ACTIVE


def with_status(status: str, day: date) -> Q:
    """The condition for `status_on(…, day) == status`."""
    if status in (Status.DRAFT, Status.PROPOSED, Status.CANCELLED):
        return Q(state=status)
    signed = Q(state__in=SIGNED)
    over = Q(until__lt=day) | Q(closed_on__lt=day)
    if status in (Status.TERMINATED, Status.RENEWED):
        return Q(state=status) & over
    if status == Status.ENDED:
        return Q(state__in=[State.ACTIVE, State.ENDED]) & over
    lasting = signed & _open_or("until__gte", day) & _open_or("closed_on__gte", day)
    if status == Status.UPCOMING:
        return lasting & Q(effective_from__gt=day)
    begun = lasting & (Q(effective_from=None) | Q(effective_from__lte=day))
    soon = day + timedelta(days=EXPIRING_DAYS)
    expiring = Q(until__lte=soon) | Q(closed_on__lte=soon)
    if status == Status.EXPIRING:
        return begun & expiring
    return begun & _open_or("until__gt", soon) & _open_or("closed_on__gt", soon)


def _open_or(comparison: str, day: date) -> Q:
    """The field has no value, or compares with `day` as asked; plain NOT would lose NULLs."""
    return Q(**{comparison.partition("__")[0]: None}) | Q(**{comparison: day})
