"""Mail as it would have gone out, readable in development while it is written to files."""

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone


def _folder() -> Path:
    return Path(getattr(settings, "EMAIL_FILE_PATH", "") or settings.DATA_DIR / "mail")


def _read(path: Path) -> EmailMessage:
    raw = path.read_bytes().split(b"-" * 79)[0]
    return cast(EmailMessage, message_from_bytes(raw, policy=policy.default))


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


def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, as plain text."""
    path = _folder() / Path(name).name
    if not path.is_file():
        raise Http404
    message = _read(path)
    part = message.get_body(preferencelist=("plain",))
    text = part.get_content() if part else ""
    return render(request, "hub/dev_mail_detail.html", {"mail": message, "text": text})
