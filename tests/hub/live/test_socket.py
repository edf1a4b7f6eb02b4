"""The live protocol: cursor, order, refusal, revocation, languages, limits."""

import json

import pytest
from channels.testing import WebsocketCommunicator
from django.test import Client

from hub.asgi import application
from hub.live import exchange as exchanges
from hub.live import frames
from hub.live.models import Event, Stream
from hub.live.publish import recheck
from hub.live.socket import MAX_OUTBOX_BYTES, Socket, live_application
from organisations.models import User
from tests.hub.live.conftest import Letters
from tests.live import in_thread, page

pytestmark = pytest.mark.django_db(transaction=True)


async def test_subscriber_is_told_where_the_stream_stands(letters: Letters) -> None:
    await in_thread(letters.write)("a", "b")
    epoch = (await Stream.objects.aget()).epoch

    async with page() as socket:
        await socket.subscribe(letters_1=None)

        assert await socket.next() == {
            "type": "subscribed",
            "streams": {"letters:1": {"seq": 2, "epoch": epoch}},
        }
        assert await socket.silent()


async def test_listener_hears_an_event_at_once(letters: Letters) -> None:
    async with page() as socket:
        await socket.subscribe(letters_1=None)
        await socket.next()

        await in_thread(letters.write)("a")

        assert await socket.next(timeout=1) == {
            "type": "event",
            "stream": "letters:1",
            "seq": 1,
            "kind": "letter.written",
            "html": "<p>a en</p>",
        }


async def test_returning_listener_gets_what_it_missed_once_and_in_order(letters: Letters) -> None:
    await in_thread(letters.write)("a", "b", "c")

    async with page() as socket:
        await socket.subscribe(letters_1=1)
        await socket.next()
        missed = await socket.events(2)
        await in_thread(letters.write)("d")
        fresh = await socket.events(1)

        assert [seq for seq, _ in missed + fresh] == [2, 3, 4]
        assert await socket.silent()


async def test_lost_hint_is_found_by_looking_at_the_counters(
    letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchanges, "SWEEP_SECONDS", 0.1)
    async with page() as socket:
        await socket.subscribe(letters_1=None)
        await socket.next()
        monkeypatch.setattr("hub.live.publish._send", lambda message: None)

        await in_thread(letters.write)("a")

        assert await socket.events(1) == [(1, "<p>a en</p>")]


async def test_cursor_that_cannot_be_continued_is_reset(letters: Letters) -> None:
    await in_thread(letters.write)("a", "b", "c")
    await Event.objects.filter(seq=2).adelete()

    for cursor in (1, 99):
        async with page() as socket:
            await socket.subscribe(letters_1=cursor)
            await socket.next()
            assert await socket.next() == {"type": "reset", "stream": "letters:1", "seq": 3}


async def test_cursor_too_far_behind_is_reset(
    letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "CATCH_UP_LIMIT", 2)
    await in_thread(letters.write)("a", "b", "c")

    async with page() as socket:
        await socket.subscribe(letters_1=0)
        await socket.next()
        assert (await socket.next())["type"] == "reset"


async def test_each_listener_reads_their_language_and_each_is_rendered_once(
    letters: Letters,
) -> None:
    async with page(language="sq") as one, page(language="sq") as two, page(language="bg") as three:
        for socket in (one, two, three):
            await socket.subscribe(letters_1=None)
            await socket.next()

        await in_thread(letters.write)("a")
        heard = [(await socket.next())["html"] for socket in (one, two, three)]

        assert heard == ["<p>a sq</p>", "<p>a sq</p>", "<p>a bg</p>"]
        assert sorted(letters.rendered) == [("a", "bg"), ("a", "sq")]


async def test_stranger_is_denied_a_closed_stream(letters: Letters) -> None:
    letters.open_to_all = False
    async with page() as socket:
        await socket.subscribe(letters_1=None, unknown_7=None)

        heard = [await socket.next(), await socket.next()]

        assert heard == [
            {"type": "denied", "stream": "letters:1"},
            {"type": "denied", "stream": "unknown:7"},
        ]


async def test_removed_member_hears_no_more(
    letters: Letters, owner: User, signed_in: "type[Client]"
) -> None:
    letters.open_to_all = False
    letters.readers = {owner.pk}
    client = await in_thread(signed_in)(owner)
    async with page(client) as socket:
        await socket.subscribe(letters_1=None)
        await socket.next()

        letters.readers = set()
        await in_thread(recheck)(person_ids=[owner.pk])

        assert await socket.next(timeout=1) == {"type": "denied", "stream": "letters:1"}
        await in_thread(letters.write)("secret")
        assert await socket.silent()


async def test_signing_out_ends_listening(
    letters: Letters, owner: User, signed_in: "type[Client]"
) -> None:
    letters.open_to_all = False
    letters.readers = {owner.pk}
    client = await in_thread(signed_in)(owner)
    async with page(client) as socket:
        await socket.subscribe(letters_1=None)
        await socket.next()

        await in_thread(client.logout)()

        assert await socket.next(timeout=1) == {"type": "denied", "stream": "letters:1"}


async def test_suspended_person_loses_the_stream_at_the_next_heartbeat(
    letters: Letters, owner: User, signed_in: "type[Client]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchanges, "HEARTBEAT_SECONDS", 0.2)
    letters.open_to_all = False
    letters.readers = {owner.pk}
    client = await in_thread(signed_in)(owner)
    async with page(client) as socket:
        await socket.subscribe(letters_1=None)
        await socket.next()

        await User.objects.filter(pk=owner.pk).aupdate(is_active=False)

        assert await socket.next() == {"type": "denied", "stream": "letters:1"}


async def test_heartbeat_carries_the_numbers(
    letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchanges, "HEARTBEAT_SECONDS", 0.1)
    await in_thread(letters.write)("a")
    async with page() as socket:
        await socket.subscribe(letters_1=None)
        await socket.next()

        beat = json.loads(await socket.communicator.receive_from(3))

        assert beat == {"type": "heartbeat", "streams": {"letters:1": 1}}


async def test_unsubscribed_stream_is_silent(letters: Letters) -> None:
    async with page() as socket:
        await socket.subscribe(letters_1=None)
        await socket.next()
        await socket.send({"type": "unsubscribe", "streams": ["letters:1"]})
        await socket.subscribe(letters_2=None)
        await socket.next()

        await in_thread(letters.write)("a")

        assert await socket.silent()


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[1, 2]",
        '{"type":"subscribe"}',
        '{"type":"subscribe","streams":{"letters:1":"x"}}',
        '{"type":"subscribe","streams":{"letters:1":true}}',
        "x" * 20_000,
    ],
)
async def test_nonsense_closes_the_socket(letters: Letters, text: str) -> None:
    async with page() as socket:
        await socket.communicator.send_to(text_data=text)

        closing = await socket.communicator.receive_output(3)

        assert closing == {"type": "websocket.close", "code": 1008}


async def test_too_many_messages_close_the_socket(letters: Letters) -> None:
    async with page() as socket:
        for _ in range(60):
            await socket.send({"type": "unsubscribe", "streams": []})

        closing = await socket.communicator.receive_output(3)

        assert closing == {"type": "websocket.close", "code": 1008}


async def test_reader_that_takes_nothing_in_is_cut() -> None:
    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    socket = Socket(send, None, None, "en")  # who it is does not matter
    for _ in range(MAX_OUTBOX_BYTES // 1000 + 2):
        socket.push("x" * 1000)
    await socket.write()

    assert sent == [{"type": "websocket.close", "code": 1013}]


async def test_other_address_is_refused() -> None:
    communicator = WebsocketCommunicator(live_application, "/elsewhere/")
    accepted, code = await communicator.connect()
    assert (accepted, code) == (False, 4404)


@pytest.mark.parametrize("origin", [b"https://evil.example", b"null"])
async def test_foreign_origin_is_refused(origin: bytes) -> None:
    communicator = WebsocketCommunicator(application, "/live/", headers=[(b"origin", origin)])
    accepted, _ = await communicator.connect()
    assert not accepted
