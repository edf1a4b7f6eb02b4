"""Who listens: the person behind a socket, found from the session, and what they may follow."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.db import close_old_connections
from django.http import HttpRequest

from hub.live.registry import may_follow
from hub.middleware import choose_language


class Caller(NamedTuple):
    """What a socket's opening request says of its reader."""

    session_key: str
    language_cookie: str
    accept_language: str


def caller_of(headers: list[tuple[bytes, bytes]]) -> Caller:
    """Read the cookies and the languages from the headers of an opening request."""
    values = {name.lower(): value.decode("latin1") for name, value in headers}
    try:
        cookies = SimpleCookie(values.get(b"cookie", ""))
    except CookieError:
        cookies = SimpleCookie()

    def cookie(name: str) -> str:
        return cookies[name].value if name in cookies else ""

    return Caller(
        cookie(settings.SESSION_COOKIE_NAME),
        cookie(settings.LANGUAGE_COOKIE_NAME),
        values.get(b"accept-language", ""),
    )


def person_of(session_key: str) -> Any:
    """The person signed in with this session, if it still lives and they are active."""
    if not session_key:
        return AnonymousUser()
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return get_user(request)


def identify(caller: Caller) -> tuple[Any, str]:
    """Person and language of a caller; runs queries, from a thread."""
    close_old_connections()
    try:
        person = person_of(caller.session_key)
        own = getattr(person, "language", "")
        return person, choose_language(caller.language_cookie, own, caller.accept_language)
    finally:
        close_old_connections()


def allowed(person: Any, streams: list[str]) -> set[str]:
    """Those of `streams` that `person` may follow; runs queries, from a thread."""
    close_old_connections()
    try:
        return {stream for stream in streams if may_follow(person, stream)}
    finally:
        close_old_connections()


def recheck(callers: list[tuple[str, list[str]]]) -> list[tuple[Any, set[str]]]:
    """For each (session key, streams): the person now, and what they may still follow.

    Each session and each pair of person and stream is looked up once.  Runs queries.
    """
    close_old_connections()
    try:
        people: dict[str, Any] = {}
        answers: dict[tuple[int | None, str], bool] = {}
        result = []
        for session_key, streams in callers:
            if session_key not in people:
                people[session_key] = person_of(session_key)
            person = people[session_key]
            kept = set()
            for stream in streams:
                key = (person.pk, stream)
                if key not in answers:
                    answers[key] = may_follow(person, stream)
                if answers[key]:
                    kept.add(stream)
            result.append((person, kept))
        return result
    finally:
        close_old_connections()
