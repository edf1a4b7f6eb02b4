"""Streams `topic:ID` and `forum:ID`, and how their events look."""

from typing import Any

from django.utils.html import format_html

from forums.models import Forum, Post, Topic
from forums.presenting import render_head, render_post, render_row, rows_of
from hub.live.registry import register_event, register_stream


def _topic_guard(user: Any, key: str) -> bool:
    return key.isdecimal() and Topic.objects.visible_to(user).filter(pk=int(key)).exists()


def _forum_guard(user: Any, key: str) -> bool:
    return key.isdecimal() and Forum.objects.visible_to(user).filter(pk=int(key)).exists()


def _post(payload: dict[str, Any]) -> str:
    """The part of one post as it is now, whatever it was when the event came."""
    post = Post.objects.select_related("person", "organisation").filter(pk=payload["post"]).first()
    return render_post(post) if post else ""


def _head(payload: dict[str, Any]) -> str:
    """The part above the posts, after a move or another change of the topic."""
    topic = rows_of(Topic.objects.filter(pk=payload["topic"])).first()
    return render_head(topic) if topic else ""


def _row(payload: dict[str, Any]) -> str:
    """A topic's row in its forum's list; a topic that left the list takes its row away."""
    topic = rows_of(Topic.objects.listed().filter(pk=payload["topic"])).first()
    if topic is None:
        return format_html('<li id="topic-{}" data-live="remove"></li>', payload["topic"])
    return render_row(topic)


register_stream("topic", _topic_guard)
register_stream("forum", _forum_guard)
register_event("post.created", _post)
register_event("post.edited", _post, retracts=True)
register_event("post.hidden", _post, retracts=True)
register_event("topic.moved", _head)
register_event("topic.amended", _head)
register_event("topic.opened", _row)
register_event("topic.changed", _row)
