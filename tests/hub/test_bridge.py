"""Pages behind ASGI: bodies go in whole, answers come out whole, threads last."""

import asyncio
import threading
from collections.abc import Iterable
from typing import Any

import pytest

from hub.bridge import CHUNK_BYTES, WsgiBridge


def scope(**changes: Any) -> dict[str, Any]:
    return {
        "type": "http",
        "method": "POST",
        "path": "/ქ/а",
        "query_string": b"q=1",
        "headers": [
            (b"host", b"hub.example"),
            (b"content-type", b"text/plain"),
            (b"content-length", b"6"),
            (b"cookie", b"a=1"),
            (b"cookie", b"b=2"),
            (b"x-thing", b"one"),
            (b"x-thing", b"two"),
        ],
        "client": ["10.0.0.1", 5],
        "server": ["127.0.0.1", 80],
        **changes,
    }


async def call(application: Any, body: list[bytes], **changes: Any) -> list[dict[str, Any]]:
    """Send a request in parts and collect the messages of the answer."""
    parts = [
        {"type": "http.request", "body": part, "more_body": number < len(body) - 1}
        for number, part in enumerate(body)
    ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return parts.pop(0) if parts else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await WsgiBridge(application, threads=2)(scope(**changes), receive, send)
    return sent


async def test_request_arrives_as_wsgi_has_it() -> None:
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        seen.update(environ, body=environ["wsgi.input"].read())
        start_response("201 Created", [("X-Answer", "yes")])
        return [b"made"]

    sent = await call(application, [b"abc", b"def"])

    assert sent == [
        {"type": "http.response.start", "status": 201, "headers": [(b"x-answer", b"yes")]},
        {"type": "http.response.body", "body": b"made", "more_body": False},
    ]
    assert seen["body"] == b"abcdef"
    assert seen["PATH_INFO"].encode("latin1").decode() == "/ქ/а"
    assert seen["HTTP_COOKIE"] == "a=1; b=2"
    assert seen["HTTP_X_THING"] == "one,two"
    assert (seen["CONTENT_LENGTH"], seen["REMOTE_ADDR"]) == ("6", "10.0.0.1")


async def test_large_answer_is_streamed() -> None:
    part = b"x" * (CHUNK_BYTES // 2)

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        yield from [part] * 5

    sent = await call(application, [b""])

    bodies = [message["body"] for message in sent[1:]]
    assert b"".join(bodies) == part * 5
    assert len(bodies) > 2


async def test_client_that_leaves_costs_nothing_more() -> None:
    called: list[int] = []

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        called.append(1)
        return []

    assert await call(application, []) == []
    assert called == []


async def test_answer_is_closed_even_when_it_breaks() -> None:
    closed: list[int] = []

    class Answer:
        def __iter__(self) -> Any:
            raise ValueError

        def close(self) -> None:
            closed.append(1)

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        start_response("200 OK", [])
        return Answer()

    with pytest.raises(ValueError):
        await call(application, [b""])
    assert closed == [1]


async def test_requests_share_a_few_lasting_threads_and_run_side_by_side() -> None:
    barrier = threading.Barrier(2, timeout=10)
    names: set[str] = set()

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        names.add(threading.current_thread().name)
        barrier.wait()
        start_response("200 OK", [])
        return [b"ok"]

    bridge = WsgiBridge(application, threads=2)

    async def one() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b""}

        async def send(message: Any) -> None:
            return None

        await bridge(scope(), receive, send)

    for _ in range(5):
        await asyncio.gather(one(), one())
    assert len(names) == 2
