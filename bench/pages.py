"""Pages of the hub beside the same pages through Django's ASGI handler, in one run.

    make bench                     five seconds a page and server, on a demo network
    make bench ARGS="--seconds 2 --scale 10"

Both run on Daphne, one process each, on one SQLite database; they are asked in turns, so that
a slower minute of the machine hits both. CPU is what the server's own process used. Only the
loopback is used. Prints a table and writes `var/bench/pages.json`.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil

from tests.engines import free_port

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS = 8
ROUNDS = 3


@dataclass
class Measure:
    """What one server did for one page."""

    per_second: float
    cpu_ms: float
    bytes: int


@dataclass
class Server:
    """A running server and its process."""

    name: str
    port: int
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of CPU its process has used so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def measure(self, path: str, seconds: float) -> Measure:
        """Load it with requests for `path` and see what that cost."""
        words = [str(self.port), path, str(seconds), str(CONNECTIONS)]
        before = self.cpu()
        done = subprocess.run(
            [sys.executable, "-m", "bench.client", *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        used = self.cpu() - before
        got = json.loads(done.stdout)
        return Measure(
            got["answers"] / got["seconds"], used * 1000 / max(1, got["answers"]), got["bytes"]
        )


def main() -> None:
    """Prepare a database, start both servers, measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="per page, server and run")
    parser.add_argument("--scale", type=int, default=1, help="of the demo network")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-bench-"))
        environment = prepare(Path(folder), options.scale)
        pages = choose_pages(environment)
        servers = [start(stack, name, environment) for name in ("ours", "yardstick")]
        rows = {
            name: compare(path, servers, options.seconds / ROUNDS) for name, path in pages.items()
        }
    show(rows)
    target = ROOT / "var" / "bench" / "pages.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    about = {"scale": options.scale, "connections": CONNECTIONS, "python": sys.version.split()[0]}
    target.write_text(json.dumps({"about": about, "pages": rows}, indent=1, default=asdict))
    print(f"\nWritten: {target.relative_to(ROOT)}")


def prepare(folder: Path, scale: int) -> dict[str, str]:
    """A fresh hub with the demo network in `folder`; return the environment to run it in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        kept.pop(name, None)
    environment = kept | {"HUB_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "hub.settings"}
    commands = [
        ["migrate", "--verbosity", "0"],
        ["assets"],
        ["demo", "--scale", str(scale)],
    ]
    for words in commands:
        print(f"hub: manage.py {' '.join(words)}", flush=True)
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return environment


def choose_pages(environment: dict[str, str]) -> dict[str, str]:
    """The addresses to ask for; the topic is the one with the most posts, brought to 50."""
    words = [sys.executable, "-m", "bench.topic"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"hub: no topic to measure: {done.stderr[-2000:]}")
    return {
        "no query (/healthz)": "/healthz",
        "no query, a page": "/about/",
        "home": "/",
        "directory": "/organisations/",
        "topic, 50 posts": done.stdout.strip(),
        "calendar": "/calendar/",
        "feed": "/calendar/feed.ics",
    }


def start(stack: ExitStack, name: str, environment: dict[str, str]) -> Server:
    """Start one of the two servers; it is stopped, by its own handle, when `stack` closes."""
    port = free_port()
    words = ["manage.py", "serve", "--port", str(port)]
    if name == "yardstick":
        words = ["-m", "daphne", "-v", "0", "-p", str(port), "bench.yardstick_asgi:application"]
    process = subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )

    def stop() -> None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    stack.callback(stop)
    until = time.monotonic() + 40
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return Server(name, port, psutil.Process(process.pid))
        except OSError:
            time.sleep(0.1)
    sys.exit(f"hub: the server {name} did not start.")


def compare(path: str, servers: list[Server], seconds: float) -> dict[str, Any]:
    """Measure `path` on both servers in turns; the middle of the rounds counts."""
    found: dict[str, list[Measure]] = {server.name: [] for server in servers}
    for server in servers:
        server.measure(path, min(seconds, 1))  # warm: templates, caches, connections
    for _ in range(ROUNDS):
        for server in servers:
            found[server.name].append(server.measure(path, seconds))
    row: dict[str, Any] = {"path": path}
    for name, rounds in found.items():
        row[name] = Measure(
            statistics.median(one.per_second for one in rounds),
            statistics.median(one.cpu_ms for one in rounds),
            rounds[-1].bytes,
        )
    row["times_fewer_cpu"] = row["yardstick"].cpu_ms / row["ours"].cpu_ms
    row["times_more_requests"] = row["ours"].per_second / row["yardstick"].per_second
    print(f"hub: {path} measured", flush=True)
    return row


def show(rows: dict[str, dict[str, Any]]) -> None:
    """Print the table."""
    print(f"\n{'':22}{'requests a second':>21}{'CPU ms a request':>21}{'CPU':>8}{'kB':>7}")
    print(f"{'page':22}{'ours':>11}{'yard':>10}{'ours':>11}{'yard':>10}{'ratio':>8}")
    for name, row in rows.items():
        ours, yard = row["ours"], row["yardstick"]
        print(
            f"{name:22}{ours.per_second:11.0f}{yard.per_second:10.0f}"
            f"{ours.cpu_ms:11.2f}{yard.cpu_ms:10.2f}{row['times_fewer_cpu']:7.1f}×"
            f"{ours.bytes / 1000:7.1f}"
        )


if __name__ == "__main__":
    main()
