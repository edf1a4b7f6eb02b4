"""The notices of forums."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.models import Post, Topic
from hub.notifications.kinds import Notice, register_notice
from hub.notifications.models import Notification


def _reply(notification: Notification) -> Notice:
    topic: Topic = notification.target
    words = _("%(who)s wrote in “%(topic)s”.")
    number = notification.data.get("number", 1)
    return Notice(
        words % {"who": notification.actor_name, "topic": topic.title},
        f"{topic.get_absolute_url()}?after={number - 1}#post-{number}",
    )


def _hidden(notification: Notification) -> Notice:
    post: Post = notification.target
    words = _("The hosts took your post in “%(topic)s” out of view: %(reason)s")
    return Notice(
        words % {"topic": post.topic.title, "reason": notification.data.get("reason", "")},
        post.get_absolute_url(),
    )


register_notice("forums.reply", gettext_lazy("Replies in topics you follow"), _reply)
register_notice("forums.post_hidden", gettext_lazy("Your posts taken out of view"), _hidden)
