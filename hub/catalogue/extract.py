"""Gather every message that Python code and templates hand to gettext."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from hub.catalogue import Key, Message

NOTE = "Translators:"
PYTHON_FOLDERS = ("hub", "organisations", "forums", "calendar/activities", "projects")
TEMPLATE_FOLDERS = ("templates",)
_PLAIN = None
_KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), _PLAIN),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
_CALL = re.compile(r"(?<!\w)(_|gettext|ngettext|pgettext|npgettext)\(")
_STRING = re.compile(r"""\s*,?\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", re.DOTALL)
_COMMENT = re.compile(rf"\{{#\s*{NOTE}\s*(.*?)\s*#\}}")


def gather(root: Path) -> dict[Key, Message]:
    """All messages of the checkout at `root`, by key."""
    python = [path for name in PYTHON_FOLDERS for path in (root / name).rglob("*.py")]
    pages = [path for name in TEMPLATE_FOLDERS for path in (root / name).rglob("*.*")]
    return merge(from_files([*python, *pages], root))


def from_files(paths: Iterable[Path], root: Path) -> Iterator[Message]:
    """The messages of `paths`, file by file, with file names seen from `root`."""
    for path in sorted(paths):
        if path.suffix == ".py":
            found = from_python(path)
        elif path.suffix in {".html", ".txt", ".xml", ".svg"}:
            found = from_template(path.read_text(encoding="utf-8"), str(path))
        else:
            continue
        for message in found:
            message.files.append(path.relative_to(root).as_posix())
            yield message


def from_python(path: Path) -> Iterator[Message]:
    """The messages of one Python file."""
    with path.open("rb") as source:
        for _, texts, notes, context in extract("python", source, _KEYWORDS, [NOTE]):
            yield _message(texts, context or "", _clean(notes))


def from_template(source: str, origin: str) -> Iterator[Message]:
    """The messages of one template, found by Django's own reader of templates.

    Raises SyntaxError where a translated block holds another tag.
    """
    notes = {match.end(): match[1] for match in _COMMENT.finditer(source)}
    for call, arguments in _calls(templatize(source, origin)):
        context = arguments.pop(0) if call.startswith(("p", "np")) else ""
        yield _message(tuple(arguments), context, _note_before(source, arguments[0], notes))


def merge(messages: Iterable[Message]) -> dict[Key, Message]:
    """One message for each key, with all its files and notes.

    Raises ValueError where one English text has two plurals.
    """
    merged: dict[Key, Message] = {}
    for message in messages:
        if not message.text:
            raise ValueError(f"An empty message in {message.files}: gettext keeps that one.")
        kept = merged.setdefault(message.key, message)
        if kept is message:
            continue
        if kept.plural and message.plural and kept.plural != message.plural:
            raise ValueError(f"Two plurals for {message.text!r}: {kept.files}, {message.files}")
        kept.plural = kept.plural or message.plural
        kept.files = sorted({*kept.files, *message.files})
        kept.notes = sorted({*kept.notes, *message.notes})
    return merged


def _calls(source: str) -> Iterator[tuple[str, list[str]]]:
    """The gettext calls in what `templatize` writes: their name and string arguments."""
    for match in _CALL.finditer(source):
        arguments, at = [], match.end()
        while found := _STRING.match(source, at):
            arguments.append(str(ast.literal_eval(found[1])))
            at = found.end()
        if arguments:
            yield match[1], arguments


def _message(texts: str | tuple[Any, ...], context: str, notes: list[str]) -> Message:
    if isinstance(texts, str):
        return Message(texts, context=context, notes=notes)
    words = [text for text in texts if isinstance(text, str)]
    return Message(words[0], words[1] if len(words) > 1 else "", context, notes)


def _clean(notes: Iterable[str]) -> list[str]:
    joined = " ".join(notes).replace(NOTE, "").strip()
    return [joined] if joined else []


def _note_before(source: str, text: str, notes: dict[int, str]) -> list[str]:
    """The translators' note that stands right before `text` in the template, if any."""
    start = source.find(text.split("%(")[0].split("\n")[0])
    return [note for end, note in notes.items() if 0 <= start - end < 120]
