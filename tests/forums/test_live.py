"""Live events: what is published, how it looks, who may listen."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import translation

from forums.models import Forum, Topic
from forums.services.moves import make_move
from forums.services.posts import edit_post, hide_post
from forums.services.topics import hide_topic, lock_topic, open_topic
from hub.live.models import Event
from hub.live.publish import position
from hub.live.registry import may_follow, render_event
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.factories_forums import make_forum, make_reply, make_topic

pytestmark = pytest.mark.django_db


def events(stream: str) -> list[tuple[int, str, dict[str, Any]]]:
    rows = Event.objects.filter(stream__name=stream).order_by("seq")
    return [(row.seq, row.kind, row.payload) for row in rows]


def test_a_post_and_its_changes_are_events_without_gaps(
    topic: Topic, outsider: User, host: Actor
) -> None:
    post = make_reply(topic, Actor(outsider))
    edit_post(post=post, actor=Actor(outsider), body="At eight.")
    hide_post(post=post, actor=host, reason="An insult.")
    assert events(topic.stream) == [
        (1, "post.created", {"post": post.pk}),
        (2, "post.edited", {"post": post.pk}),
        (3, "post.hidden", {"post": post.pk}),
    ]


def test_the_forum_hears_of_topics(forum: Forum, host: Actor) -> None:
    topic = make_topic(forum, host)
    make_reply(topic)
    make_move(topic=topic, actor=host, move="close", reason="Done.")
    lock_topic(topic=topic, actor=host, reason="Enough.")
    kinds = [kind for _seq, kind, _payload in events(forum.stream)]
    assert kinds == ["topic.opened", "topic.changed", "topic.changed", "topic.changed"]
    assert [kind for _seq, kind, _payload in events(topic.stream)] == [
        "post.created",
        "topic.moved",
        "topic.amended",
    ]


def test_a_draft_is_no_event(forum: Forum, host: Actor) -> None:
    open_topic(
        forum=forum, actor=host, kind="discussion", title="Soon", body="…", publish_now=False
    )
    assert events(forum.stream) == []


def test_the_event_is_the_part_that_the_page_shows(client: Client, topic: Topic) -> None:
    post = make_reply(topic, body="At **seven**.")
    part = render_event("post.created", {"post": post.pk})
    assert part in client.get(topic.get_absolute_url()).text
    assert 'id="post-2"' in part
    assert 'data-live="append"' in part
    assert "At <strong>seven</strong>." in part


def test_the_part_speaks_the_language_of_whoever_listens(topic: Topic, outsider: User) -> None:
    post = make_reply(topic, Actor(outsider))
    english = render_event("post.created", {"post": post.pk})
    with translation.override("ka"):
        georgian = render_event("post.created", {"post": post.pk})
    assert "November" in english or "December" in english or english != georgian
    assert english != georgian


def test_the_event_of_a_hidden_post_does_not_hold_its_words(topic: Topic, host: Actor) -> None:
    post = make_reply(topic, body="unspeakable words")
    hide_post(post=post, actor=host, reason="An insult.")
    for kind in ("post.created", "post.hidden"):
        part = render_event(kind, {"post": post.pk})
        assert "unspeakable" not in part
        assert "An insult." in part


def test_a_move_sends_the_new_head(topic: Topic, host: Actor) -> None:
    make_move(topic=topic, actor=host, move="close", reason="The buses run.")
    head = render_event("topic.moved", {"topic": topic.pk})
    assert 'id="topic-head"' in head
    assert "Closed" in head
    assert "The buses run." in head


def test_a_topic_out_of_view_takes_its_row_away(topic: Topic, host: Actor) -> None:
    row = render_event("topic.changed", {"topic": topic.pk})
    assert f'id="topic-{topic.pk}"' in row
    assert "School buses" in row
    hide_topic(topic=topic, actor=host, reason="Advertising.")
    assert render_event("topic.changed", {"topic": topic.pk}) == (
        f'<li id="topic-{topic.pk}" data-live="remove"></li>'
    )


def test_who_may_listen(
    organisation: Organisation, forum: Forum, member: User, outsider: User, removed: User
) -> None:
    closed = make_forum(organisation, visibility="members")
    inside = make_topic(closed, Actor(member, organisation))
    outside = make_topic(forum)
    streams = [closed.stream, inside.stream, forum.stream, outside.stream, "topic:0", "topic:x"]
    heard = {
        person: [may_follow(person, stream) for stream in streams]
        for person in (member, outsider, removed)
    }
    public = [False, False, True, True, False, False]
    assert heard[member] == [True, True, True, True, False, False]
    assert heard[outsider] == heard[removed] == public
    assert [may_follow(AnonymousUser(), stream) for stream in streams] == public


def test_the_page_carries_the_position_it_was_read_at(client: Client, topic: Topic) -> None:
    make_reply(topic)
    assert position(topic.stream) == 1
    text = client.get(topic.get_absolute_url()).text
    assert f'data-stream="topic:{topic.pk}" data-seq="1"' in text
