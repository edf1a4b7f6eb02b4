"""Catalogue files: read, bring up to date, write without noise, compile."""

import io
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po

from hub.catalogue import LANGUAGES, Key, Message

Translation = str | tuple[str, ...]


def path_of(root: Path, language: str) -> Path:
    """The .po file of `language` in the folder of catalogues `root`."""
    return root / language / "LC_MESSAGES" / "django.po"


def read(root: Path, language: str) -> Catalog:
    """The catalogue of `language`; empty where there is no file yet."""
    path = path_of(root, language)
    text = path.read_text(encoding="utf-8") if path.is_file() else _header(language)
    return read_po(io.StringIO(text), locale=language)


def translations(catalog: Catalog) -> dict[Key, Translation]:
    """What is translated in `catalog`; fuzzy ones do not count."""
    return {
        key: string
        for message in catalog
        if message.id and not message.fuzzy and (string := _full(message.string))
        for key in [(message.context or "", _first(message.id))]
    }


def _full(string: str | list[str] | tuple[str, ...] | None) -> Translation:
    """A translation, or "" where it or one of its forms is missing."""
    if isinstance(string, str):
        return string
    return tuple(string) if string and all(string) else ""


def _first(identity: str | list[str] | tuple[str, ...]) -> str:
    return identity if isinstance(identity, str) else identity[0]


def update(root: Path, language: str, wanted: dict[Key, Message]) -> bool:
    """Bring the file of `language` to hold exactly `wanted`; tell whether it changed."""
    return write(root, language, wanted, translations(read(root, language)))


def write(
    root: Path,
    language: str,
    wanted: dict[Key, Message],
    known: dict[Key, Translation],
) -> bool:
    """Write the file of `language`: every message of `wanted`, translated where `known`.

    Sorted by text, with the files of use but no line numbers and no dates, so that a change
    shows only what changed.  Tells whether the file is another than before.
    """
    path = path_of(root, language)
    blocks = [_header(language)]
    ordered = sorted(wanted.values(), key=lambda one: (one.text.casefold(), one.text, one.context))
    blocks += [_block(message, known.get(message.key, ""), language) for message in ordered]
    text = "\n".join(blocks)
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def compile_all(root: Path) -> list[Path]:
    """Write the .mo file beside each .po file below `root`; return them."""
    made = []
    for language in LANGUAGES:
        if not path_of(root, language).is_file():
            continue
        target = path_of(root, language).with_suffix(".mo")
        fresh = target.with_suffix(".mo.new")
        with fresh.open("wb") as file:
            write_mo(file, read(root, language))
        fresh.replace(target)  # a server that reads it meanwhile sees the old or the new one
        made.append(target)
    return made


def _header(language: str) -> str:
    lines = (
        "Project-Id-Version: coordination-hub",
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {LANGUAGES[language].header}",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines)


def _block(message: Message, translation: Translation, language: str) -> str:
    lines = [f"#. {note}" for note in message.notes]
    lines += [f"#: {name}" for name in message.files]
    if "%(" in message.text + message.plural:
        lines.append("#, python-format")
    if message.context:
        lines.append(f"msgctxt {normalize(message.context)}")
    lines.append(f"msgid {normalize(message.text)}")
    if not message.plural:
        text = translation if isinstance(translation, str) else ""
        lines.append(f"msgstr {normalize(text)}")
        return "\n".join(lines) + "\n"
    count = len(LANGUAGES[language].examples)
    forms = translation if isinstance(translation, tuple) and len(translation) == count else ()
    lines.append(f"msgid_plural {normalize(message.plural)}")
    for number in range(count):
        lines.append(f"msgstr[{number}] {normalize(forms[number] if forms else '')}")
    return "\n".join(lines) + "\n"
