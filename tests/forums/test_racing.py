"""Many at once: numbers stay gapless, a key stays one post, a move is made once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from forums.models import Move, Topic
from forums.services.moves import make_move
from forums.services.posts import post_reply
from hub.live.models import Event
from hub.refusals import Refused
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.factories import make_user
from tests.factories_forums import make_topic

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """The results of `acts`, each in a thread and a connection of its own; refusals as such."""

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_twelve_who_write_at_once_get_twelve_numbers() -> None:
    topic = make_topic()
    people = [make_user() for _ in range(12)]

    def write(person: User) -> Callable[[], Any]:
        fresh = Topic.objects.get(pk=topic.pk)
        return lambda: post_reply(topic=fresh, actor=Actor(person), body="At seven.")

    posts = at_once([write(person) for person in people])

    assert sorted(post.number for post in posts) == list(range(2, 14))
    assert Topic.objects.get(pk=topic.pk).post_count == 13
    events = Event.objects.filter(stream__name=topic.stream).order_by("seq")
    assert list(events.values_list("seq", flat=True)) == list(range(1, 13))


def test_the_same_send_six_times_at_once_is_one_post() -> None:
    topic, person = make_topic(), make_user()

    def send() -> Any:
        fresh = Topic.objects.get(pk=topic.pk)
        return post_reply(topic=fresh, actor=Actor(person), body="At seven.", key="one-send-only")

    posts = at_once([send] * 6)

    assert len({post.pk for post in posts}) == 1
    assert topic.posts.count() == 2


def test_of_two_moves_at_once_one_is_made(owner: User, organisation: Organisation) -> None:
    topic = make_topic(actor=Actor(owner, organisation))

    def close() -> Any:
        fresh = Topic.objects.select_related("forum", "organisation").get(pk=topic.pk)
        return make_move(topic=fresh, actor=Actor(owner, organisation), move="close", reason="So.")

    made = at_once([close] * 4)

    refused = [each for each in made if isinstance(each, Refused)]
    assert [each.status for each in refused] == [409] * 3
    assert Move.objects.filter(topic=topic).count() == 1
