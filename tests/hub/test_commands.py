"""Commands for operators: the doctor, the demo, the port that is taken, periodic work."""

import io
import socket
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from hub import periodic
from organisations.models import User


def doctor() -> str:
    out = io.StringIO()
    call_command("doctor", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_doctor_finds_nothing_wrong_here() -> None:
    lines = doctor().splitlines()
    assert [line[:5] for line in lines] == ["ok   "] * 6


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"REDIS_URL": "redis://127.0.0.1:1/0"},
            "WRONG Live layer: Redis does not answer.",
        ),
        (
            {
                "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "EMAIL_HOST": "127.0.0.1",
                "EMAIL_PORT": 1,
                "EMAIL_USE_SSL": False,
            },
            "WRONG Mail: 127.0.0.1 does not answer",
        ),
    ],
)
def test_doctor_says_what_is_wrong(changed: dict[str, Any], said: str) -> None:
    out = io.StringIO()
    with override_settings(**changed), pytest.raises(CommandError, match="1 to mend"):
        call_command("doctor", stdout=out)
    assert said in out.getvalue()


@pytest.mark.django_db
def test_demo_is_not_made_twice(coordinator: User) -> None:
    User.objects.filter(pk=coordinator.pk).update(email="coordinator@demo.example")
    with pytest.raises(CommandError, match="here already"):
        call_command("demo")


def test_taken_port_is_said_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"port {port} .* make run PORT={port + 1}"):
            call_command("serve", port=port)


@pytest.mark.django_db(transaction=True)
def test_one_failing_job_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def fail() -> None:
        raise ValueError

    jobs = [
        periodic.Job("first", 60, fail),
        periodic.Job("second", 60, lambda: done.append("second")),
    ]
    monkeypatch.setattr(periodic, "_jobs", jobs)
    monkeypatch.setattr(periodic, "_last", {})

    assert periodic.run_due() == ["second"]
    assert periodic.run_due() == []
    assert periodic.run_due(everything=True) == ["second"]
    assert done == ["second", "second"]
