"""Loss test: lines break at random, Redis' own too; nobody misses or doubles an event."""

import asyncio
import json
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection
from redis import Redis
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from forums.models import Topic
from organisations.acting import Actor
from organisations.models import User
from tests import factories
from tests.browser.server import Server
from tests.factories_forums import make_forum, make_reply, make_topic

pytestmark = pytest.mark.browser
LISTENERS = 25
POSTS = 40
PATIENCE = 60.0


async def listen(served: Server, stream: str, after: int, last: int, seed: int) -> list[int]:
    """Follow `stream` from number `after` to `last` over a line that breaks again and again."""
    chance = random.Random(seed)
    numbers: list[int] = []
    cursor = after
    while cursor < last:
        socket = await connect(
            f"ws://localhost:{served.port}/live/", origin=Origin(served.url)
        ).__aenter__()
        try:
            await socket.send(json.dumps({"type": "subscribe", "streams": {stream: cursor}}))
            async with asyncio.timeout(chance.uniform(0.1, 2.0)):
                while cursor < last:
                    message = json.loads(await socket.recv())
                    assert message["type"] in {"subscribed", "event", "heartbeat"}, message
                    if message["type"] == "event":
                        numbers.append(message["seq"])
                        cursor = message["seq"]
        except (TimeoutError, ConnectionClosed):
            await asyncio.sleep(chance.uniform(0.0, 0.4))
        finally:
            socket.transport.abort()  # no goodbye, as on a lost line
    return numbers


async def listen_all(served: Server, stream: str, after: int, last: int) -> list[list[int]]:
    """All listeners side by side."""
    async with asyncio.timeout(PATIENCE):
        return await asyncio.gather(
            *(listen(served, stream, after, last, seed) for seed in range(LISTENERS))
        )


def write_posts(topic: Topic, writer: User) -> None:
    """Post one reply after the other, as pages of other processes would."""
    pause = threading.Event()
    chance = random.Random(0)
    try:
        for number in range(POSTS):
            make_reply(topic, Actor(writer), f"Post number {number}")
            if settings.REDIS_URL and number % 10 == 5:
                with Redis.from_url(settings.REDIS_URL) as redis:
                    redis.client_kill_filter(_type="pubsub")
            pause.wait(chance.uniform(0.0, 0.2))
    finally:
        connection.close()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Threads for the writer and for the listeners' loop."""
    with ThreadPoolExecutor(2) as pool:
        yield pool


def test_nobody_misses_or_doubles_an_event_over_broken_lines(
    served: Server, threads: ThreadPoolExecutor
) -> None:
    topic = make_topic(make_forum())
    writer = factories.make_user("Wanda Writer")
    make_reply(topic, Actor(writer))
    after = 1

    posting = threads.submit(write_posts, topic, writer)
    heard = threads.submit(
        lambda: asyncio.run(listen_all(served, topic.stream, after, after + POSTS))
    ).result()
    posting.result()

    assert heard == [list(range(after + 1, after + POSTS + 1))] * LISTENERS
