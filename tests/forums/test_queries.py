"""Each page costs the same number of queries with one row and with many."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from forums.models import Forum, Topic
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.conftest import SignIn
from tests.factories import make_place
from tests.factories_forums import fill_topic, make_forum, make_reply, make_topic

pytestmark = pytest.mark.django_db
Counts = Callable[..., object]

LIST_ANONYMOUS = 4
FORUM_ANONYMOUS = 5
TOPIC_ANONYMOUS = 5
TOPIC_SIGNED_IN = 12


def test_the_list_of_forums(client: Client, django_assert_num_queries: Counts) -> None:
    make_forum(place=make_place())
    with django_assert_num_queries(LIST_ANONYMOUS):
        client.get(reverse("forums:list"))
    for _ in range(5):
        make_forum(place=make_place())
    with django_assert_num_queries(LIST_ANONYMOUS):
        client.get(reverse("forums:list"))


def test_a_forum(
    client: Client,
    forum: Forum,
    organisation: Organisation,
    member: User,
    django_assert_num_queries: Counts,
) -> None:
    make_topic(forum)
    with django_assert_num_queries(FORUM_ANONYMOUS):
        client.get(forum.get_absolute_url())
    for _ in range(5):
        make_reply(make_topic(forum, Actor(member, organisation)))
    with django_assert_num_queries(FORUM_ANONYMOUS):
        client.get(forum.get_absolute_url())


@pytest.mark.parametrize("posts", [1, 60, 2000])
def test_a_topic_for_anonymous(
    client: Client, topic: Topic, posts: int, django_assert_num_queries: Counts
) -> None:
    fill_topic(topic, posts - 1)
    url = topic.get_absolute_url()
    client.get(url)
    cache.clear()
    with django_assert_num_queries(TOPIC_ANONYMOUS + 1):
        first = client.get(url)
    with django_assert_num_queries(TOPIC_ANONYMOUS):
        again = client.get(url)
    assert first.text.count('<article class="post') == min(posts, 50)
    assert again.text.count('<article class="post') == min(posts, 50)


@pytest.mark.parametrize("posts", [1, 2000])
@pytest.mark.parametrize("query", ["", "?page=last", "?after=1000"])
def test_a_topic_for_a_member(
    topic: Topic,
    editor: User,
    organisation: Organisation,
    signed_in: SignIn,
    posts: int,
    query: str,
    django_assert_num_queries: Counts,
) -> None:
    fill_topic(topic, posts - 1)
    browser = signed_in(editor, organisation)
    browser.get(topic.get_absolute_url() + query)
    browser.get(topic.get_absolute_url() + query)
    with django_assert_num_queries(TOPIC_SIGNED_IN):
        answer = browser.get(topic.get_absolute_url() + query)
    assert answer.status_code == 200


def test_search_and_feed(client: Client, topic: Topic, django_assert_num_queries: Counts) -> None:
    feed = reverse("forums:feed", args=[topic.forum.slug])
    with django_assert_num_queries(4):
        client.get(feed)
    for _ in range(5):
        make_topic(topic.forum)
    with django_assert_num_queries(4):
        client.get(feed)
