"""What stands above the contributions: question, days, steps, the invited, the answer.

It is the same for every reader, because it is also sent as a live event.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from forums.consultations.models import Audience, Consultation
from forums.models import Topic
from hub.dates import day_in_words
from hub.files.services import files_of


def head(topic: Topic, actor: Any, now: datetime) -> dict[str, Any]:
    """The context of `consultations/_head.html`; a fixed number of queries."""
    consultation: Consultation = topic.consultation
    response = getattr(consultation, "response", None)
    return {
        "consultation": consultation,
        "steps": steps(topic, consultation, now),
        "invited": list(consultation.invited.all()),
        "only_invited": consultation.audience == Audience.INVITED,
        "documents": list(files_of(consultation)),
        "response": response,
        "response_documents": list(files_of(response)) if response else [],
    }


def steps(topic: Topic, consultation: Consultation, now: datetime) -> list[dict[str, Any]]:
    """The stages with their days: what is done, where it stands, what comes next and who acts."""
    stage = topic.stage
    if stage == "open" and consultation.is_over(now):
        stage = "closed"
    organisation = str(topic.organisation)
    rows = [
        {
            "label": _("Invitation published"),
            "date": topic.published,
            "note": organisation,
        },
        {
            "label": _("Contributions"),
            "date": consultation.closes,
            "note": _("until the end of %(day)s") % {"day": day_in_words(consultation.closes)},
        },
        {
            "label": _("Answer"),
            "date": consultation.answer_due,
            "note": _("%(organisation)s answers by %(day)s")
            % {"organisation": organisation, "day": day_in_words(consultation.answer_due)},
        },
    ]
    reached = {"draft": 0, "open": 1, "closed": 2, "answered": 3, "withdrawn": 1}[stage]
    for position, row in enumerate(rows):
        row["state"] = "done" if position < reached else "now" if position == reached else "next"
    if stage == "withdrawn":
        rows[1:] = [
            {
                "label": _("Withdrawn"),
                "date": consultation.last_modified,
                "note": organisation,
                "state": "now",
            }
        ]
    return rows
