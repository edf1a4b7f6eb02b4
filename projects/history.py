"""What happened, in words, from the audit trail."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from hub.models import AuditEntry
from projects.procedure import MOVES

WORDS: dict[str, Promise] = {
    "projects.project.created": _("Entered the project"),
    "projects.project.edited": _("Changed the description"),
    "projects.partner.invited": _("Invited a partner"),
    "projects.partner.accepted": _("Joined the project"),
    "projects.partner.declined": _("Declined the invitation"),
    "projects.partner.left": _("Left the project"),
    "projects.partner.withdrawn": _("Took an invitation back"),
    "projects.topic.linked": _("Added a topic"),
    "projects.topic.unlinked": _("Took a topic off the page"),
    "projects.activity.linked": _("Added an activity"),
    "projects.activity.unlinked": _("Took an activity off the page"),
    **{f"projects.project.{move.act}": move.done for move in MOVES.values()},
}


def register_words(words: dict[str, Promise]) -> None:
    """Add what the acts of another room of this wing are called."""
    WORDS.update(words)


def in_words(entries: Iterable[AuditEntry]) -> list[dict[str, Any]]:
    """Entries for the timeline: when, text, actor.  Acts without words are left out."""
    return [
        {
            "when": entry.at,
            "text": _text(entry),
            "actor": entry.organisation_name or entry.person_name,
        }
        for entry in entries
        if entry.action in WORDS
    ]


def _text(entry: AuditEntry) -> str:
    words = str(WORDS[entry.action])
    if entry.reason:
        return _t("%(act)s: %(reason)s") % {"act": words, "reason": entry.reason}
    return words
