"""Settings from the environment: read by type, and refused by name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hub import env

ROOT = Path(__file__).resolve().parents[2]


def test_text_comes_from_the_environment_or_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from a file\n")
    monkeypatch.setenv("ONE", " plain ")
    monkeypatch.setenv("TWO_FILE", str(secret))

    assert [env.text("ONE"), env.text("TWO"), env.text("THREE", "default")] == [
        "plain",
        "from a file",
        "default",
    ]


def test_value_and_file_at_once_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONE", "x")
    monkeypatch.setenv("ONE_FILE", "y")
    with pytest.raises(env.SettingError, match=r"^ONE: set either ONE or ONE_FILE"):
        env.text("ONE")


@pytest.mark.parametrize(
    ("value", "meaning"), [("1", True), ("Yes", True), ("off", False), ("", True)]
)
def test_flag_reads_yes_and_no(monkeypatch: pytest.MonkeyPatch, value: str, meaning: bool) -> None:
    monkeypatch.setenv("ONE", value)
    assert env.flag("ONE", True) is meaning


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HUB_DEBUG", "perhaps"),
        ("HUB_TIME_ZONE", "Europe/Nowhere"),
        ("HUB_LANGUAGES", "en,xx"),
        ("HUB_BASE_URL", "ftp://hub.example"),
        ("HUB_BASE_URL", "https://"),
        ("HUB_SECRET_KEY", "short"),
        ("HUB_THREADS", "0"),
        ("HUB_THREADS", "many"),
        ("HUB_COLOUR", "green"),
        ("HUB_SECRET_KEY_FILE", "/does/not/exist"),
        ("DATABASE_URL", "mysql://db"),
        ("DATABASE_URL", "postgres://host"),
        ("REDIS_URL", "http://redis"),
        ("EMAIL_URL", "pigeon://loft"),
        ("PORT", "99999"),
    ],
)
def test_wrong_setting_stops_the_start_with_one_line_that_names_it(
    name: str, value: str, tmp_path: Path
) -> None:
    ours = ("HUB_", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "TEST_", "DJANGO_")
    environment = {key: kept for key, kept in os.environ.items() if not key.startswith(ours)}
    environment |= {"HUB_DATA_DIR": str(tmp_path), name: value}

    run = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    lines = run.stderr.strip().splitlines()
    assert len(lines) == 1, run.stderr
    assert lines[0].startswith(f"{name}:")
