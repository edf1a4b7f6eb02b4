"""Cut the interface's typeface into small web fonts, one file for each script.

FiraGO has one design for Latin, Cyrillic and Georgian. It is far too heavy to
send whole (800 kB a style), so this cuts it into subsets which a browser loads
by `unicode-range`, only when a page holds such letters. The files are made at
set-up, below `settings.GENERATED_STATIC_DIR`, and are not part of the repository.

FiraGO is published under the SIL Open Font License with a reserved name, so the
cut copies carry a name of their own and keep the copyright and licence entries.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FAMILY = "Hub Sans"
#: Raise when the way of cutting changes, so that existing files count as stale.
RECIPE = 1

#: Letters which Albanian and Serbian need stay with the basic Latin file, so
#: that a page in these languages still needs one request only.
_SERBIAN_LATIN = "U+0106-0107,U+010C-010D,U+0110-0111,U+0160-0161,U+017D-017E"
SCRIPTS = {
    "latin": (
        f"U+0000-00FF,U+0131,U+0152-0153,{_SERBIAN_LATIN},U+02C6,U+02DA,U+02DC,"
        "U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212,U+2215"
    ),
    "latin-ext": (
        "U+0100-0105,U+0108-010B,U+010E-010F,U+0112-0130,U+0132-0151,U+0154-015F,"
        "U+0162-017C,U+017F-024F,U+1E00-1EFF,U+20A0-20AB,U+20AD-20BD"
    ),
    "cyrillic": "U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
    "georgian": "U+10A0-10FF,U+20BE",
}

#: `locl` holds the Bulgarian letter shapes, `tnum` the figures for tables.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "tnum", "lnum"]


@dataclass(frozen=True)
class Style:
    """One drawn style: the module that carries it, its file's name, its CSS words."""

    module: str
    slug: str
    weight: str
    slope: str


STYLES = (
    Style("FiraGO_Regular", "regular", "400 500", "normal"),
    Style("FiraGO_Bold", "bold", "600 700", "normal"),
    Style("FiraGO_Italic", "italic", "400 500", "italic"),
)


class FontsMissingError(Exception):
    """The packages that carry the typeface or cut it are not installed."""


def folder(root: Path) -> Path:
    """Where the cut fonts and their style sheet lie below a static root."""
    return root / "fonts"


def are_fresh(root: Path) -> bool:
    """Whether the fonts below `root` were made by today's recipe from today's packages."""
    stamp = folder(root) / "made.json"
    if not stamp.is_file():
        return False
    made = json.loads(stamp.read_text("utf-8"))
    files = [folder(root) / name for name in made["files"]]
    return made["recipe"] == _recipe() and all(path.is_file() for path in files)


def make(root: Path) -> list[Path]:
    """Cut every style for every script below `root` and write the style sheet.

    Returns the files written. Raises `FontsMissingError` when `fonttools`,
    `brotli` or `pymupdf-fonts` cannot be imported.
    """
    target = folder(root)
    target.mkdir(parents=True, exist_ok=True)
    written = []
    rules = []
    for style in STYLES:
        for script, ranges in SCRIPTS.items():
            path = target / f"hub-sans-{script}-{style.slug}.woff2"
            path.write_bytes(_cut(style, ranges))
            written.append(path)
            rules.append(_rule(style, path.name, ranges))
    sheet = target / "fonts.css"
    sheet.write_text("".join(rules), "utf-8")
    written.append(sheet)
    stamp = {"recipe": _recipe(), "files": [path.name for path in written]}
    (target / "made.json").write_text(json.dumps(stamp, indent=1), "utf-8")
    return written


def codepoints(ranges: str) -> set[int]:
    """The code points that a CSS `unicode-range` names: `"U+41-43"` -> `{65, 66, 67}`."""
    found: set[int] = set()
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def _recipe() -> str:
    try:
        version = metadata.version("pymupdf-fonts")
    except metadata.PackageNotFoundError:
        version = "none"
    text = repr((RECIPE, FAMILY, SCRIPTS, FEATURES, STYLES, version))
    return hashlib.sha256(text.encode()).hexdigest()


def _rule(style: Style, name: str, ranges: str) -> str:
    # The path is seen from `css/hub.css`, into which the sheet is bundled.
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{style.weight};'
        f"font-style:{style.slope};font-display:swap;"
        f'src:url("../fonts/{name}") format("woff2");unicode-range:{ranges}}}\n'
    )


def _cut(style: Style, ranges: str) -> bytes:
    """Return one style's letters in `ranges` as a WOFF2 file."""
    try:
        subset = import_module("fontTools.subset")
        ttlib = import_module("fontTools.ttLib")
        source = import_module(f"pymupdf_fonts.{style.module}").fontbuffer
        import_module("brotli")
    except ImportError as error:
        raise FontsMissingError(error.name) from error
    font = ttlib.TTFont(io.BytesIO(source))
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.hinting = False
    options.flavor = "woff2"
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codepoints(ranges))
    cutter.subset(font)
    _rename(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _rename(font: TTFont) -> None:
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            name = FAMILY.replace(" ", "") if record.nameID == 6 else FAMILY
            record.string = name
