"""The words of the calendar's notices, found when they are read."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity
from hub.notifications.kinds import Notice, register_notice
from hub.notifications.models import Notification


def _told(words: Callable[[Notification], str]) -> Callable[[Notification], Notice]:
    def describe(notification: Notification) -> Notice:
        activity = notification.target
        assert isinstance(activity, Activity)
        values = {
            "who": notification.actor_name,
            "title": activity.summary,
            "organisation": notification.data.get("organisation", ""),
        }
        return Notice(words(notification) % values, activity.get_absolute_url())

    return describe


def _asked(notification: Notification) -> str:
    return _("%(who)s asks %(organisation)s to organise “%(title)s” together.")


def _answered(notification: Notification) -> str:
    if notification.data.get("accepted"):
        return _("%(who)s takes part in “%(title)s”.")
    return _("%(who)s does not take part in “%(title)s”.")


def _changed(notification: Notification) -> str:
    return _("%(who)s changed the time or the place of “%(title)s”.")


def _cancelled(notification: Notification) -> str:
    return _("%(who)s cancelled “%(title)s”.")


def _reinstated(notification: Notification) -> str:
    return _("“%(title)s” takes place after all.")


register_notice(
    "activities.asked", gettext_lazy("Your organisation is asked to co-organise"), _told(_asked)
)
register_notice("activities.answered", gettext_lazy("Answers of co-organisers"), _told(_answered))
register_notice("activities.changed", gettext_lazy("Changes of time or place"), _told(_changed))
register_notice("activities.cancelled", gettext_lazy("Cancelled activities"), _told(_cancelled))
register_notice(
    "activities.reinstated",
    gettext_lazy("Activities that take place after all"),
    _told(_reinstated),
)
