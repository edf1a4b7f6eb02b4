"""The words of this room's notices, found when they are read."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.notifications.kinds import Notice, register_notice
from hub.notifications.models import Notification
from projects.agreements.models import Agreement

# Kind: (label for the page of choices, the sentence).  The sentence names who acted and what.
KINDS: dict[str, tuple[Promise, Promise]] = {
    "drafted": (
        _("Your organisation is named in a draft agreement"),
        _("%(actor)s drafted the agreement “%(agreement)s” with your organisation."),
    ),
    "proposed": (
        _("An agreement waits for your signature"),
        _("%(actor)s asks your organisation to sign “%(agreement)s”."),
    ),
    "taken_back": (
        _("An agreement was taken back for changes"),
        _("%(actor)s took “%(agreement)s” back for changes. Signatures are void."),
    ),
    "cancelled": (
        _("An agreement was withdrawn"),
        _("%(actor)s withdrew the agreement “%(agreement)s”."),
    ),
    "signed": (
        _("Another party signed"),
        _("%(actor)s signed “%(agreement)s”. Not everyone has signed yet."),
    ),
    "activated": (
        _("All parties have signed"),
        _("%(actor)s signed “%(agreement)s” as the last party. It is agreed."),
    ),
    "declined": (
        _("Another party declined to sign"),
        _("%(actor)s declined to sign “%(agreement)s”."),
    ),
    "terminated": (
        _("An agreement was terminated"),
        _("%(actor)s terminated the agreement “%(agreement)s”."),
    ),
    "ended": (
        _("An agreement ended"),
        _("The agreement “%(agreement)s” has ended, as agreed."),
    ),
    "amendment_proposed": (
        _("An amendment waits for your consent"),
        _("%(actor)s proposes to amend “%(agreement)s” and asks your organisation to agree."),
    ),
    "amendment_adopted": (
        _("An amendment was agreed"),
        _("Every party agreed: “%(agreement)s” is amended."),
    ),
    "amendment_declined": (
        _("An amendment was declined"),
        _("%(actor)s declined to amend “%(agreement)s”."),
    ),
    "amendment_withdrawn": (
        _("An amendment was withdrawn"),
        _("%(actor)s withdrew the amendment of “%(agreement)s”."),
    ),
}


def _describe(sentence: Promise) -> Callable[[Notification], Notice]:
    def describe(notice: Notification) -> Notice:
        agreement = notice.target
        assert isinstance(agreement, Agreement)
        words = {"actor": notice.actor_name, "agreement": str(agreement)}
        return Notice(str(sentence) % words, agreement.get_absolute_url())

    return describe


for name, (label, sentence) in KINDS.items():
    register_notice(f"agreements.{name}", label, _describe(sentence))
