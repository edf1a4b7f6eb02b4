"""Closing days and answer days in the calendar: derived, never copied."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.consultations.models import Consultation, ConsultationQuerySet
from hub.deadlines import Deadline, Named, register_deadlines


def closing_days(user: Any, start: date, end: date) -> Iterable[Deadline]:
    """The last days for contributions between `start` and `end`, both included; one query."""
    for row in _rows(user).filter(closes__range=(start, end)):
        words = _("Consultation closes: %(title)s") % {"title": row.topic.title}
        yield _deadline(row, "consultation-closes", words, row.closes)


def answer_days(user: Any, start: date, end: date) -> Iterable[Deadline]:
    """The days answers are due; an answered one keeps its day, so that calendars stay true."""
    for row in _rows(user).filter(answer_due__range=(start, end)):
        words = _("Answer due: %(title)s") % {"title": row.topic.title}
        yield _deadline(row, "consultation-answer", words, row.answer_due)


def _rows(user: Any) -> ConsultationQuerySet:
    rows = Consultation.objects.visible_to(user).listed()
    return rows.select_related("topic__forum__place", "topic__organisation__place").order_by("pk")


def _deadline(row: Consultation, kind: str, title: str, day: date) -> Deadline:
    topic, organisation = row.topic, row.topic.organisation
    assert organisation is not None  # an invitation is always an organisation's
    place = topic.forum.place or organisation.place
    return Deadline(
        kind=kind,
        object_id=row.pk,
        title=title,
        url=topic.get_absolute_url(),
        last_modified=row.last_modified,
        day=day,
        tzid=row.tzid,
        sequence=row.sequence,
        cancelled=topic.stage == "withdrawn",
        organisations=(Named(organisation.pk, organisation.name, organisation.slug),),
        place_codes=(place.code,) if place else (),
    )


register_deadlines("consultation-closes", gettext_lazy("Consultations closing"), closing_days)
register_deadlines("consultation-answer", gettext_lazy("Answers to consultations due"), answer_days)
