"""Writing, editing and hiding posts."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forums.models import Follow, Forum, LastRead, Post, Topic
from forums.services.forums import archive_forum
from forums.services.posts import edit_post, hide_post, post_reply, show_post
from forums.services.reading import follow, mark_read
from forums.services.topics import lock_topic, open_topic, unlock_topic
from hub.models import AuditEntry
from hub.notifications.models import Notification
from hub.refusals import Refused
from hub.text import render_markdown
from organisations.acting import Actor
from organisations.models import Membership, Organisation, User
from tests.factories import make_organisation
from tests.factories_forums import make_forum, make_reply, make_topic

pytestmark = pytest.mark.django_db


def numbers(topic: Topic) -> list[int]:
    return list(topic.posts.order_by("number").values_list("number", flat=True))


def test_a_reply_gets_the_next_number_and_moves_the_counters(topic: Topic, outsider: User) -> None:
    post_reply(topic=topic, actor=Actor(outsider), body="At seven.")
    post_reply(topic=topic, actor=Actor(outsider), body="At eight.")

    topic.refresh_from_db()
    topic.forum.refresh_from_db()
    assert numbers(topic) == [1, 2, 3]
    assert (topic.post_count, topic.forum.post_count, topic.forum.topic_count) == (3, 3, 1)
    assert topic.last_post_at == topic.forum.last_post_at == topic.posts.get(number=3).created


def test_the_same_key_twice_is_one_post(topic: Topic, outsider: User) -> None:
    first = post_reply(topic=topic, actor=Actor(outsider), body="At seven.", key="a-key-of-mine")
    again = post_reply(topic=topic, actor=Actor(outsider), body="At seven.", key="a-key-of-mine")

    assert first == again
    assert numbers(topic) == [1, 2]
    assert Topic.objects.get(pk=topic.pk).post_count == 2


def test_the_same_key_is_answered_the_same_after_the_topic_was_locked(
    topic: Topic, outsider: User, host: Actor
) -> None:
    first = post_reply(topic=topic, actor=Actor(outsider), body="At seven.", key="a-key-of-mine")
    lock_topic(topic=topic, actor=host, reason="Enough.")

    assert post_reply(topic=topic, actor=Actor(outsider), body="?", key="a-key-of-mine") == first


def test_the_same_key_of_two_people_is_two_posts(
    topic: Topic, outsider: User, member: User
) -> None:
    for person in (outsider, member):
        post_reply(topic=topic, actor=Actor(person), body="At seven.", key="a-key-of-mine")
    assert numbers(topic) == [1, 2, 3]


def test_a_key_used_in_another_topic_is_refused(topic: Topic, forum: Forum, outsider: User) -> None:
    other = make_topic(forum)
    post_reply(topic=other, actor=Actor(outsider), body="At seven.", key="a-key-of-mine")
    with pytest.raises(Refused, match="another topic"):
        post_reply(topic=topic, actor=Actor(outsider), body="At seven.", key="a-key-of-mine")


def test_the_same_key_opens_one_topic(forum: Forum, outsider: User) -> None:
    sent = {"kind": "discussion", "title": "Buses", "body": "When?", "key": "a-key-of-mine"}
    first = open_topic(forum=forum, actor=Actor(outsider), **sent)
    assert open_topic(forum=forum, actor=Actor(outsider), **sent) == first
    assert Topic.objects.filter(forum=forum).count() == 1


def test_a_locked_topic_and_an_archived_forum_take_nothing(
    topic: Topic, outsider: User, host: Actor
) -> None:
    lock_topic(topic=topic, actor=host, reason="It went in circles.")
    with pytest.raises(Refused, match="locked"):
        post_reply(topic=topic, actor=Actor(outsider), body="Once more.")
    unlock_topic(topic=topic, actor=host, reason="A new fact.")
    archive_forum(forum=topic.forum, actor=host, reason="The project ended.")
    with pytest.raises(Refused, match="archived"):
        post_reply(topic=topic, actor=Actor(outsider), body="Once more.")
    assert numbers(topic) == [1]


def test_nobody_speaks_for_an_organisation_that_is_not_verified(
    topic: Topic, outsider: User
) -> None:
    pending = make_organisation("Municipality of Elsewhere", status="pending")
    Membership.objects.create(person=outsider, organisation=pending, role="administrator")
    with pytest.raises(Refused, match="not verified"):
        post_reply(topic=topic, actor=Actor(outsider, pending), body="We decided.")
    assert numbers(topic) == [1]


def test_an_announcement_without_replies_takes_none(
    forum: Forum, host: Actor, outsider: User
) -> None:
    news = make_topic(forum, host, kind="announcement", title="News", comments=False)
    with pytest.raises(Refused, match="switched off"):
        post_reply(topic=news, actor=Actor(outsider), body="Good.")


def test_the_author_edits_and_the_old_words_are_kept_in_the_audit(
    topic: Topic, outsider: User
) -> None:
    post = make_reply(topic, Actor(outsider), "At seven.")
    edit_post(post=post, actor=Actor(outsider), body="At **eight**.", version=1)

    post.refresh_from_db()
    assert (post.version, post.html) == (2, "<p>At <strong>eight</strong>.</p>\n")
    assert post.edited is not None
    entry = AuditEntry.objects.get(action="forums.post.edited")
    assert entry.changes == {"body": ["At seven.", "At **eight**."]}


def test_editing_an_old_version_is_a_conflict(topic: Topic, outsider: User) -> None:
    post = make_reply(topic, Actor(outsider))
    edit_post(post=post, actor=Actor(outsider), body="At eight.", version=1)
    with pytest.raises(Refused, match="in the meantime"):
        edit_post(post=post, actor=Actor(outsider), body="At nine.", version=1)
    post.refresh_from_db()
    assert post.body == "At eight."


def test_who_left_the_organisation_no_longer_edits_what_was_written_for_it(
    topic: Topic, member: User, organisation: Organisation
) -> None:
    post = make_reply(topic, Actor(member, organisation))
    edit_post(post=post, actor=Actor(member), body="At eight.")
    Membership.objects.filter(person=member).update(end_date=timezone.now())
    with pytest.raises(PermissionDenied):
        edit_post(post=post, actor=Actor(member), body="At nine.")


def test_a_hidden_post_keeps_its_number_and_its_author_is_told(
    topic: Topic, outsider: User, host: Actor
) -> None:
    post = make_reply(topic, Actor(outsider))
    hide_post(post=post, actor=host, reason="An insult.")

    post.refresh_from_db()
    assert (post.is_hidden, post.hidden_reason, post.version) == (True, "An insult.", 2)
    assert Notification.objects.get(recipient=outsider).kind == "forums.post_hidden"
    with pytest.raises(PermissionDenied):
        edit_post(post=post, actor=Actor(outsider), body="Sorry.")
    with pytest.raises(Refused, match="hidden already"):
        hide_post(post=post, actor=host, reason="An insult.")
    show_post(post=post, actor=host)
    assert not Post.objects.get(pk=post.pk).is_hidden


def test_followers_get_one_notice_until_they_come_back(topic: Topic, outsider: User) -> None:
    follow(person=outsider, topic=topic)
    mark_read(person=outsider, topic=topic, number=1)
    for body in ("One.", "Two.", "Three."):
        make_reply(topic, body=body)
    kinds = Notification.objects.filter(recipient=outsider).values_list("kind", "data")
    assert list(kinds) == [("forums.reply", {"number": 2})]

    mark_read(person=outsider, topic=topic, number=4)
    make_reply(topic, body="Four.")
    assert Notification.objects.filter(recipient=outsider).count() == 2


def test_who_stopped_following_hears_nothing_even_after_writing(
    topic: Topic, outsider: User
) -> None:
    make_reply(topic, Actor(outsider))
    assert Follow.objects.get(person=outsider, topic=topic).active
    follow(person=outsider, topic=topic, active=False)
    make_reply(topic, Actor(outsider))
    mark_read(person=outsider, topic=topic, number=3)
    make_reply(topic)
    assert not Notification.objects.filter(recipient=outsider).exists()


def test_the_reading_mark_only_goes_forward(topic: Topic, outsider: User) -> None:
    assert mark_read(person=outsider, topic=topic, number=40) == 0
    assert mark_read(person=outsider, topic=topic, number=10) == 40
    assert LastRead.objects.get(person=outsider, topic=topic).number == 40


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "[press](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "![x](https://elsewhere.example/pixel.png)",
        "<style>body{display:none}</style>",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_hostile_markdown_does_nothing(body: str) -> None:
    html = make_reply(make_topic(), body=body).html
    assert "<script" not in html
    assert "<img" not in html
    assert "<style" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html


@given(st.text(max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_becomes_html_without_scripts(body: str) -> None:
    html = render_markdown(body)
    assert "<script" not in html.lower()
    assert " on" not in "".join(part.split(">")[0] for part in html.split("<a")[1:])


def test_forum_of_members_is_closed_to_others(organisation: Organisation, outsider: User) -> None:
    forum = make_forum(organisation, visibility="members")
    insider = Actor(forum.owner.memberships.get().person, organisation)
    topic = make_topic(forum, insider)
    with pytest.raises(Refused, match="may not write"):
        post_reply(topic=topic, actor=Actor(outsider), body="Hello.")
