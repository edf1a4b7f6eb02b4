"""Make a checkout ready: `.venv`, locked dependencies, catalogues, test tools.

Runs on a bare Python 3.11 with the standard library alone. Every step leaves a stamp that
names what it was made from, so a second run only compares a few hashes.

    python tools/setup.py run     what `make run` needs
    python tools/setup.py test    that, and what the checks and tests need
"""

import contextlib
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
STAMPS = VENV / "stamps"
LOG = ROOT / "var" / "setup.log"
RUN_LOCK = ROOT / "requirements" / "run.lock"
TEST_LOCK = ROOT / "requirements" / "test.lock"
VERSION = ".".join(map(str, sys.version_info[:2]))


class SetupError(Exception):
    """Something is missing; the text is the one line to print."""


def say(text: str) -> None:
    """Tell the person at the terminal what happens now."""
    print(f"hub: {text}", file=sys.stderr, flush=True)


def call(*command: str | Path, problem: str) -> None:
    """Run `command` with its output in the log; raise SetupError with `problem` if it fails."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(map(str, command))}\n".encode())
        log.flush()
        code = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=False).returncode
    if code:
        raise SetupError(f"{problem} The last lines of {LOG.relative_to(ROOT)}:\n{last_lines()}")


def last_lines(count: int = 8) -> str:
    """The end of the set-up log, for the message of a failure."""
    return "\n".join(LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])


def fingerprint(*files: Path) -> str:
    """A hash over the content of `files`: what a stamp holds."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def once(name: str, mark: str, act: Callable[[], None]) -> None:
    """Do `act` unless the stamp `name` says that it was done for `mark`."""
    stamp = STAMPS / name
    if stamp.is_file() and stamp.read_text() == mark:
        return
    act()
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(mark)


def make_venv() -> None:
    """Create `.venv`, anew where its Python is gone or too old."""
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    if PYTHON.exists():
        if subprocess.run([PYTHON, "-c", check], check=False).returncode == 0:
            return
        say("the Python behind .venv is gone; making it anew.")
    with contextlib.suppress(ImportError):
        import ensurepip  # noqa: F401, PLC0415  (absent where the system splits Python up)
        import venv  # noqa: F401, PLC0415

        say(f"making .venv (Python {VERSION}).")
        call(sys.executable, "-m", "venv", "--clear", VENV, problem="The venv was not made.")
        return
    raise SetupError(
        "this Python cannot make a venv (Debian, Ubuntu: apt-get install python3-venv)."
    )


def install(lock: Path) -> None:
    """Install exactly what `lock` names; every file must match its hash."""
    say(f"installing the packages of {lock.relative_to(ROOT)} (once, up to a minute or two).")
    call(
        *(PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"),
        *("--quiet", "--require-hashes", "-r", lock),
        problem="The packages could not be installed.",
    )


def packages(*, for_tests: bool) -> None:
    """Bring `.venv` to the lock; the tests' lock holds all that the running hub needs."""
    run_mark = f"{VERSION} {fingerprint(RUN_LOCK)}"
    test_mark = f"{VERSION} {fingerprint(RUN_LOCK, TEST_LOCK)}"

    def install_for_tests() -> None:
        install(TEST_LOCK)
        STAMPS.mkdir(exist_ok=True)
        (STAMPS / "run").write_text(run_mark)

    if for_tests:
        once("test", test_mark, install_for_tests)
    else:
        once("run", run_mark, lambda: install(RUN_LOCK))


def compile_catalogues() -> None:
    """Make the .mo file of each language whose .po file is newer."""
    stale = [
        source
        for source in ROOT.glob("locale/*/LC_MESSAGES/django.po")
        if not (made := source.with_suffix(".mo")).is_file()
        or made.stat().st_mtime < source.stat().st_mtime
    ]
    if stale:
        say("compiling the languages.")
        problem = "The languages could not be compiled."
        call(PYTHON, "-m", "hub.catalogue", "compile", problem=problem)


def make_test_tools() -> None:
    """Bring Chromium and the calendar reader in JavaScript.

    Where one cannot be had the set-up says so and goes on: the other tests can still run.
    In CI it is an error.
    """
    for module in ("tools.chromium", "tools.javascript"):
        code = subprocess.run([PYTHON, "-m", module], cwd=ROOT, check=False).returncode
        if code and os.environ.get("CI"):
            raise SetupError("in CI nothing may be missing; stopping.")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the set-up lock, so that two commands in two terminals take turns."""
    (ROOT / "var").mkdir(exist_ok=True)
    path = ROOT / "var" / "setup.lock"
    with path.open("w") as handle:
        with contextlib.suppress(ImportError):
            import fcntl  # noqa: PLC0415  (not on Windows)

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main(purpose: str) -> None:
    """Do every step that `purpose` (run or test) needs and that is not done yet."""
    started = time.monotonic()
    with alone():
        make_venv()
        packages(for_tests=purpose == "test")
        compile_catalogues()
        if purpose == "test":
            make_test_tools()
    if time.monotonic() - started > 5:
        say(f"ready after {time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    if sys.argv[1:] not in (["run"], ["test"]):
        sys.exit("usage: setup.py run|test")
    try:
        main(sys.argv[1])
    except SetupError as error:
        sys.exit(f"hub: {error}")
