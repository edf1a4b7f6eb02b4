"""A page as a strict reader sees it: its links and forms, and what is wrong with its HTML."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

#: Attributes that make a browser ask for something while it shows the page.
LOADED = {
    "img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src",
    "use": "href", "video": "src", "audio": "src", "embed": "src", "object": "data",
}  # fmt: skip
#: Attributes that name other elements of the page.
POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")
#: Blocks of data in <script>, which no policy forbids.
DATA = {"application/json", "application/ld+json", "speculationrules", "importmap"}
CONTROLS = {"input", "button", "select", "textarea", "option"}
#: Elements without an end.
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
#: Their words are no words of the page.
QUIET = {"script", "style", "textarea", "template"}
SPOKEN = ("title", "aria-label", "placeholder", "alt")
#: What is typed into empty fields; in a text field something that is found.
FILLED = {"search": "komuna", "text": "komuna", "date": "2026-11-03", "number": "3"}


@dataclass
class Form:
    """A form and what a browser would send of it, in order: (name, value)."""

    method: str
    action: str
    plain: list[tuple[str, str]] = field(default_factory=list)
    #: The same with every choice taken and every empty field filled.
    filled: list[tuple[str, str]] = field(default_factory=list)

    def asks(self) -> list[str]:
        """The addresses a GET form can lead to: sent untouched, and filled in."""
        base = self.action.partition("?")[0]
        return [f"{base}?{urlencode(pairs)}" for pairs in (self.plain, self.filled)]


class Sheet(HTMLParser):
    """Reads one page; `whole` says that it is a page, not a part of one."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.whole = "<html" in text
        self.language = ""
        self.headings = 0
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._inside: Form | None = None
        self._select: dict[str, list[str]] | None = None
        self._open: list[tuple[str, bool]] = []  # elements, and whether they are out of sight
        self._pointed: list[tuple[str, str]] = []
        self._wrong: list[str] = []
        self.feed(text)
        self.close()
        self._wrong += [f"<{tag}> is never closed" for tag, _unseen in self._open]

    def faults(self, language: str) -> list[str]:
        """Everything wrong with the page, shown in `language`."""
        found = list(self._wrong)
        found += [f"id twice: {name}" for name, times in self.ids.items() if times > 1]
        found += [f"asks another server: {url}" for url in self.loaded if urlsplit(url).netloc]
        if self.whole:
            if self.headings != 1:
                found.append(f"{self.headings} h1")
            if self.language != language:
                found.append(f"lang is {self.language!r}")
            ids = self.ids
            found += [f"{name} leads to no id: {to}" for name, to in self._pointed if to not in ids]
        for form in self.forms:
            if urlsplit(form.action).netloc:
                found.append(f"form leaves the hub: {form.action}")
            if form.method == "post" and not dict(form.plain).get("csrfmiddlewaretoken"):
                found.append(f"POST form without token: {form.action}")
            if form.method == "get" and "csrfmiddlewaretoken" in dict(form.plain):
                found.append(f"GET form shows its token: {form.action}")
        return found

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        """Note what this element links to, loads, names and points at."""
        attributes = {name: value or "" for name, value in pairs}
        if len(attributes) != len(pairs):
            self._wrong.append(f"attribute twice on <{tag}>: {pairs}")
        self._strict(tag, attributes)
        if "id" in attributes:
            self.ids[attributes["id"]] += 1
        self._point(attributes)
        if tag == "html":
            self.language = attributes.get("lang", "")
        elif tag == "h1":
            self.headings += 1
        elif tag == "form":
            self._inside = Form(
                attributes.get("method", "get").lower(), attributes.get("action", "")
            )
            self.forms.append(self._inside)
        if tag in LOADED and LOADED[tag] in attributes:
            self.loaded.append(attributes[LOADED[tag]])
        unseen = self._unseen or "hidden" in attributes or tag in QUIET
        if not unseen:
            self._lead(tag, attributes)
        if tag in CONTROLS and self._inside is not None:
            self._control(self._inside, tag, attributes)
        if tag not in VOID:
            self._open.append((tag, unseen))

    def handle_startendtag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        """A closed element, as in drawings: it opens and ends at once."""
        self.handle_starttag(tag, pairs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close forms, choices, and what the reader does not see."""
        if tag not in [name for name, _unseen in self._open]:
            self._wrong.append(f"</{tag}> closes nothing")
            return
        while (last := self._open.pop()[0]) != tag:
            self._wrong.append(f"</{tag}> closes <{last}>")
        if tag == "form":
            self._inside = None
        elif tag == "select" and self._select is not None and self._inside is not None:
            [(name, values)] = self._select.items()
            if values:
                self._inside.plain.append((name, values[0]))
                self._inside.filled.append((name, values[-1]))
            self._select = None

    def handle_data(self, data: str) -> None:
        """Keep the words a reader sees."""
        if not self._unseen and (words := " ".join(data.split())):
            self.words.append(words)

    @property
    def _unseen(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _lead(self, tag: str, attributes: dict[str, str]) -> None:
        """What the reader can follow or is told by this element."""
        if (tag in {"a", "area"} and "href" in attributes) or attributes.get("rel") == "alternate":
            self.links.append(attributes["href"])
        if "hx-get" in attributes:
            self.links.append(attributes["hx-get"])
        self.words += [attributes[name] for name in SPOKEN if attributes.get(name)]

    def _strict(self, tag: str, attributes: dict[str, str]) -> None:
        """What the Content-Security-Policy would refuse."""
        if tag == "style" or "style" in attributes:
            self._wrong.append(f"style in the page: <{tag}> {attributes.get('style', '')}")
        if tag == "script" and "src" not in attributes and attributes.get("type") not in DATA:
            self._wrong.append("script in the page")
        scripts = [name for name in attributes if name.startswith(("on", "hx-on"))]
        self._wrong += [f"script in the page: {tag} {name}" for name in scripts]
        places = [attributes.get(name, "") for name in ("href", "src", "action")]
        if any(place.strip().lower().startswith("javascript:") for place in places):
            self._wrong.append(f"script in an address of <{tag}>")

    def _point(self, attributes: dict[str, str]) -> None:
        for name in POINTING:
            self._pointed += [(name, to) for to in attributes.get(name, "").split()]
        href = attributes.get("href", "")
        if href.startswith("#") and len(href) > 1:
            self._pointed.append(("href", href[1:]))

    def _control(self, form: Form, tag: str, attributes: dict[str, str]) -> None:
        name, value = attributes.get("name", ""), attributes.get("value", "")
        kind = attributes.get("type", "text" if tag == "input" else tag)
        if tag == "option" and self._select is not None:
            for values in self._select.values():
                values.insert(0, value) if "selected" in attributes else values.append(value)
        elif not name or kind in {"submit", "button", "file", "image"}:
            return
        elif tag == "select":
            self._select = {name: []}
        elif kind in {"checkbox", "radio"}:
            form.filled.append((name, value or "on"))
            if "checked" in attributes:
                form.plain.append((name, value or "on"))
        else:
            form.plain.append((name, value))
            form.filled.append((name, value or FILLED.get(kind, "")))
