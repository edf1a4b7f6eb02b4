"""Plain copies of forums, topics and posts in bulk, for measuring with `--scale`."""

from collections.abc import Callable
from typing import Any

from django.db import models

from forums.models import Forum, Post, Topic
from hub.demo import Demo

BATCH = 2000
Copier = Callable[[dict[int, list[Topic]]], None]
_copiers: list[Copier] = []


def register_copier(copy: Copier) -> None:
    """A room copies what belongs to its topics: called with {pk of the pattern: its copies}."""
    _copiers.append(copy)


def make_copies(demo: Demo) -> None:
    """(scale - 1) copies of every public forum with its listed topics and all their posts."""
    if demo.scale < 2:
        return
    forums = list(Forum.objects.filter(pk__in=[each.pk for each in demo.store["forums"].values()]))
    copied = _forums(forums, demo.scale)
    topics = list(Topic.objects.listed().filter(forum__in=forums))
    copies = _topics(topics, copied)
    _posts(topics, copies)
    for copy in _copiers:
        copy(copies)


def duplicate(row: Any, **changes: Any) -> Any:
    """An unsaved copy of `row` with some values changed."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return type(row)(**{**values, **changes})


def _forums(forums: list[Forum], scale: int) -> dict[int, list[Forum]]:
    rounds = range(2, scale + 1)
    made = {
        each.pk: [
            duplicate(each, title=f"{each.title} {number}", slug=f"{each.slug[:70]}-{number}")
            for number in rounds
        ]
        for each in forums
    }
    _keep(Forum, [copy for copies in made.values() for copy in copies])
    return made


def _topics(topics: list[Topic], forums: dict[int, list[Forum]]) -> dict[int, list[Topic]]:
    made = {
        topic.pk: [duplicate(topic, forum_id=forum.pk) for forum in forums[topic.forum_id]]
        for topic in topics
    }
    _keep(Topic, [copy for copies in made.values() for copy in copies])
    return made


def _posts(topics: list[Topic], copies: dict[int, list[Topic]]) -> None:
    """Topic by topic, so that memory stays small.  Each post gets a key of its own."""
    new_key = Post._meta.get_field("key").get_default
    for topic in topics:
        patterns = list(Post.objects.filter(topic=topic))
        _keep(
            Post,
            [
                duplicate(post, topic_id=copy.pk, key=new_key())
                for copy in copies[topic.pk]
                for post in patterns
            ],
        )


def _keep(model: type[models.Model], rows: list[Any]) -> None:
    model._default_manager.bulk_create(rows, batch_size=BATCH)
