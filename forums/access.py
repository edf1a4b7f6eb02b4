"""Fetch and check in one step: what is hidden is not found (404).

One row is fetched plainly and the rule is asked: for what everyone may see that costs no
further query.  That the rule and the lists' `visible_to` agree is tested row by row.
"""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404

from forums.models import Forum, Post, Topic
from forums.presenting import rows_of
from forums.rules import view_forum, view_topic
from organisations.acting import Actor


def forum_for(user: Any, slug: str) -> Forum:
    """A forum that `user` may read, with owner, place and hosts."""
    rows = Forum.objects.select_related("owner", "place").prefetch_related("hosts")
    forum = get_object_or_404(rows, slug=slug)
    if not view_forum(Actor(user), forum):
        raise Http404
    return forum


def topic_for(user: Any, pk: int) -> Topic:
    """A topic that `user` may read, with its forum, speakers and what its kind adds."""
    topic = get_object_or_404(rows_of(Topic.objects.all()), pk=pk)
    if user.is_authenticated:  # whoever is signed in may be one of the hosts
        prefetch_related_objects([topic.forum], "hosts")
    if not view_topic(Actor(user), topic):
        raise Http404
    return topic


def post_for(user: Any, topic_pk: int, number: int) -> Post:
    """A post of a topic that `user` may read."""
    topic = topic_for(user, topic_pk)
    rows = topic.posts.select_related("person", "organisation")
    post = rows.filter(number=number).first() if number <= topic.post_count else None
    if post is None:
        raise Http404
    post.topic = topic
    return post
