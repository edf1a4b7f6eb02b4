"""Filters, search and the feed."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from forums.models import Forum
from forums.search import find_posts, find_topics
from forums.services.moves import make_move
from forums.services.posts import hide_post
from hub.text import fold
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.factories import make_place
from tests.factories_forums import make_forum, make_reply, make_topic

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client: Client, query: str) -> list[str]:
    page = client.get(f"{reverse('forums:list')}?{query}").context["page"]
    return [forum.title for forum in page]


def test_forums_by_words_place_and_organisation(
    client: Client, organisation: Organisation, other_organisation: Organisation
) -> None:
    place = make_place("xk-hillside")
    make_forum(organisation, title="Otpad i čistoća", place=place)
    make_forum(other_organisation, title="Buses", hosts=[organisation])
    make_forum(title="Budget")

    assert titles(client, "q=отпад") == ["Otpad i čistoća"]
    assert titles(client, "place=xk-hillside") == ["Otpad i čistoća"]
    assert set(titles(client, f"organisation={organisation.slug}")) == {"Otpad i čistoća", "Buses"}
    assert titles(client, "q=nothing") == []
    assert len(titles(client, "")) == 3


@pytest.mark.parametrize("query", ["place=nowhere", "organisation=%00", "place=1&place=2", "q=%00"])
def test_a_filter_that_makes_no_sense_is_told(client: Client, query: str) -> None:
    make_forum()
    assert client.get(f"{reverse('forums:list')}?{query}").status_code == 400


def test_topics_by_kind_stage_and_words(client: Client, forum: Forum, host: Actor) -> None:
    make_topic(forum, title="Autobusët e shkollës")
    make_topic(forum, host, kind="announcement", title="New hours")
    done = make_topic(forum, host, title="Lights")
    make_move(topic=done, actor=host, move="close", reason="They shine.")

    def shown(query: str) -> set[str]:
        page = client.get(f"{forum.get_absolute_url()}?{query}").context["page"]
        return {topic.title for topic in page}

    assert shown("q=autobuset") == {"Autobusët e shkollës"}
    assert shown("kind=announcement") == {"New hours"}
    assert shown("status=closed") == {"Lights"}
    assert shown("kind=discussion&status=open") == {"Autobusët e shkollës"}


def test_forums_as_a_table(client: Client) -> None:
    make_forum(title="Buses")
    answer = client.get(f"{reverse('forums:list')}?format=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "Buses" in answer.text


def test_search_finds_titles_and_words_in_any_script(topic_user: User) -> None:
    forum = make_forum()
    topic = make_topic(forum, title="Школски аутобус", body="Kad polazi?")
    make_reply(topic, body="ავტობუსი შვიდ საათზე გადის.")
    find = fold("skolski").split()
    assert [hit.title for hit in find_topics(topic_user, find, 10)] == ["Школски аутобус"]
    hits = find_posts(topic_user, fold("ავტობუსი").split(), 10)
    assert [hit.url for hit in hits] == [f"/topics/{topic.pk}/posts/2/"]


def test_search_finds_nothing_hidden(organisation: Organisation, topic_user: User) -> None:
    closed = make_forum(organisation, visibility="members")
    insider = Actor(closed.owner.memberships.get().person, organisation)
    make_topic(closed, insider, title="Secret plans")
    post = make_reply(make_topic(make_forum(organisation)), body="Secret words")
    hide_post(post=post, actor=insider, reason="Private.")
    assert find_topics(topic_user, ["secret"], 10) == []
    assert find_posts(topic_user, ["secret"], 10) == []
    assert len(find_topics(insider.person, ["secret"], 10)) == 1


@pytest.fixture
def topic_user(outsider: User) -> User:
    """Who searches."""
    return outsider


def test_the_feed_is_atom_and_speaks_of_topics(client: Client, forum: Forum) -> None:
    topic = make_topic(forum, title="Buses & <bells>", body="When do **they** go?")
    answer = client.get(reverse("forums:feed", args=[forum.slug]))
    feed = ElementTree.fromstring(answer.content)
    entry = feed.find(f"{ATOM}entry")
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "Buses & <bells>"
    assert entry.findtext(f"{ATOM}summary") == "When do they go?"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"].endswith(topic.get_absolute_url())
