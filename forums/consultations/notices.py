"""The notices of consultations."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.models import Topic
from hub.dates import day_in_words
from hub.notifications.kinds import Notice, register_notice
from hub.notifications.models import Notification


def _invited(notification: Notification) -> Notice:
    topic: Topic = notification.target
    words = _("%(who)s invites your organisation to contribute to “%(topic)s” until %(day)s.")
    return Notice(
        words
        % {
            "who": notification.actor_name,
            "topic": topic.title,
            "day": day_in_words(topic.consultation.closes),
        },
        topic.get_absolute_url(),
    )


def _closed(notification: Notification) -> Notice:
    topic: Topic = notification.target
    words = _("“%(topic)s” closed. The answer of %(organisation)s is due on %(day)s.")
    return Notice(
        words
        % {
            "topic": topic.title,
            "organisation": topic.organisation,
            "day": day_in_words(topic.consultation.answer_due),
        },
        topic.get_absolute_url(),
    )


def _answered(notification: Notification) -> Notice:
    words = _("%(who)s published its answer to “%(topic)s”.")
    topic: Topic = notification.target
    return Notice(
        words % {"who": notification.actor_name, "topic": topic.title},
        f"{topic.get_absolute_url()}#response",
    )


def _told(words: Promise) -> Callable[[Notification], Notice]:
    def describe(notification: Notification) -> Notice:
        topic: Topic = notification.target
        consultation = topic.consultation
        named = {
            "who": notification.actor_name,
            "topic": topic.title,
            "closes": day_in_words(consultation.closes),
            "due": day_in_words(consultation.answer_due),
        }
        return Notice(str(words) % named, topic.get_absolute_url())

    return describe


register_notice("consultations.invited", gettext_lazy("Invitations to consultations"), _invited)
register_notice("consultations.closed", gettext_lazy("Your consultations that closed"), _closed)
register_notice("consultations.answered", gettext_lazy("Answers to consultations"), _answered)
register_notice(
    "consultations.extended",
    gettext_lazy("Consultations that run longer"),
    _told(gettext_lazy("%(who)s extended “%(topic)s” until %(closes)s.")),
)
register_notice(
    "consultations.postponed",
    gettext_lazy("Answers that were postponed"),
    _told(gettext_lazy("%(who)s postponed its answer to “%(topic)s” to %(due)s.")),
)
register_notice(
    "consultations.withdrawn",
    gettext_lazy("Consultations that were withdrawn"),
    _told(gettext_lazy("%(who)s withdrew the consultation “%(topic)s”.")),
)
