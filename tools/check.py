"""Run every check that needs no running test: one line each, the output only of what fails."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "HUB_BASE_URL": "https://hub.example",
    "EMAIL_URL": "smtp+tls://hub:secret@mail.example:587",
    "HUB_SECRET_KEY": secrets.token_urlsafe(60),
}


class Check(NamedTuple):
    """A command that must end well."""

    name: str
    words: list[str]
    setting: dict[str, str] = {}


def checks(folder: str) -> list[Check]:
    """All checks, the slowest first; `folder` is a data folder they may write to."""
    data = {"HUB_DATA_DIR": folder}
    manage = ["manage.py"]
    short = ["--quiet", "--output-format", "concise"]
    deploy = ["check", "--deploy", "--fail-level", "WARNING"]
    migrations = ["makemigrations", "--check", "--dry-run"]
    return [
        Check("types", ["-m", "mypy"]),
        Check("pages", ["-m", "djlint", "--quiet", "--lint", "templates"]),
        Check("walls between the rooms", ["-c", LINT_IMPORTS], {"PYTHONPATH": "calendar"}),
        Check("languages", [*manage, "messages", "--check"], data),
        Check("migrations", [*manage, *migrations], data),
        Check("production settings", [*manage, *deploy], data | PRODUCTION),
        Check("lint", ["-m", "ruff", "check", *short, "."]),
        Check("format", ["-m", "ruff", "format", "--check", *short, "."]),
    ]


LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"


def run(check: Check) -> tuple[Check, int, str, float]:
    """Run one check; return its exit code, its output, and how many seconds it took."""
    started = time.monotonic()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    done = subprocess.run(
        [sys.executable, *check.words],
        cwd=ROOT,
        env={**kept, **check.setting},
        capture_output=True,
        text=True,
        check=False,
    )
    return check, done.returncode, done.stdout + done.stderr, time.monotonic() - started


def main() -> None:
    """Run all, two at a time; end with an error where one failed."""
    failed = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        for check, code, output, seconds in pool.map(run, checks(folder)):
            print(f"{'FAILED' if code else 'ok':7}{check.name} ({seconds:.0f} s)", flush=True)
            if code:
                failed.append(check.name)
                print(output.rstrip(), flush=True)
    if failed:
        sys.exit(f"hub: {len(failed)} of the checks failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
