"""Messages that our pages show but other packages wrote.

Django and allauth bring their own translations, not all of them in our languages.  What a
package leaves in English for a language becomes a message of our catalogue for that language:
our folder is looked up first.
"""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from hub.catalogue import Key, Message
from hub.catalogue.extract import from_files, merge
from hub.catalogue.store import translations

#: For each package: folders of its catalogues, and the files and folders whose words we show.
#: `templates` are those of its pages that we do not replace by our own.
_SHOWN = {
    "django": (
        ("conf/locale", "contrib/auth/locale", "contrib/humanize/locale"),
        (
            "core/validators.py",
            "forms",
            "db/models/fields",
            "utils/timesince.py",
            "utils/dates.py",
            "contrib/auth/password_validation.py",
            "contrib/humanize/templatetags",
        ),
    ),
    "allauth": (
        ("locale",),
        ("account", "core", "mfa", "usersessions", "templates"),
    ),
    "django_filters": (("locale",), ("fields.py", "filters.py", "widgets.py")),
    "taggit": (("locale",), ("forms.py", "utils.py")),
}
#: Files in them that only operators see, in English.
_UNSEEN = {"tests", "admin.py", "apps.py"}
_PAGES = ("account", "mfa", "usersessions", "allauth")


def gather(language: str, root: Path) -> dict[Key, Message]:
    """The borrowed messages that their own package does not translate into `language`.

    `root` is the checkout, whose own templates replace those of a package.
    """
    found: list[Message] = []
    for package, (catalogues, places) in _SHOWN.items():
        home = _home(package)
        known = set[Key]()
        for folder in catalogues:
            known |= _translated(home / folder / language / "LC_MESSAGES" / "django.po")
        files = [path for place in places for path in _files(home, place, root)]
        found += [one for one in from_files(files, home.parent) if one.key not in known]
    return merge(found)


def _home(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise LookupError(f"The package {package} is not installed.")
    return Path(found.submodule_search_locations[0])


def _files(home: Path, place: str, root: Path) -> Iterator[Path]:
    path = home / place
    if path.is_file():
        yield path
    elif place == "templates":
        for page in (one for name in _PAGES for one in (path / name).rglob("*.*")):
            if not (root / "templates" / page.relative_to(path)).exists():
                yield page
    else:
        yield from (one for one in path.rglob("*.py") if not _UNSEEN & {*one.parts})


def _translated(path: Path) -> set[Key]:
    if not path.is_file():
        return set()
    with path.open("rb") as file:
        return set(translations(read_po(file)))
