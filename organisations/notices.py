"""The words of this room's notices, found when they are read."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.notifications.kinds import Notice, register_notice
from hub.notifications.models import Notification
from organisations.models import Organisation, Role, Verification


def _organisation(notice: Notification) -> Organisation:
    found = notice.target
    assert isinstance(found, Organisation)
    return found


def _registered(notice: Notification) -> Notice:
    organisation = _organisation(notice)
    text = _("“%(organisation)s” waits for verification.") % {"organisation": organisation.name}
    return Notice(text, reverse("organisations:decide", args=[organisation.slug]))


def _decided(notice: Notification) -> Notice:
    organisation = _organisation(notice)
    texts = {
        Verification.Decision.VERIFIED: _("“%(organisation)s” is verified. Reason: %(reason)s"),
        Verification.Decision.REFUSED: _("“%(organisation)s” was not verified. Reason: %(reason)s"),
        Verification.Decision.SUSPENDED: _(
            "“%(organisation)s” is suspended, nobody can act for it now. Reason: %(reason)s"
        ),
    }
    words = {"organisation": organisation.name, "reason": notice.data.get("reason", "")}
    text = texts[Verification.Decision(notice.data["decision"])] % words
    return Notice(text, organisation.get_absolute_url())


def _people_url(organisation: Organisation) -> str:
    return reverse("organisations:people", args=[organisation.slug])


def _joined(notice: Notification) -> Notice:
    organisation = _organisation(notice)
    words = {"person": str(notice.person or notice.actor_name), "organisation": organisation.name}
    return Notice(_("%(person)s joined “%(organisation)s”.") % words, _people_url(organisation))


def _declined(notice: Notification) -> Notice:
    organisation = _organisation(notice)
    words = {"email": notice.data.get("email", ""), "organisation": organisation.name}
    text = _("%(email)s declined your invitation to “%(organisation)s”.") % words
    return Notice(text, _people_url(organisation))


def _role_changed(notice: Notification) -> Notice:
    organisation = _organisation(notice)
    words = {
        "role": Role(notice.data["role"]).label,
        "organisation": organisation.name,
    }
    text = _("Your role in “%(organisation)s” is now: %(role)s.") % words
    return Notice(text, _people_url(organisation))


def _removed(notice: Notification) -> Notice:
    organisation = _organisation(notice)
    words = {"organisation": organisation.name, "reason": notice.data.get("reason", "")}
    if words["reason"]:
        text = _("Your membership of “%(organisation)s” was ended. Reason: %(reason)s") % words
    else:
        text = _("Your membership of “%(organisation)s” was ended.") % words
    return Notice(text, reverse("account_profile"))


def _left(notice: Notification) -> Notice:
    organisation = _organisation(notice)
    words = {"person": notice.data.get("name", ""), "organisation": organisation.name}
    return Notice(_("%(person)s left “%(organisation)s”.") % words, _people_url(organisation))


for kind, label, describe in (
    (
        "organisations.registered",
        gettext_lazy("An organisation waits for verification"),
        _registered,
    ),
    ("organisations.decided", gettext_lazy("A decision about your organisation"), _decided),
    ("organisations.joined", gettext_lazy("Somebody joined your organisation"), _joined),
    ("organisations.declined", gettext_lazy("Somebody declined your invitation"), _declined),
    ("organisations.left", gettext_lazy("Somebody left your organisation"), _left),
    ("organisations.removed", gettext_lazy("Your membership was ended"), _removed),
    ("organisations.role-changed", gettext_lazy("Your role was changed"), _role_changed),
):
    register_notice(kind, label, describe)
