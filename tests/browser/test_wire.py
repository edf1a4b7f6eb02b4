"""Over the real wire: a post over HTTP wakes listeners at once, and a restart is announced."""

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psutil
import pytest
from django.conf import settings
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from forums.models import Post, Topic
from hub.live.exchange import SWEEP_SECONDS
from hub.live.publish import publish
from hub.writes import write
from organisations.models import User
from tests import factories
from tests.browser import server as servers
from tests.browser.conftest import session_of
from tests.browser.server import Server
from tests.factories_forums import make_forum, make_topic

pytestmark = pytest.mark.browser
LONG_POSTS = 280  # of 19 kB: more than all buffers between the two ends hold
AT_ONCE = 1.0  # seconds; the counters are looked at every two, so this is the hint's doing


@contextmanager
def listen(served: Server, topic: Topic, origin: str = "") -> Iterator[ClientConnection]:
    """A socket that follows the topic from now on."""
    address = f"ws://localhost:{served.port}/live/"
    with connect(address, origin=Origin(origin or served.url)) as listener:
        listener.send(json.dumps({"type": "subscribe", "streams": {f"topic:{topic.pk}": None}}))
        assert json.loads(listener.recv(5))["type"] == "subscribed"
        yield listener


def post_reply(served: Server, topic: Topic, session: str, text: str) -> int:
    """Fill in the form of the topic's page as a browser without JavaScript does."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
    address = f"{served.url}{topic.get_absolute_url()}"
    with opener.open(Request(address, headers={"Cookie": cookie})) as answer:
        page = answer.read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        csrf = re.search(r"hub_csrf=(\w+)", answer.headers["Set-Cookie"])
    assert token and csrf
    sent = Request(
        f"{served.url}/topics/{topic.pk}/reply/",
        data=urlencode({"csrfmiddlewaretoken": token[1], "body": text, "acting_for": ""}).encode(),
        headers={"Cookie": f"{cookie}; {settings.CSRF_COOKIE_NAME}={csrf[1]}"},
    )
    with build_opener().open(sent) as answer:
        return int(answer.status)


@write
def write_long_posts(topic: Topic, writer: User) -> None:
    """Many long posts at once."""
    words = "long words " * 1_700
    posts = Post.objects.bulk_create(
        Post(topic=topic, number=number, person=writer, body=words, html=f"<p>{words}</p>")
        for number in range(2, LONG_POSTS + 2)
    )
    for post in posts:
        publish(topic.stream, "post.created", post=post.pk)


@pytest.fixture
def topic(served: Server) -> Topic:
    """A public topic."""
    return make_topic(make_forum())


@pytest.fixture
def more_servers(served: Server) -> Iterator[list[Server]]:
    """Another process of the same hub."""
    other = servers.start()
    yield [other]
    other.stop()


@pytest.fixture
def writer(served: Server) -> User:
    """Someone who may write."""
    return factories.make_user("Wanda Writer")


def test_post_over_http_wakes_every_listener_at_once(
    served: Server, topic: Topic, writer: User
) -> None:
    with listen(served, topic) as one, listen(served, topic) as two:
        begun = time.monotonic()
        assert post_reply(served, topic, session_of(writer), "Over the wire.") == 200
        heard: list[Any] = [json.loads(each.recv(5)) for each in (one, two)]
        took = time.monotonic() - begun

    assert [message["kind"] for message in heard] == ["post.created"] * 2
    assert all("Over the wire." in message["html"] for message in heard)
    assert took < AT_ONCE + 1.0  # two page views and the post are in it


def test_post_in_one_process_is_heard_in_another(
    served: Server, topic: Topic, writer: User, more_servers: list[Server]
) -> None:
    """By Redis at once; without it by the look at the counters."""
    other = more_servers[0]
    session = session_of(writer)
    with listen(other, topic) as listener:
        assert post_reply(served, topic, session, "From next door.") == 200
        posted = time.monotonic()
        message = json.loads(listener.recv(10))
        took = time.monotonic() - posted

    assert "From next door." in message["html"]
    assert took < (AT_ONCE if settings.REDIS_URL else SWEEP_SECONDS + AT_ONCE)


def test_foreign_page_cannot_listen(served: Server, topic: Topic) -> None:
    with pytest.raises(InvalidStatus) as refusal, listen(served, topic, "https://evil.example"):
        pass
    assert refusal.value.response.status_code == 403


def test_restarting_server_says_so(
    served: Server, topic: Topic, servers_of_worker: list[Server]
) -> None:
    with listen(served, topic) as listener:
        servers_of_worker.remove(served)
        served.stop()
        with pytest.raises(ConnectionClosed) as closing:
            listener.recv(5)
    assert closing.value.rcvd is not None
    assert closing.value.rcvd.code == 1012
    again = servers.start()
    servers_of_worker.append(again)
    with listen(again, topic) as listener:
        assert listener.ping().wait(5)


def test_reader_who_takes_nothing_in_is_cut_and_others_are_served(
    served: Server, topic: Topic, writer: User
) -> None:
    lazy = socket.create_connection(("localhost", served.port))
    lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    process = psutil.Process(served.processes[0].pid)
    follow = json.dumps({"type": "subscribe", "streams": {f"topic:{topic.pk}": None}})
    address = f"ws://localhost:{served.port}/live/"
    with (
        connect(
            address, sock=lazy, origin=Origin(served.url), max_queue=1, ping_interval=None
        ) as unread,
        listen(served, topic) as reading,
    ):
        unread.send(follow)
        before = process.memory_info().rss
        write_long_posts(topic, writer)
        heard = [json.loads(reading.recv(10))["type"] for _ in range(LONG_POSTS)]
        grown = process.memory_info().rss - before
        with pytest.raises(ConnectionClosed):
            list(unread)

    assert heard == ["event"] * LONG_POSTS
    assert grown < 40 * 1024 * 1024
