"""One exchange per server process: hears of moved streams and serves all local sockets.

It holds one subscription to the channel layer.  A hint only wakes it; what is sent comes from
the rows.  Should a hint be lost (Redis away, another process without our layer), a look at
the counters every `SWEEP_SECONDS` finds it.
"""

import asyncio
import logging
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from channels.layers import get_channel_layer

from hub.live import frames, listeners
from hub.live.publish import GROUP, use_loop

if TYPE_CHECKING:
    from hub.live.socket import Socket

logger = logging.getLogger("hub.live")
R = TypeVar("R")

SWEEP_SECONDS = 2.0
HEARTBEAT_SECONDS = 25.0
RESTARTING = 1012

# Queries of the live room have threads of their own, so that a slow page delays no socket.
_pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="live")
_exchanges: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Exchange]" = (
    weakref.WeakKeyDictionary()
)


def exchange() -> "Exchange":
    """The exchange of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _exchanges:
        _exchanges[loop] = Exchange()
    return _exchanges[loop]


async def in_thread(work: Callable[..., R], *args: Any) -> R:
    """Run a function with queries beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_pool, work, *args)


class Exchange:
    """Streams, the sockets that follow them, and the tasks that keep them fed."""

    def __init__(self) -> None:
        self.sockets: set[Socket] = set()
        self.followers: dict[str, set[Socket]] = {}
        self.delivered: dict[str, int] = {}
        self.store = frames.FrameStore()
        self._busy: dict[str, bool] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._work: set[asyncio.Task[None]] = set()

    def join(self, socket: "Socket") -> None:
        """Take a socket in; the first one starts the work."""
        self.sockets.add(socket)
        if not self._tasks:
            use_loop(asyncio.get_running_loop())
            self._tasks = [
                asyncio.create_task(self._listen()),
                asyncio.create_task(self._sweep()),
                asyncio.create_task(self._beat()),
            ]

    def leave(self, socket: "Socket") -> None:
        """Let a socket go; the last one ends the work."""
        for stream in list(socket.wanted):
            self.unfollow(socket, stream)
        self.sockets.discard(socket)
        if not self.sockets:
            for task in self._tasks:
                task.cancel()
            self._tasks = []

    async def follow(self, socket: "Socket", stream: str, after: int | None) -> None:
        """Send what came after the cursor, then everything that comes.

        The socket joins the followers without a pause after the last row was read; whatever
        was delivered to others meanwhile is read again, so nothing falls between.  A right lost
        meanwhile takes the stream from `socket.wanted`, and the socket does not join.
        """
        socket.wanted.add(stream)
        answered = False
        while True:
            batch = await in_thread(self.store.read, stream, after, [socket.language])
            if stream not in socket.wanted:
                return
            if not answered:
                answered = True
                socket.push_message(
                    {
                        "type": "subscribed",
                        "streams": {stream: {"seq": batch.seq, "epoch": batch.epoch}},
                    }
                )
            if batch.reset:
                socket.push_message({"type": "reset", "stream": stream, "seq": batch.seq})
            for _seq, by_language in batch.frames:
                await socket.room()
                socket.push(by_language[socket.language])
            if stream not in socket.wanted:
                return
            after = batch.seq
            if self.delivered.get(stream, 0) <= after:
                break
        socket.positions[stream] = after
        self.followers.setdefault(stream, set()).add(socket)
        self.delivered.setdefault(stream, after)

    def unfollow(self, socket: "Socket", stream: str) -> None:
        """Stop sending `stream` to `socket`."""
        socket.wanted.discard(stream)
        self._part(socket, stream)

    def _part(self, socket: "Socket", stream: str) -> None:
        socket.positions.pop(stream, None)
        others = self.followers.get(stream)
        if others is not None:
            others.discard(socket)
            if not others:
                del self.followers[stream]
                self.delivered.pop(stream, None)

    def moved(self, stream: str, seq: int) -> None:
        """A stream has reached `seq`: deliver, unless that is under way or nobody follows."""
        if stream not in self.followers or seq <= self.delivered.get(stream, 0):
            return
        if stream in self._busy:
            self._busy[stream] = True
            return
        self._busy[stream] = False
        self._start(self._deliver(stream))

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _deliver(self, stream: str) -> None:
        try:
            while stream in self.followers:
                after = self.delivered[stream]
                languages = {socket.language for socket in self.followers[stream]}
                batch = await in_thread(self.store.read, stream, after, languages)
                await self._hand_out(stream, batch)
                if batch.seq == after and not self._busy.get(stream):
                    break
                self._busy[stream] = False
        except Exception:  # the next hint or sweep tries again
            logger.exception("Stream %s could not be delivered.", stream)
        finally:
            self._busy.pop(stream, None)

    async def _hand_out(self, stream: str, batch: frames.Batch) -> None:
        """Push a batch to all followers, event by event, so that their writers keep pace.

        `delivered` moves before each event: whoever joins meanwhile sees it and reads again.
        """
        if batch.reset:
            self.delivered[stream] = batch.seq
            for socket in list(self.followers.get(stream, ())):
                socket.push_message({"type": "reset", "stream": stream, "seq": batch.seq})
                socket.positions[stream] = batch.seq
        for seq, by_language in batch.frames:
            if stream not in self.followers:
                return
            self.delivered[stream] = seq
            for socket in list(self.followers[stream]):
                self._hand(socket, stream, seq, by_language)
            await asyncio.sleep(0)

    def _hand(self, socket: "Socket", stream: str, seq: int, by_language: dict[str, str]) -> None:
        position = socket.positions[stream]
        if seq <= position:
            return
        if seq == position + 1 and socket.language in by_language:
            socket.push(by_language[socket.language])
            socket.positions[stream] = seq
        else:  # it came in a language nobody spoke when the batch was read: let it catch up
            self._part(socket, stream)
            self._start(self.follow(socket, stream, position))

    async def _listen(self) -> None:
        """Hear hints from the channel layer; keep at it when Redis goes away."""
        while True:
            try:
                layer: Any = get_channel_layer()
                channel = await layer.new_channel("live")
                await layer.group_add(GROUP, channel)
                try:
                    while True:
                        self._heard(await layer.receive(channel))
                finally:
                    await layer.group_discard(GROUP, channel)
            except asyncio.CancelledError:
                raise
            except Exception as error:
                logger.warning("The channel layer is away: %s", error)
                await asyncio.sleep(1)

    def _heard(self, message: dict[str, Any]) -> None:
        if message["type"] == "moved":
            for stream, seq in message["streams"].items():
                self.moved(stream, seq)
        elif message["type"] == "recheck":
            people, ended = set(message["people"]), set(message["ended_sessions"])
            chosen = []
            for socket in self.sockets:
                if socket.caller.session_key in ended:
                    socket.caller = socket.caller._replace(session_key="")
                    chosen.append(socket)
                elif socket.person_id in people:
                    chosen.append(socket)
            if chosen:
                self._start(self._recheck(chosen))

    async def _sweep(self) -> None:
        """Look at the counters now and then: the rows are the truth."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                for stream, seq in (await in_thread(frames.tops, list(self.followers))).items():
                    self.moved(stream, seq)
            except Exception:
                logger.exception("The streams could not be looked at.")

    async def _beat(self) -> None:
        """Every 25 s: who may still listen, and where each stream stands."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                await self._recheck(list(self.sockets))
                for socket in list(self.sockets):
                    socket.push_message({"type": "heartbeat", "streams": dict(socket.positions)})
            except Exception:
                logger.exception("The heartbeat failed.")

    async def _recheck(self, sockets: "list[Socket]") -> None:
        callers = [(socket.caller.session_key, list(socket.wanted)) for socket in sockets]
        answers = await in_thread(listeners.recheck, callers)
        for socket, (_key, streams), (person, kept) in zip(sockets, callers, answers, strict=True):
            socket.person = person
            for stream in streams:
                if stream not in kept and stream in socket.wanted:
                    self.unfollow(socket, stream)
                    socket.push_message({"type": "denied", "stream": stream})

    async def close_all(self) -> None:
        """Tell every socket that the server restarts (1012)."""
        await asyncio.gather(*(socket.close(RESTARTING) for socket in list(self.sockets)))
