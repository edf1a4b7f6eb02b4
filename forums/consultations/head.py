"""What stands above the contributions: question, days, steps, the invited, the answer.

It is the same for every reader, because it is also sent as a live event.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from forums.consultations.models import Consultation
from forums.models import Topic
from hub.files.services import files_of

REACHED = {"draft": 0, "open": 1, "closed": 2, "answered": 3}


def head(topic: Topic, actor: Any, now: datetime) -> dict[str, Any]:
    """The context of `consultations/_head.html`; a fixed number of queries."""
    consultation: Consultation = topic.consultation
    response = getattr(consultation, "response", None)
    return {
        "consultation": consultation,
        "steps": steps(topic, consultation, now),
        "invited": list(consultation.invited.all()),
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
    published = {"label": _("Invitation"), "date": topic.published, "note": organisation}
    if stage == "withdrawn":
        move = topic.moves.filter(name="withdraw").last()
        gone = {"label": _("Withdrawn"), "date": move.at if move else None, "note": organisation}
        return [{**published, "state": "done"}, {**gone, "state": "now"}]
    response = getattr(consultation, "response", None)
    rows: list[dict[str, Any]] = [
        published,
        {
            "label": _("Contributions"),
            "date": consultation.last_day,
            "note": _("last day") if stage in ("draft", "open") else "",
        },
        {
            "label": _("Answer"),
            "date": response.published if response else consultation.answer_due,
            "note": organisation
            if response
            else _("due from %(organisation)s") % {"organisation": organisation},
        },
    ]
    reached = REACHED[stage]
    for place, row in enumerate(rows):
        row["state"] = "done" if place < reached else "now" if place == reached else "next"
    return rows
