"""One style sheet from many small files.

Each part of the interface keeps its rules in a file of its own below
`static/css/`. A browser on a bad line should ask for one file, so they are
joined into `css/hub.css` below `settings.GENERATED_STATIC_DIR`. The finder does this
whenever a source is newer, so development needs no watcher and `collectstatic`
no extra step.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder

BUNDLE = "css/hub.css"
#: The order of the layers is declared in the first file, so the order of the
#: others only matters within one layer.
ORDER = ("layers.css", "reset.css", "tokens.css", "base.css", "layout.css")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def sources() -> list[Path]:
    """Every file that goes into the bundle, in order; the made fonts' sheet comes first."""
    root = _source_root()
    files = [settings.GENERATED_STATIC_DIR / "fonts" / "fonts.css"]
    files += [root / name for name in ORDER]
    files += sorted((root / "parts").glob("*.css"))
    files += sorted((root / "pages").glob("*.css"))
    files.append(root / "print.css")
    return [path for path in files if path.is_file()]


def build() -> Path:
    """Write the bundle if a source has changed since, and return its path."""
    target: Path = settings.GENERATED_STATIC_DIR / BUNDLE
    files = sources()
    if _is_fresh(target, files):
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(squeeze(path.read_text("utf-8")) for path in files)
    # Two processes may build at once: a reader must never see half a file.
    draft = target.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(f"/* {_names(files)} */\n{text}\n", "utf-8")
    draft.replace(target)
    return target


def squeeze(text: str) -> str:
    """Drop comments, indents and blank lines; the rest is compressed on the way."""
    bare = _COMMENT.sub("", text)
    return "\n".join(line.strip() for line in bare.splitlines() if line.strip())


class BundleFinder(BaseFinder):
    """Keeps the bundle fresh; the file itself is found and listed below `GENERATED_STATIC_DIR`."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the bundle's path for `css/hub.css` and nothing for other names.

        `all` is the name that older callers use for `find_all`.
        """
        if path != BUNDLE:
            return []
        found = str(build())
        return [found] if find_all or kwargs.get("all") else found

    def list(self, ignore_patterns: Any) -> Iterator[Any]:
        """Build before anything is collected; the data folder's own finder lists the file."""
        build()
        return iter(())


def _source_root() -> Path:
    for folder in settings.STATICFILES_DIRS:
        if (Path(folder) / "css" / "layers.css").is_file():
            return Path(folder) / "css"
    raise FileNotFoundError("css/layers.css lies in none of the STATICFILES_DIRS")


def _names(files: list[Path]) -> str:
    # A part that was deleted leaves no newer file behind, only another list.
    return " ".join(path.stem for path in files)


def _is_fresh(target: Path, files: list[Path]) -> bool:
    if not target.is_file():
        return False
    made = target.stat().st_mtime_ns
    if any(path.stat().st_mtime_ns >= made for path in files):
        return False
    with target.open(encoding="utf-8") as bundle:
        return bundle.readline() == f"/* {_names(files)} */\n"
