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
    "activated": _("Brought into force"),
    "added": _("Added"),
    "adopted": _("Adopted"),
    "agreed": _("Agreed"),
    "answer": _("Answered"),
    "answered": _("Answered"),
    "archived": _("Archived"),
    "asked": _("Asked"),
    "assessed": _("Assessed"),
    "cancelled": _("Cancelled"),
    "changed": _("Changed"),
    "close": _("Closed"),
    "close_on_time": _("Closed on its day"),
    "created": _("Made"),
    "decided": _("Decided"),
    "declined": _("Declined"),
    "deleted": _("Deleted"),
    "drafted": _("Drafted"),
    "edited": _("Changed"),
    "ended": _("Ended"),
    "extend": _("Gave more time"),
    "finished": _("Finished"),
    "hidden": _("Hid"),
    "invited": _("Invited"),
    "joined": _("Joined"),
    "left_out": _("Left out one date"),
    "linked": _("Tied together"),
    "locked": _("Locked"),
    "made": _("Made"),
    "moved": _("Moved"),
    "opened": _("Opened"),
    "pinned": _("Pinned"),
    "postpone": _("Postponed"),
    "postponed": _("Postponed"),
    "proposed": _("Proposed"),
    "publish": _("Published"),
    "recorded": _("Noted"),
    "registered": _("Registered"),
    "reinstated": _("Took up again"),
    "removed": _("Removed"),
    "renamed": _("Renamed"),
    "renewed": _("Renewed"),
    "reopen": _("Opened again"),
    "reported": _("Reported"),
    "restored": _("Took up again"),
    "revoked": _("Took back"),
    "role-changed": _("Changed a role"),
    "sent": _("Sent"),
    "shown": _("Showed again"),
    "signed": _("Signed"),
    "started": _("Started"),
    "stopped": _("Stopped"),
    "stored": _("Added a document"),
    "suspended": _("Suspended"),
    "terminated": _("Ended early"),
    "unarchived": _("Took up again"),
    "unlinked": _("Parted"),
    "unlocked": _("Unlocked"),
    "unpinned": _("Unpinned"),
    "withdraw": _("Took back"),
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
    verb = VERBS.get(entry.action.rpartition(".")[2], _("Acted on"))
    try:
        noun = apps.get_model(entry.target_type)._meta.verbose_name
    except (LookupError, ValueError):
        noun = ""
    return Act(entry, verb, noun)
