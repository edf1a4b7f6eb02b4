"""Hand out what is untranslated as JSON, and take translations back after checking them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hub.catalogue import LANGUAGES, Key, Message
from hub.catalogue.check import faults
from hub.catalogue.store import Translation, read, translations, write


def untranslated(root: Path, language: str, wanted: dict[Key, Message]) -> list[dict[str, Any]]:
    """What lacks a translation, grouped by the file of use, as JSON-able rows.

    A row has `id`, and where they apply `context`, `plural`, `note`, `files`, and `numbers`:
    example numbers for each plural form that the translation must have, in order.
    """
    known = translations(read(root, language))
    open_ = [message for message in wanted.values() if message.key not in known]
    return [_row(message, language) for message in sorted(open_, key=lambda one: one.files[:1])]


def _row(message: Message, language: str) -> dict[str, Any]:
    row: dict[str, Any] = {"id": message.text}
    if message.context:
        row["context"] = message.context
    if message.plural:
        row["plural"] = message.plural
        row["numbers"] = list(LANGUAGES[language].examples)
    if message.notes:
        row["note"] = " ".join(message.notes)
    row["files"] = message.files[:3]
    return row


def take(root: Path, language: str, wanted: dict[Key, Message], text: str) -> tuple[int, list[str]]:
    """Merge the translations in the JSON `text`; return how many, and what was refused and why.

    `text` is an object `{English: translation}` or a list of rows with `id`, `translation` and
    perhaps `context`.  The translation of a plural is the list of its forms.
    Raises ValueError where `text` is no such JSON.
    """
    known = translations(read(root, language))
    taken, refused = 0, []
    for key, translation in _pairs(json.loads(text)):
        message = wanted.get(key)
        if message is None:
            refused.append(f"{key[1]!r}: is not a message of the hub")
            continue
        wrong = list(faults(message, translation, language))
        if wrong or not translation:
            refused.append(f"{key[1]!r}: {'; '.join(wrong) or 'is empty'}")
            continue
        known[key] = translation
        taken += 1
    write(root, language, wanted, known)
    return taken, refused


def _pairs(data: Any) -> Iterator[tuple[Key, Translation]]:
    if isinstance(data, dict):
        data = [{"id": text, "translation": value} for text, value in data.items()]
    if not isinstance(data, list):
        raise ValueError("Give an object {English: translation} or a list of rows.")
    for row in data:
        try:
            value = row["translation"]
            key = (str(row.get("context") or ""), str(row["id"]))
        except (KeyError, TypeError, AttributeError):
            raise ValueError(f"A row needs `id` and `translation`: {row!r}") from None
        yield key, tuple(map(str, value)) if isinstance(value, list) else str(value)
