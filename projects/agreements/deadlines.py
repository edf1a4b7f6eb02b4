"""The days of agreements in the calendar: when they end."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.deadlines import Deadline, Named, register_deadlines
from projects.agreements.models import Agreement
from projects.agreements.models.status import SIGNED


def last_days(user: Any, start: date, end: date) -> Iterable[Deadline]:
    """The last days in force from `start` to `end`, both included; two queries.

    Of an agreement that was terminated or followed early it is the day on which it really
    ended: the entry moves, with a higher sequence.
    """
    ends = Least(Coalesce("until", "closed_on"), Coalesce("closed_on", "until"))
    rows = (
        Agreement.objects.visible_to(user)
        .filter(Q(until__isnull=False) | Q(closed_on__isnull=False), state__in=SIGNED)
        .annotate(ends=ends)
        .filter(ends__range=(start, end))
        .order_by(F("ends"), "pk")
        .for_list()
        .prefetch_related("parties__organisation__place")
        .defer("text", "folded")
    )
    for row in rows:
        yield _deadline(row)


def _deadline(agreement: Agreement) -> Deadline:
    organisations = [party.organisation for party in agreement.parties.all()]
    places = {each.place.code for each in organisations if each.place}
    return Deadline(
        kind="agreement-ends",
        object_id=agreement.pk,
        title=_("Agreement %(number)s ends: %(title)s")
        % {"number": agreement.number, "title": agreement.title},
        url=agreement.get_absolute_url(),
        last_modified=agreement.last_modified,
        day=agreement.last_day,
        tzid=settings.TIME_ZONE,
        sequence=agreement.sequence,
        organisations=tuple(Named(each.pk, each.name, each.slug) for each in organisations),
        place_codes=tuple(sorted(places)),
    )


register_deadlines("agreement-ends", gettext_lazy("Agreements ending"), last_days)
