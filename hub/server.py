"""The web server: Daphne with a bound on what a socket may leave unread, and a clean end.

Daphne writes into a socket without asking whether anyone reads.  Here the transport tells us
when it is full (Twisted's push producer); what is written meanwhile is counted, and beyond
`MAX_UNREAD_BYTES` the line is cut: the reader comes back with its cursor and misses nothing.
"""

import asyncio
import signal
from collections.abc import Callable
from typing import Any, cast

from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import reactor
from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer

from hub.live.exchange import exchange

MAX_UNREAD_BYTES = 512 * 1024
MAX_FRAME_BYTES = 64 * 1024
CLOSING_SECONDS = 0.3


@implementer(IPushProducer)
class BoundedProtocol(WebSocketProtocol):
    """A socket that is cut when its reader leaves too much unread."""

    _full = False
    _unread = 0

    def onOpen(self) -> None:
        """Ask the transport to say when its buffer is full."""
        self.transport.unregisterProducer()
        self.transport.registerProducer(self, True)
        super().onOpen()

    def pauseProducing(self) -> None:
        """The buffer is full: count from here."""
        self._full = True
        self._unread = 0

    def resumeProducing(self) -> None:
        """The buffer was taken in."""
        self._full = False

    def stopProducing(self) -> None:
        """The line is gone."""

    def serverSend(self, content: Any, binary: bool = False) -> None:
        """Send, or cut the line of one who does not read."""
        if self._full:
            self._unread += len(content)
            if self._unread > MAX_UNREAD_BYTES:
                self.transport.abortConnection()
                return
        super().serverSend(content, binary)

    def serverClose(self, code: int | None = None) -> None:
        """Close with any code of the protocol: Autobahn's `sendClose` takes only an
        application's own (1000, 3000 and up), and 1008, 1012 and 1013 are for servers."""
        self.sendCloseFrame(code=code or 1000)


class BoundedFactory(WebSocketFactory):
    """Makes bounded sockets."""

    protocol = BoundedProtocol


def serve(
    application: Any, host: str, port: int, *, when_ready: Callable[[], None] | None = None
) -> None:
    """Serve until SIGTERM or SIGINT; open sockets are told of the restart (1012) first."""
    import daphne.server  # noqa: PLC0415 - its name for the factory is replaced here alone

    daphne.server.WebSocketFactory = BoundedFactory
    interface = host.replace(":", r"\:")
    server: Server = Server(
        application,
        endpoints=[f"tcp:port={port}:interface={interface}"],
        signal_handlers=False,
        # Called before the loop runs; signals are tied to the loop that does.
        ready_callable=lambda: cast(Any, reactor).callLater(0, _begin, server, when_ready),
        verbosity=0,
        server_name="hub",
        websocket_max_message_size=MAX_FRAME_BYTES,
        websocket_max_frame_size=MAX_FRAME_BYTES,
        ping_interval=20,
        ping_timeout=30,
    )
    server.run()


def _begin(server: Server, when_ready: Callable[[], None] | None) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: asyncio.ensure_future(_end(server)))
    if when_ready:
        when_ready()


async def _end(server: Server) -> None:
    await exchange().close_all()
    await asyncio.sleep(CLOSING_SECONDS)
    server.kill_all_applications()
    cast(Any, reactor).stop()
