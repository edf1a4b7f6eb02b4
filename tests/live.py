"""Listening in tests: a socket as a page opens it, in a context manager."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from hub.live.socket import live_application


class Page:
    """One open socket."""

    def __init__(self, communicator: WebsocketCommunicator) -> None:
        self.communicator = communicator

    async def subscribe(self, **streams: int | None) -> None:
        """Follow streams; `topic_12=4` names the stream `topic:12`."""
        await self.send(
            {
                "type": "subscribe",
                "streams": {name.replace("_", ":"): seq for name, seq in streams.items()},
            }
        )

    async def send(self, message: Any) -> None:
        """Send one message as JSON."""
        await self.communicator.send_to(text_data=json.dumps(message))

    async def next(self, timeout: float = 5) -> dict[str, Any]:
        """The next message that is no heartbeat."""
        while True:
            message = json.loads(await self.communicator.receive_from(timeout))
            if message["type"] != "heartbeat":
                return dict(message)

    async def events(self, count: int) -> list[tuple[int, str]]:
        """The next `count` events as (number, HTML)."""
        found = [await self.next() for _ in range(count)]
        assert [message["type"] for message in found] == ["event"] * count, found
        return [(message["seq"], message["html"]) for message in found]

    async def silent(self) -> bool:
        """Whether nothing more comes."""
        return bool(await self.communicator.receive_nothing(0.3, 0.05))


def headers_of(client: Client | None, language: str) -> list[tuple[bytes, bytes]]:
    """The headers a browser of this signed-in client would send."""
    headers = [(b"accept-language", language.encode())]
    if client is not None and settings.SESSION_COOKIE_NAME in client.cookies:
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={value}".encode()))
    return headers


@asynccontextmanager
async def page(client: Client | None = None, language: str = "en") -> AsyncIterator[Page]:
    """An open socket, as the browser of `client` (None: a stranger's) opens it."""
    communicator = WebsocketCommunicator(
        live_application, "/live/", headers=headers_of(client, language)
    )
    accepted, _ = await communicator.connect(timeout=10)
    assert accepted
    try:
        yield Page(communicator)
    finally:
        await communicator.disconnect()


in_thread = sync_to_async(thread_sensitive=False)
