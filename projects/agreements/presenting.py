"""An agreement in words: where it stands today, its dates as a line, who has signed."""

from datetime import date
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hub.dates import day_in_words
from projects.agreements.models import Agreement, Party, Status
from projects.days import hub_today

# How each status is marked; the word always stands beside the mark.
LEVELS: dict[str, str] = {
    Status.DRAFT: "quiet",
    Status.PROPOSED: "accent",
    Status.CANCELLED: "quiet",
    Status.UPCOMING: "accent",
    Status.ACTIVE: "good",
    Status.EXPIRING: "warn",
    Status.ENDED: "quiet",
    Status.TERMINATED: "bad",
    Status.RENEWED: "quiet",
}

SHORT: dict[str, Promise] = {
    Status.DRAFT: gettext_lazy("draft"),
    Status.PROPOSED: gettext_lazy("to be signed"),
    Status.CANCELLED: gettext_lazy("withdrawn"),
    Status.UPCOMING: gettext_lazy("not yet in force"),
    Status.ACTIVE: gettext_lazy("in force"),
    Status.EXPIRING: gettext_lazy("ends soon"),
    Status.ENDED: gettext_lazy("ended"),
    Status.TERMINATED: gettext_lazy("terminated"),
    Status.RENEWED: gettext_lazy("followed by another"),
}


class Shown(NamedTuple):
    """A status as lists and pages show it."""

    status: Status
    level: str
    short: Any


def shown(agreement: Agreement, day: date | None = None) -> Shown:
    """The chip of the status on `day` (today in the hub's time zone)."""
    status = agreement.status_on(day or hub_today())
    return Shown(status, LEVELS[status], SHORT[status])


def sentence(agreement: Agreement, day: date | None = None) -> str:
    """One sentence about today, in the active language."""
    today = day or hub_today()
    status = agreement.status_on(today)
    last = agreement.last_day
    words = {
        "start": day_in_words(agreement.effective_from) if agreement.effective_from else "",
        "last": day_in_words(last) if last else "",
    }
    if status in (Status.ACTIVE, Status.EXPIRING):
        return _in_force(agreement, status, today, words)
    return {
        Status.DRAFT: _("This is a draft. It binds nobody, and only the parties can read it."),
        Status.PROPOSED: _waiting(agreement),
        Status.CANCELLED: _("It was withdrawn before every party had signed. It binds nobody."),
        Status.UPCOMING: _("Every party has signed. It will be in force from %(start)s.") % words,
        Status.ENDED: _("It ended on %(last)s, as agreed.") % words,
        Status.TERMINATED: _("It was terminated early. It was in force until %(last)s.") % words,
        Status.RENEWED: _("A new agreement took its place. It was in force until %(last)s.")
        % words,
    }[status]


def _in_force(agreement: Agreement, status: Status, today: date, words: dict[str, str]) -> str:
    last = agreement.last_day
    if last is None:
        return _("It is in force since %(start)s, without an end.") % words
    if status == Status.ACTIVE:
        return _("It is in force until %(last)s.") % words
    left = (last - today).days
    if left == 0:
        return _("Today is its last day in force.")
    counted = ngettext(
        "It is in force for %(count)d more day, until %(last)s.",
        "It is in force for %(count)d more days, until %(last)s.",
        left,
    )
    return counted % {"count": left, **words}


def _waiting(agreement: Agreement) -> str:
    parties = list(agreement.parties.all())
    if any(party.state == Party.State.DECLINED for party in parties):
        return _("A party declined to sign. It binds nobody unless everyone signs.")
    signed = sum(party.state == Party.State.SIGNED for party in parties)
    return _("Signed by %(signed)d of %(all)d parties. It binds nobody until everyone has.") % {
        "signed": signed,
        "all": len(parties),
    }


def marks(agreement: Agreement) -> list[dict[str, Any]]:
    """The parties for the row of marks, each with what it did."""
    return [
        {
            "name": party.organisation.name,
            "kind": party.organisation.kind,
            "url": party.organisation.get_absolute_url(),
            "note": _note(agreement, party),
        }
        for party in agreement.parties.all()
    ]


def _note(agreement: Agreement, party: Party) -> str:
    if party.state == Party.State.SIGNED and party.signed_on:
        return _("signed on %(day)s") % {"day": day_in_words(party.signed_on, "short")}
    if agreement.state == Agreement.State.DRAFT:
        return party.role
    return str(party.get_state_display())


def line(agreement: Agreement, day: date | None = None) -> list[dict[str, Any]]:
    """The dates as steps: drafted, sent, signed, in force, end."""
    today = day or hub_today()
    status = agreement.status_on(today)
    begun = agreement.is_signed and status != Status.UPCOMING
    over = status in (Status.ENDED, Status.TERMINATED, Status.RENEWED)
    proposed = agreement.proposed_at is not None
    points: list[tuple[str, Any, bool, str]] = [
        (_("Drafted"), agreement.created, True, ""),
        (_("Sent for signature"), agreement.proposed_at, proposed, ""),
        (_("Signed by all"), agreement.date_signed, agreement.is_signed, ""),
        (_("In force"), agreement.effective_from, begun, ""),
        (_last_label(status), agreement.last_day, over, _end_note(agreement)),
    ]
    if agreement.state == Agreement.State.CANCELLED:
        points = [each for each in points if each[2]]
        points.append((_("Withdrawn"), agreement.last_modified, True, ""))
    return _as_steps(points)


def _as_steps(points: list[tuple[str, Any, bool, str]]) -> list[dict[str, Any]]:
    """Everything before the first open point is done; the last point reached is where we are."""
    reached = max(number for number, point in enumerate(points) if point[2])
    return [
        {
            "label": label,
            "date": moment,
            "state": "done" if number < reached else "now" if number == reached else "next",
            "note": note,
        }
        for number, (label, moment, _done, note) in enumerate(points)
    ]


def _last_label(status: Status) -> str:
    if status == Status.TERMINATED:
        return _("Terminated")
    return _("Ended") if status in (Status.ENDED, Status.RENEWED) else _("Ends")


def _end_note(agreement: Agreement) -> str:
    return "" if agreement.last_day else _("no end agreed")


def attach_shown(rows: Any) -> None:
    """Put the chip of the status on each row of a list, computed once for one day."""
    today = hub_today()
    for row in rows:
        row.shown = shown(row, today)
