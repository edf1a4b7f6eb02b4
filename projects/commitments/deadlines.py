"""The days on which commitments fall due, in the calendar and its feeds."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.deadlines import Deadline, Named, register_deadlines
from projects.commitments.models import Commitment, State
from projects.commitments.sources import binding


def due_days(user: Any, start: date, end: date) -> Iterable[Deadline]:
    """What falls due from `start` to `end`, both included; two queries.

    What is done keeps its day and says so; what was dropped is cancelled.
    """
    rows = (
        binding(Commitment.objects.visible_to(user))
        .filter(due__range=(start, end))
        .select_related("debtor__place", "place")
        .prefetch_related("beneficiaries")
        .defer("description", "folded")
        .order_by("due", "pk")
    )
    for row in rows:
        yield _deadline(row)


def _deadline(commitment: Commitment) -> Deadline:
    organisations = [commitment.debtor, *commitment.beneficiaries.all()]
    place = commitment.place or commitment.debtor.place
    words = {"title": commitment.title, "organisation": commitment.debtor.name}
    title = (
        _("Done: %(title)s (%(organisation)s)") % words
        if commitment.state == State.DONE
        else _("Due: %(title)s (%(organisation)s)") % words
    )
    return Deadline(
        kind="commitment-due",
        object_id=commitment.pk,
        title=title,
        url=commitment.get_absolute_url(),
        last_modified=commitment.last_modified,
        day=commitment.due,
        tzid=settings.TIME_ZONE,
        sequence=commitment.sequence,
        cancelled=commitment.state == State.DROPPED,
        organisations=tuple(Named(each.pk, each.name, each.slug) for each in organisations),
        place_codes=(place.code,) if place else (),
    )


register_deadlines("commitment-due", gettext_lazy("Commitments due"), due_days)
