"""The folder names promise an architecture; these tests keep the promise."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run our Python in the checkout as a newcomer would; an empty setting is taken away."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    settings = {name: value for name, value in (kept | environment).items() if value}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_calendar_is_a_source_root_and_not_a_package() -> None:
    found = {path.name for path in (ROOT / "calendar").iterdir()} - {"__pycache__"}
    assert found == {"activities"}


def test_locale_is_a_plain_folder() -> None:
    assert {path.name for path in (ROOT / "locale").iterdir()} <= {"sq", "sr", "bg", "ka"}


def test_checkout_runs_without_being_installed() -> None:
    done = run("manage.py", "check")
    assert done.returncode == 0, done.stderr


def test_standard_library_calendar_is_untouched() -> None:
    done = run("-c", "import hub, calendar, http.cookiejar; assert calendar.timegm")
    assert done.returncode == 0, done.stderr


def test_every_folder_with_tests_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_every_package_of_ours_is_in_the_wheel_and_in_the_walls() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    packages = settings["hatch"]["build"]["targets"]["wheel"]["packages"]
    apps = {path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("*/apps.py")}
    apps |= {path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("calendar/*/apps.py")}
    assert apps <= set(packages)
    assert {name.rpartition("/")[2] for name in packages} == set(
        settings["importlinter"]["root_packages"]
    )


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_names_exact_versions_with_hashes_and_no_host(lock: Path) -> None:
    text = lock.read_text()
    assert not re.search(r"https?:|file:/|--(extra-)?index-url|--find-links|--trusted-host", text)
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^#.*\n?", "", text).strip())
    assert [
        one for one in entries if not re.match(r"[\w.-]+==\S+.*--hash=sha256:", one, re.S)
    ] == []


def test_the_tests_lock_holds_all_that_runs() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text()
        return set(re.findall(r"(?m)^([\w.-]+==[^\s;]+)", text))

    assert pins("run.lock") <= pins("test.lock")
