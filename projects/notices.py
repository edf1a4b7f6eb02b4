"""The words of this room's notices, found when they are read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.notifications.kinds import Notice, register_notice
from hub.notifications.models import Notification
from projects.models import Partner, Project
from projects.procedure import MOVES


def _project(notice: Notification) -> Project:
    found = notice.target
    assert isinstance(found, Project)
    return found


def _invited(notice: Notification) -> Notice:
    project = _project(notice)
    words = {"actor": notice.actor_name, "project": project.title}
    text = _("%(actor)s invites your organisation to the project “%(project)s”.") % words
    return Notice(text, project.get_absolute_url())


def _answered(notice: Notification) -> Notice:
    project = _project(notice)
    texts = {
        Partner.State.ACCEPTED: _("%(actor)s takes part in the project “%(project)s”."),
        Partner.State.DECLINED: _("%(actor)s does not take part in the project “%(project)s”."),
        Partner.State.LEFT: _("%(actor)s left the project “%(project)s”."),
    }
    words = {"actor": notice.actor_name, "project": project.title}
    answer = Partner.State(notice.data["answer"])
    return Notice(texts[answer] % words, project.get_absolute_url())


def _moved(notice: Notification) -> Notice:
    project = _project(notice)
    words = {"project": project.title, "move": MOVES[notice.data["move"]].done}
    text = _("Project “%(project)s”: %(move)s.") % words
    return Notice(text, project.get_absolute_url())


for kind, label, describe in (
    ("projects.invited", gettext_lazy("An invitation to a project"), _invited),
    ("projects.answered", gettext_lazy("A partner answered or left a project"), _answered),
    ("projects.moved", gettext_lazy("A project of yours began or ended"), _moved),
):
    register_notice(kind, label, describe)
