"""The words of this room's notices, found when they are read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.notifications.kinds import Notice, register_notice
from hub.notifications.models import Notification
from projects.commitments.models import Commitment, State, Verdict


def _commitment(notice: Notification) -> Commitment:
    found = notice.target
    assert isinstance(found, Commitment)
    return found


def _recorded(notice: Notification) -> Notice:
    commitment = _commitment(notice)
    words = {"actor": notice.actor_name, "title": commitment.title}
    text = _("%(actor)s recorded a commitment that concerns your organisation: “%(title)s”.")
    return Notice(text % words, commitment.get_absolute_url())


def _reported(notice: Notification) -> Notice:
    commitment = _commitment(notice)
    words = {
        "actor": notice.actor_name,
        "title": commitment.title,
        "state": State(notice.data["state"]).label,
    }
    text = _("%(actor)s reported on “%(title)s”: %(state)s.")
    return Notice(text % words, commitment.get_absolute_url())


def _postponed(notice: Notification) -> Notice:
    commitment = _commitment(notice)
    words = {"actor": notice.actor_name, "title": commitment.title}
    return Notice(
        _("%(actor)s gave “%(title)s” a later day.") % words, commitment.get_absolute_url()
    )


def _assessed(notice: Notification) -> Notice:
    commitment = _commitment(notice)
    words = {
        "actor": notice.actor_name,
        "title": commitment.title,
        "verdict": Verdict(notice.data["verdict"]).label,
    }
    text = _("%(actor)s assessed “%(title)s”: %(verdict)s.")
    return Notice(text % words, commitment.get_absolute_url())


for kind, label, describe in (
    ("commitments.recorded", gettext_lazy("A commitment concerns your organisation"), _recorded),
    ("commitments.reported", gettext_lazy("Progress on what is owed to you"), _reported),
    ("commitments.postponed", gettext_lazy("A commitment got a later day"), _postponed),
    ("commitments.assessed", gettext_lazy("A commitment was assessed"), _assessed),
):
    register_notice(kind, label, describe)
