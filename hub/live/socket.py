"""One WebSocket per page.  It only listens: writes go over HTTP.

A plain ASGI application: what passes here is a handful of small messages per page, and a
consumer's dispatch per event would cost more than the event.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.contrib.auth.models import AnonymousUser

from hub.live import listeners
from hub.live.exchange import Exchange, exchange, in_thread
from hub.live.frames import dump

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MAX_INBOUND_BYTES = 16 * 1024
MAX_STREAMS = 64
MAX_OUTBOX_BYTES = 1024 * 1024
ROOMY_OUTBOX_BYTES = 128 * 1024
MESSAGES_PER_SECOND = 5.0
BURST = 40.0
POLICY_VIOLATION = 1008
TRY_AGAIN_LATER = 1013
NOT_FOUND = 4404


class Socket:
    """One open socket: who listens, to what, up to which number, and what waits to be sent.

    `wanted` are the streams asked for and granted; `positions` those that are being followed.
    """

    def __init__(self, send: Send, caller: listeners.Caller, person: Any, language: str) -> None:
        self.caller = caller
        self.person = person
        self.language = language
        self.wanted: set[str] = set()
        self.positions: dict[str, int] = {}
        self.closed = False
        self._send = send
        self._outbox: deque[str] = deque()
        self._outbox_bytes = 0
        self._wake = asyncio.Event()
        self._drained = asyncio.Event()
        self._tokens = BURST
        self._refilled = time.monotonic()

    @property
    def person_id(self) -> int | None:
        """The person's number, None for a stranger."""
        return self.person.pk

    def push(self, frame: str) -> None:
        """Put a frame into the outbox; a reader that takes none in is cut off."""
        if self.closed:
            return
        self._outbox.append(frame)
        self._outbox_bytes += len(frame)
        if self._outbox_bytes > MAX_OUTBOX_BYTES:
            self._outbox.clear()
            self.end()
        self._wake.set()

    async def room(self) -> None:
        """Wait until the outbox has room: who catches up reads as fast as the line carries."""
        while self._outbox_bytes > ROOMY_OUTBOX_BYTES and not self.closed:
            self._drained.clear()
            await self._drained.wait()

    def push_message(self, message: dict[str, Any]) -> None:
        """Put a protocol message into the outbox."""
        self.push(dump(message))

    async def write(self) -> None:
        """Send what is in the outbox, for as long as the socket lives."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._outbox:
                frame = self._outbox.popleft()
                self._outbox_bytes -= len(frame)
                await self._send({"type": "websocket.send", "text": frame})
                if self._outbox_bytes <= ROOMY_OUTBOX_BYTES:
                    self._drained.set()
            if self.closed:
                await self._send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
                return

    async def close(self, code: int) -> None:
        """End the socket with `code`; what waits is dropped, the cursor makes that safe."""
        if not self.closed:
            self.end()
            self._outbox.clear()
            await self._send({"type": "websocket.close", "code": code})

    def end(self) -> None:
        """The line is gone: take nothing more, keep nobody waiting."""
        self.closed = True
        self._drained.set()

    def too_many(self) -> bool:
        """Whether the page sends more than a page has reason to (a token bucket)."""
        now = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._refilled) * MESSAGES_PER_SECOND)
        self._refilled = now
        self._tokens -= 1
        return self._tokens < 0


async def live_application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one WebSocket at `/live/` from its opening to its end."""
    opening = await receive()
    if opening["type"] != "websocket.connect":
        return
    if scope["path"] != "/live/":
        await send({"type": "websocket.close", "code": NOT_FOUND})
        return
    caller = listeners.caller_of(scope["headers"])
    person, language = await in_thread(listeners.identify, caller)
    await send({"type": "websocket.accept"})
    socket = Socket(send, caller, person, language)
    room = exchange()
    room.join(socket)
    writer = asyncio.create_task(socket.write())
    try:
        await _serve(socket, room, receive)
    finally:
        socket.end()
        room.leave(socket)
        writer.cancel()


async def _serve(socket: Socket, room: Exchange, receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text") or ""
        if not text or len(text) > MAX_INBOUND_BYTES or socket.too_many():
            await socket.close(POLICY_VIOLATION)
            return
        try:
            request = json.loads(text)
        except ValueError:
            request = None
        if not isinstance(request, dict):
            await socket.close(POLICY_VIOLATION)
            return
        if request.get("type") == "subscribe":
            await _subscribe(socket, room, request.get("streams"))
        elif request.get("type") == "unsubscribe":
            for stream in request.get("streams") or ():
                if isinstance(stream, str):
                    room.unfollow(socket, stream)


async def _subscribe(socket: Socket, room: Exchange, streams: Any) -> None:
    if not isinstance(streams, dict):
        await socket.close(POLICY_VIOLATION)
        return
    wanted = {
        name: cursor
        for name, cursor in streams.items()
        if len(name) <= 80
        and (cursor is None or (isinstance(cursor, int) and not isinstance(cursor, bool)))
    }
    if len(wanted) != len(streams) or len(wanted.keys() | socket.wanted) > MAX_STREAMS:
        await socket.close(POLICY_VIOLATION)
        return
    granted = await in_thread(listeners.allowed, socket.person or AnonymousUser(), list(wanted))
    for name, cursor in wanted.items():
        if name not in granted:
            room.unfollow(socket, name)
            socket.push_message({"type": "denied", "stream": name})
        else:
            room.unfollow(socket, name)
            await room.follow(socket, name, cursor)
