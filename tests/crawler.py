"""Opens the pages of the hub along their links, and notes whatever is wrong with any of them."""

import sys
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from types import FrameType
from typing import Any
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from tests.sheet import Sheet

#: The most queries that one page may make.
QUERIES = 40
#: The most pages of one address opened with filters of any kind.
FILTERED = 12
#: Addresses that are no pages of the hub, or never end.
LEFT_OUT = ("admin:", "live-events")
HOSTS = {"", "testserver", "127.0.0.1:8000", "localhost"}


class Undefined(str):
    """As `string_if_invalid` of the templates: notes each variable that does not exist.

    It is false, so the page comes out as it would without it.
    """

    __slots__ = ("noted",)

    def __init__(self, text: str = "") -> None:
        self.noted: set[tuple[str, str]] = set()

    def __bool__(self) -> bool:
        asking = sys._getframe(1)
        if asking.f_code.co_name == "resolve" and "ignore_failures" in asking.f_locals:
            self.noted.add((_template(asking), str(asking.f_locals["self"].var)))
        return False


def _template(frame: FrameType | None) -> str:
    """The template whose node is being shown in `frame` or in a caller of it."""
    while frame is not None and frame.f_code.co_name != "render_annotated":
        frame = frame.f_back
    return str(frame.f_locals["self"].origin.template_name) if frame else ""


@dataclass
class Crawl:
    """Follows all links and GET forms from `starts`, at most `objects` pages of each kind.

    A kind is an address with one set of filters in its query; each format of a list is a kind.
    """

    client: Client
    language: str = "en"
    objects: int = 6
    starts: Iterable[str] = ("/",)
    #: What is wrong, with the page and the one that led to it.
    faults: list[str] = field(default_factory=list)
    #: Opened pages by the name of their address, and the formats that came.
    opened: Counter[str] = field(default_factory=Counter)
    formats: set[str] = field(default_factory=set)
    #: (name of the address, path it sent on to), and names of the addresses that refused.
    redirects: set[tuple[str, str]] = field(default_factory=set)
    refusals: set[str] = field(default_factory=set)
    #: The words of each page by its address.
    words: dict[str, list[str]] = field(default_factory=dict)
    _queue: deque[tuple[str, str]] = field(default_factory=deque)
    _seen: set[str] = field(default_factory=set)
    _counts: Counter[Any] = field(default_factory=Counter)
    _static: set[str] = field(default_factory=set)

    def run(self) -> "Crawl":
        """Open all there is to open."""
        for start in self.starts:
            self._note(start, "")
        while self._queue:
            self._open(*self._queue.popleft())
        return self

    def _open(self, url: str, source: str) -> None:
        name = resolve(urlsplit(url).path).view_name
        where = f"{url} (from {source})"
        self.opened[name] += 1
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.get(url)
            body = answer.getvalue()
        queries = sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries)
        if queries > QUERIES:
            self.faults.append(f"{queries} queries: {where}")
        if answer.status_code in {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND}:
            self.redirects.add((name, urlsplit(answer["Location"]).path))
            self._note(urljoin(url, answer["Location"]), url)
            return
        self.formats.add(answer["Content-Type"].partition(";")[0])
        if answer.status_code == HTTPStatus.FORBIDDEN:
            self.refusals.add(name)
        elif answer.status_code != HTTPStatus.OK:
            self.faults.append(f"{answer.status_code}: {where}")
        if answer["Content-Type"].startswith("text/html"):
            self._read(answer, body, url, where)

    def _read(self, answer: HttpResponse, body: bytes, url: str, where: str) -> None:
        sheet = Sheet(body.decode())
        self.words[url] = sheet.words
        self.faults += [f"{fault}: {where}" for fault in sheet.faults(self.language)]
        self.faults += [
            f"no file {path}: {where}" for path in sheet.loaded if not self._is_there(path)
        ]
        for link in sheet.links:
            self._note(urljoin(url, link), url)
        for form in sheet.forms:
            for target in form.asks() if form.method == "get" else []:
                self._note(urljoin(url, target), url)
            if not self._name(urljoin(url, form.action)):
                self.faults.append(f"no address {form.action}: {where}")

    def _is_there(self, url: str) -> bool:
        """Whether the static file exists; other addresses are no static files."""
        path = unquote(urlsplit(url).path)
        if path.startswith("/static/") and path not in self._static:
            if finders.find(path.removeprefix("/static/")) is None:
                return False
            self._static.add(path)
        return True

    def _name(self, url: str) -> str:
        """The name of the address, or nothing where there is none."""
        try:
            return resolve(urlsplit(url).path).view_name
        except Resolver404:
            return ""

    def _note(self, url: str, source: str) -> None:
        """Put the address on the list, unless enough of its kind stand there."""
        parts = urlsplit(url)
        if parts.netloc not in HOSTS or parts.scheme not in {"", "http", "https"}:
            return
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        if address in self._seen or parts.path.startswith("/static/"):
            return
        self._seen.add(address)
        name = self._name(parts.path)
        if not name:
            self.faults.append(f"no address {address}: {source}")
        elif not name.startswith(LEFT_OUT) and self._wanted(name, parse_qsl(parts.query)):
            self._queue.append((address, source))

    def _wanted(self, name: str, query: list[tuple[str, str]]) -> bool:
        formats = [value for key, value in query if key == "format"]
        if formats:
            kind: Any = (name, *formats)
            limit = 1
        else:
            kind = (name, frozenset(key for key, _value in query))
            limit = self.objects
            if query and self._counts[name] >= min(FILTERED, 2 * self.objects):
                return False
        self._counts[kind] += 1
        if query and not formats and self._counts[kind] <= limit:
            self._counts[name] += 1
        return self._counts[kind] <= limit
