"""Mail as it would have gone out, readable in development while it is written to files."""

from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import wraps
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone


def _folder() -> Path:
    return Path(getattr(settings, "EMAIL_FILE_PATH", "") or settings.DATA_DIR / "mail")


def _read(path: Path) -> EmailMessage:
    raw = path.read_bytes().split(b"-" * 79)[0]
    return message_from_bytes(raw, policy=policy.default)


P = ParamSpec("P")


def from_this_machine(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """404 for whoever does not sit at the machine itself: mails hold sign-in codes."""

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not ip_address(request.META.get("REMOTE_ADDR", "0.0.0.0")).is_loopback:
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@from_this_machine
def mail_list(request: HttpRequest) -> HttpResponse:
    """The newest two hundred mails."""
    found = sorted(_folder().glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    mails: list[dict[str, Any]] = []
    for path in found[:200]:
        message = _read(path)
        at = datetime.fromtimestamp(path.stat().st_mtime, get_current_timezone())
        mails.append(
            {"name": path.name, "to": message["To"], "subject": message["Subject"], "at": at}
        )
    return render(request, "hub/dev_mail_list.html", {"mails": mails})


@from_this_machine
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, as plain text."""
    path = _folder() / Path(name).name
    if not path.is_file():
        raise Http404
    message = _read(path)
    part = message.get_body(preferencelist=("plain",))
    text = part.get_content() if part else ""
    return render(request, "hub/dev_mail_detail.html", {"mail": message, "text": text})
