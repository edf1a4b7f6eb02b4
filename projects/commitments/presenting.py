"""A commitment in words: its state, its clock, its timeline, what others find."""

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub import audit
from hub.dates import day_in_words
from hub.models import AuditEntry
from projects.commitments.models import Assessment, Commitment, ProgressReport, State, Verdict
from projects.days import hub_today

LEVELS: dict[str, str] = {
    State.PLANNED: "quiet",
    State.IN_PROGRESS: "accent",
    State.DONE: "good",
    State.DROPPED: "quiet",
}
VERDICT_LEVELS: dict[str, str] = {
    Verdict.MET: "good",
    Verdict.PARTLY: "warn",
    Verdict.NOT_MET: "bad",
    Verdict.NO_EVIDENCE: "quiet",
}
LATE: Promise = gettext_lazy("late")


class Shown(NamedTuple):
    """A state as lists and pages show it."""

    level: str
    label: Any


def shown(commitment: Commitment, today: date | None = None) -> Shown:
    """The chip: late comes before everything that the debtor says while it is open."""
    if commitment.is_late_on(today or hub_today()):
        return Shown("bad", LATE)
    return Shown(LEVELS[commitment.state], State(commitment.state).label)


def attach_shown(rows: Any) -> None:
    """Put the chip on each row of a list, computed for one day."""
    today = hub_today()
    for row in rows:
        row.shown = shown(row, today)


def sentence(commitment: Commitment) -> str:
    """One sentence about today, in the active language."""
    day = day_in_words(commitment.closed_on) if commitment.closed_on else ""
    if commitment.state == State.DONE:
        if commitment.was_late:
            return _("Reported as done on %(day)s, after its day.") % {"day": day}
        return _("Reported as done on %(day)s, in time.") % {"day": day}
    if commitment.state == State.DROPPED:
        return _("Dropped on %(day)s. The reason stands below.") % {"day": day}
    if commitment.is_late:
        return _("Its day has passed, and it is not reported as done.")
    if commitment.state == State.PLANNED:
        return _("Planned. Nothing has been reported yet.")
    return _("In progress.")


def verdicts(assessments: list[Assessment]) -> list[dict[str, Any]]:
    """How many assessors find what now: one count per finding, in its fixed order."""
    counted = Counter(each.verdict for each in assessments if each.current)
    return [
        {"label": verdict.label, "level": VERDICT_LEVELS[verdict], "count": counted[verdict]}
        for verdict in Verdict
        if counted[verdict]
    ]


def timeline(
    commitment: Commitment, reports: list[ProgressReport], assessments: list[Assessment]
) -> list[dict[str, Any]]:
    """Reports, assessments and changes of the day together, newest first."""
    entries: list[dict[str, Any]] = [
        {"kind": "report", "when": report.at, "report": report} for report in reports
    ]
    entries += [{"kind": "assessment", "when": each.at, "assessment": each} for each in assessments]
    entries += [
        {"kind": "act", "when": entry.at, "text": _act(entry), "actor": entry.organisation_name}
        for entry in audit.history(commitment)
        if entry.action in ACTS
    ]
    return sorted(entries, key=lambda entry: entry["when"], reverse=True)


ACTS: dict[str, Promise] = {
    "commitments.commitment.recorded": gettext_lazy("Recorded"),
    "commitments.commitment.edited": gettext_lazy("Corrected"),
    "commitments.commitment.postponed": gettext_lazy("Given a later day"),
}


def _act(entry: AuditEntry) -> str:
    if entry.action != "commitments.commitment.postponed":
        return str(ACTS[entry.action])
    old, new = entry.changes["due"]
    return _("Moved from %(old)s to %(new)s: %(reason)s") % {
        "old": _day(old),
        "new": _day(new),
        "reason": entry.reason,
    }


def _day(iso: str) -> str:
    return day_in_words(date.fromisoformat(iso), "short")
