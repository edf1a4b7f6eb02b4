"""Ask one address over and over on lasting connections, and count the answers.

A process of its own, so that its work is not counted as the server's:

    python -m bench.client PORT PATH SECONDS CONNECTIONS

prints `{"answers": 812, "seconds": 2.0, "bytes": 18234}` (bytes of one answer's body).
"""

import asyncio
import json
import sys
import time


class Caller:
    """One connection that asks again as soon as it has the answer."""

    def __init__(self, port: int, path: str) -> None:
        self.port = port
        self.head = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\n\r\n"
        ).encode()
        self.answers = 0
        self.size = 0

    async def run(self, until: float) -> None:
        """Ask until the clock says `until`.  Raises RuntimeError for any answer but 200."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            while time.monotonic() < until:
                writer.write(self.head)
                self.size = await self._read(reader)
                self.answers += 1
        finally:
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> int:
        """Take in one whole answer; return the size of its body."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1").lower()
        status, _, headers = head.partition("\r\n")
        if status.split()[1] != "200":
            raise RuntimeError(f"The server answered {status}")
        if "transfer-encoding: chunked" not in headers:
            length = int(headers.split("content-length:")[1].split("\r\n")[0])
            await reader.readexactly(length)
            return length
        total = 0
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
            total += size
        await reader.readline()
        return total


async def main(port: int, path: str, seconds: float, connections: int) -> None:
    """Run all callers side by side and print what they got."""
    started = time.monotonic()
    callers = [Caller(port, path) for _ in range(connections)]
    await asyncio.gather(*(caller.run(started + seconds) for caller in callers))
    result = {
        "answers": sum(caller.answers for caller in callers),
        "seconds": time.monotonic() - started,
        "bytes": callers[0].size,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    port_, path_, seconds_, connections_ = sys.argv[1:]
    asyncio.run(main(int(port_), path_, float(seconds_), int(connections_)))
