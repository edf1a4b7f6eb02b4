"""What search finds in forums: topics by their title, and by the words of their posts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from forums.models import Post, Topic
from hub.search import Hit, contains_all, register_search
from hub.text import plain_text

EXCERPT = 200


def find_topics(user: Any, words: list[str], limit: int) -> list[Hit]:
    """Topics whose title holds all the words, the most lively first."""
    rows = (
        Topic.objects.visible_to(user)
        .listed()
        .filter(contains_all("folded", words))
        .select_related("forum")
        .order_by("-last_post_at")[:limit]
    )
    return [
        Hit(topic.title, topic.get_absolute_url(), topic.forum.title, "topic") for topic in rows
    ]


def find_posts(user: Any, words: list[str], limit: int) -> list[Hit]:
    """Posts that hold all the words, newest first.  Hidden words are not found."""
    topics = Topic.objects.visible_to(user).listed()
    rows = (
        Post.objects.filter(contains_all("folded", words), hidden=None, topic__in=topics)
        .select_related("topic")
        .order_by("-created")[:limit]
    )
    return [
        Hit(post.topic.title, post.get_absolute_url(), plain_text(post.body, EXCERPT), "post")
        for post in rows
    ]


register_search("topic", _("Topics"), find_topics)
register_search("post", _("Posts"), find_posts)
