"""Find what is wrong with a catalogue: missing, fuzzy, out of date, or not fitting its English."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hub.catalogue import LANGUAGES, Key, Message
from hub.catalogue.store import Translation, path_of, read, translations

_PLACEHOLDER = re.compile(r"%\((\w+)\)([a-z])|%(%|[a-z])|\{(\w*)\}")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


class Problem(NamedTuple):
    """One thing to mend in a catalogue."""

    language: str
    kind: str
    text: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.language}: {self.kind}: {self.text!r} {self.detail}".rstrip()


def check(root: Path, language: str, wanted: dict[Key, Message]) -> Iterator[Problem]:
    """The problems of the catalogue of `language`, which should hold exactly `wanted`."""
    if not path_of(root, language).is_file():
        yield Problem(
            language, "no catalogue", str(path_of(language=language, root=Path("locale")))
        )
        return
    catalog = read(root, language)
    held: dict[Key, str] = {}
    for entry in catalog:
        if not entry.id:
            continue
        texts = (entry.id, "") if isinstance(entry.id, str) else entry.id
        held[(entry.context or "", texts[0])] = texts[1]
        if entry.fuzzy:
            yield Problem(language, "fuzzy", texts[0])
    if catalog.num_plurals != len(LANGUAGES[language].examples):
        yield Problem(language, "number of plural forms", str(catalog.num_plurals))
    known = translations(catalog)
    for key, message in wanted.items():
        if held.get(key) != message.plural:
            yield Problem(language, "not in the catalogue (run make messages)", message.text)
        elif key not in known:
            yield Problem(language, "missing", message.text)
        else:
            for fault in faults(message, known[key], language):
                yield Problem(language, "does not fit", message.text, fault)
    for context, text in held.keys() - wanted.keys():
        yield Problem(language, "no longer used (run make messages)", text, context)


def faults(message: Message, translation: Translation, language: str) -> Iterator[str]:
    """Why `translation` cannot stand for `message`, in words; nothing where it can."""
    wanted_forms = len(LANGUAGES[language].examples) if message.plural else 0
    if wanted_forms != (len(translation) if isinstance(translation, tuple) else 0):
        yield f"{wanted_forms or 'one text, no'} plural forms are needed"
        return
    forms = (translation,) if isinstance(translation, str) else translation
    for form in forms:
        yield from _faults_of_form(message, form)


def _faults_of_form(message: Message, form: str) -> Iterator[str]:
    singular, plural = placeholders(message.text), placeholders(message.plural or message.text)
    found = placeholders(form)
    # A form for one thing may leave the number out, where the English does so too or not.
    needed = singular & plural - ({"%(count)s", "%(count)d"} if message.plural else set())
    for name in sorted(needed - found):
        yield f"lacks {name}"
    for name in sorted(found - (singular | plural)):
        yield f"has {name}, which is not in the English"
    if Counter(_TAG.findall(form)) != Counter(_TAG.findall(message.text)):
        yield "has other HTML tags than the English"
    for side, strip in (("start", str.lstrip), ("end", str.rstrip)):
        if (form != strip(form)) != (message.text != strip(message.text)):
            yield f"differs in blank space at its {side}"


def placeholders(text: str) -> set[str]:
    """The places that a program fills in: `%(name)s`, `%s`, `%%`, `{name}`."""
    return {match[0] for match in _PLACEHOLDER.finditer(text)}
