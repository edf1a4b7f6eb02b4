"""Django's WSGI handler behind an ASGI server: pages in a small pool of lasting threads.

Under Django's own ASGI handler each request gets a thread context and a database connection
of its own, about six times the CPU of this way (docs/decisions/0002).  Nothing in our pages is
async, so nothing is lost.  Bodies are spooled, answers are streamed with back pressure.
"""

import asyncio
import contextlib
import sys
import threading
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from io import BytesIO
from queue import SimpleQueue
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from hub.live.publish import use_loop

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[str, str]]

SPOOL_BYTES = 1024 * 1024
CHUNK_BYTES = 256 * 1024


class WsgiBridge:
    """An ASGI application that answers `http` scopes by a WSGI application in threads."""

    def __init__(self, application: Callable[..., Iterable[bytes]], threads: int) -> None:
        self.application = application
        self.threads = PageThreads(threads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        loop = asyncio.get_running_loop()
        use_loop(loop)
        first = await receive()
        with _body_for(first) as body:
            if not await _read_body(first, receive, body):
                return
            exchange = _Exchange(environ_of(scope, body), loop, send)
            await self.threads.run(lambda: exchange.run(self.application))
            await exchange.finish()


class PageThreads:
    """A fixed number of lasting threads that take work from one queue.

    An executor makes a second future with a lock and a condition for each call, which costs more
    than the rest of this bridge; here the loop's own future is all there is.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._started = 0
        self._work: SimpleQueue[tuple[Callable[[], None], asyncio.Future[None]]] = SimpleQueue()

    async def run(self, work: Callable[[], None]) -> None:
        """Run `work` in one of the threads; raises what it raises."""
        if self._started < self._count:
            self._started += 1
            name = f"page-{self._started}"
            threading.Thread(target=self._serve, name=name, daemon=True).start()
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._work.put((work, done))
        await done

    def _serve(self) -> None:
        while True:
            work, done = self._work.get()
            error: BaseException | None = None
            try:
                work()
            except BaseException as raised:  # handed to whoever waits; the thread lives on
                error = raised
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                done.get_loop().call_soon_threadsafe(_settle, done, error)
            del work, done, error  # keep nothing of a request until the next one


def _settle(done: "asyncio.Future[None]", error: BaseException | None) -> None:
    if done.cancelled():
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)


class _Exchange:
    """One request and its answer: runs in a page thread, sends through the event loop."""

    def __init__(
        self, environ: dict[str, Any], loop: asyncio.AbstractEventLoop, send: Send
    ) -> None:
        self.environ = environ
        self.loop = loop
        self.send = send
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.held: list[bytes] = []
        self.held_bytes = 0
        self.started = False

    def start_response(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        """WSGI's start_response: keep the head until the first part of the body."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [
            (name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers
        ]

    def run(self, application: Callable[..., Iterable[bytes]]) -> None:
        """Call the application and take its answer, all in one thread; small answers are held."""
        parts = application(self.environ, self.start_response)
        try:
            for part in parts:
                self.held.append(part)
                self.held_bytes += len(part)
                if self.held_bytes >= CHUNK_BYTES:
                    asyncio.run_coroutine_threadsafe(self.flush(), self.loop).result()
        finally:
            close = getattr(parts, "close", None)
            if close:
                close()

    async def flush(self, *, more: bool = True) -> None:
        """Send what is held; the head first."""
        if not self.started:
            self.started = True
            await self.send(
                {"type": "http.response.start", "status": self.status, "headers": self.headers}
            )
        body = self.held[0] if len(self.held) == 1 else b"".join(self.held)
        self.held, self.held_bytes = [], 0
        await self.send({"type": "http.response.body", "body": body, "more_body": more})

    async def finish(self) -> None:
        """Send the rest and end the answer."""
        await self.flush(more=False)


def _body_for(first: MutableMapping[str, Any]) -> IO[bytes]:
    """Where to keep a body: most are empty or short and come at once, others may be large."""
    return SpooledTemporaryFile(SPOOL_BYTES) if first.get("more_body") else BytesIO()


async def _read_body(message: MutableMapping[str, Any], receive: Receive, body: IO[bytes]) -> bool:
    """Take in the whole body, its first message given; False where the client left."""
    while message["type"] != "http.disconnect":
        body.write(message.get("body", b""))
        if not message.get("more_body", False):
            body.seek(0)
            return True
        message = await receive()
    return False


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The WSGI environment (PEP 3333) of an ASGI `http` scope."""
    path = scope["path"].encode("utf-8").decode("latin1")
    root = scope.get("root_path", "").encode("utf-8").decode("latin1")
    server = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root,
        "PATH_INFO": path.removeprefix(root) if root else path,
        "QUERY_STRING": scope.get("query_string", b"").decode("latin1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1] or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if scope.get("client"):
        environ["REMOTE_ADDR"] = str(scope["client"][0])
        environ["REMOTE_PORT"] = str(scope["client"][1])
    for raw_name, raw_value in scope.get("headers", []):
        name, value = raw_name.decode("latin1"), raw_value.decode("latin1")
        if name == "content-length":
            key = "CONTENT_LENGTH"
        elif name == "content-type":
            key = "CONTENT_TYPE"
        else:
            key = "HTTP_" + name.upper().replace("-", "_")
        if key in environ:
            separator = "; " if key == "HTTP_COOKIE" else ","
            value = f"{environ[key]}{separator}{value}"
        environ[key] = value
    return environ
