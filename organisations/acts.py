"""The act log of an organisation in words: what was done, to what, by whom."""

from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.models import AuditEntry
from organisations.models import Organisation

#: The last part of an action's name, as `created` in `activities.activity.created`.
VERBS: dict[str, Promise] = {
    "accepted": _("Accepted"),
    "added": _("Added"),
    "answered": _("Answered"),
    "asked": _("Asked for a new decision"),
    "attached": _("Attached"),
    "cancelled": _("Cancelled"),
    "changed": _("Changed"),
    "closed": _("Closed"),
    "created": _("Made"),
    "decided": _("Decided"),
    "declined": _("Declined"),
    "deleted": _("Deleted"),
    "edited": _("Changed"),
    "ended": _("Ended"),
    "hidden": _("Hid"),
    "invited": _("Invited"),
    "joined": _("Joined"),
    "moved": _("Moved on"),
    "opened": _("Opened"),
    "published": _("Published"),
    "registered": _("Registered"),
    "removed": _("Removed"),
    "replied": _("Wrote"),
    "role-changed": _("Changed a role"),
    "sent": _("Sent"),
    "signed": _("Signed"),
    "started": _("Started"),
    "stored": _("Added a document"),
    "withdrawn": _("Took back"),
    "written": _("Wrote"),
}


class Act(NamedTuple):
    """One line of the log, ready to show."""

    entry: AuditEntry
    verb: Any
    noun: Any


def acts_of(organisation: Organisation) -> QuerySet[AuditEntry]:
    """What was done for the organisation, and what others did to it; newest first."""
    to_it = Q(target_type=organisation._meta.label_lower, target_id=str(organisation.pk))
    return AuditEntry.objects.filter(Q(organisation_id=organisation.pk) | to_it)


def in_words(entry: AuditEntry) -> Act:
    """The entry with its verb and the name of the kind of thing it was done to; no query."""
    verb = VERBS.get(entry.action.rpartition(".")[2], _("Changed"))
    try:
        noun = apps.get_model(entry.target_type)._meta.verbose_name
    except (LookupError, ValueError):
        noun = ""
    return Act(entry, verb, noun)
