"""Fetch and check in one step: what is hidden is not found (404)."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from forums import procedures
from forums.models import Forum, Post, Topic


def forum_for(user: Any, slug: str) -> Forum:
    """A forum that `user` may read, with owner, place and hosts."""
    rows = Forum.objects.visible_to(user).select_related("owner", "place")
    return get_object_or_404(rows.prefetch_related("hosts"), slug=slug)


def topic_for(user: Any, pk: int) -> Topic:
    """A topic that `user` may read, with its forum, speakers and what its kind adds."""
    rows = Topic.objects.visible_to(user).select_related(
        "forum", "forum__owner", "forum__place", "person", "organisation", *procedures.related()
    )
    return get_object_or_404(rows.prefetch_related("forum__hosts"), pk=pk)


def post_for(user: Any, topic_pk: int, number: int) -> Post:
    """A post of a topic that `user` may read."""
    topic = topic_for(user, topic_pk)
    rows = topic.posts.select_related("person", "organisation")
    post = rows.filter(number=number).first() if number <= topic.post_count else None
    if post is None:
        raise Http404
    post.topic = topic
    return post
