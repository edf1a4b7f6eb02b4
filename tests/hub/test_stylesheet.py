"""One style sheet is made of the parts, and is made again when a part changes."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from hub import stylesheet

STATIC = Path(settings.STATICFILES_DIRS[0])


@pytest.fixture
def shop(tmp_path: Path, settings: Any) -> Path:
    """A small set of sources, and an empty folder for what is made."""
    css = tmp_path / "static" / "css"
    (css / "parts").mkdir(parents=True)
    (css / "layers.css").write_text("@layer base, parts, print;")
    (css / "base.css").write_text("/* why */\n@layer base {\n\n  a { color: red; }\n}")
    (css / "parts" / "row.css").write_text("@layer parts { .row { gap: 1px; } }")
    (css / "print.css").write_text("@layer print { b { top: 0; } }")
    settings.STATICFILES_DIRS = [tmp_path / "static", tmp_path / "made"]
    settings.GENERATED_STATIC_DIR = tmp_path / "made"
    return css


def rules(path: Path) -> list[str]:
    return path.read_text().splitlines()[1:]


def test_bundle_holds_all_parts_in_order_without_comments(shop: Path) -> None:
    assert rules(stylesheet.build()) == [
        "@layer base, parts, print;",
        "@layer base {",
        "a { color: red; }",
        "}",
        "@layer parts { .row { gap: 1px; } }",
        "@layer print { b { top: 0; } }",
    ]


def test_fonts_come_into_the_bundle_where_they_were_made(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "made" / "fonts").mkdir(parents=True)
    (tmp_path / "made" / "fonts" / "fonts.css").write_text("@font-face{}")
    assert rules(stylesheet.build())[0] == "@font-face{}"


def test_bundle_is_left_alone_while_nothing_changes(shop: Path) -> None:
    first = stylesheet.build().stat().st_mtime_ns
    assert stylesheet.build().stat().st_mtime_ns == first


@pytest.mark.parametrize("change", ["edit", "add", "remove"])
def test_bundle_is_made_again_when_the_parts_change(shop: Path, change: str) -> None:
    made = stylesheet.build()
    os.utime(made, (made.stat().st_mtime + 5,) * 2)
    part = shop / "parts" / "row.css"
    if change == "edit":
        part.write_text("@layer parts { .row { gap: 2px; } }")
        os.utime(part, (made.stat().st_mtime + 5,) * 2)
    elif change == "add":
        (shop / "parts" / "card.css").write_text("@layer parts { .card { gap: 3px; } }")
    else:
        part.unlink()
    expected = {"edit": "gap: 2px", "add": "gap: 3px", "remove": ""}[change]
    text = stylesheet.build().read_text()
    assert expected in text
    assert ("gap: 1px" in text) is (change == "add")


def test_finder_knows_the_bundle_and_nothing_else(shop: Path) -> None:
    finder = stylesheet.BundleFinder()
    made = str(stylesheet.build())
    assert finder.find("css/hub.css") == made
    assert finder.find("css/hub.css", find_all=True) == [made]
    assert finder.find("css/other.css") == []
    assert list(finder.list(None)) == []


def test_finder_is_asked_before_the_folders() -> None:
    assert isinstance(next(iter(finders.get_finders())), stylesheet.BundleFinder)


def test_every_rule_of_ours_stands_in_a_layer() -> None:
    """Rules outside all layers beat the print sheet; only answers to Leaflet's may do that."""
    loose = {}
    for path in sorted((STATIC / "css").rglob("*.css")):
        depth, outside = 0, []
        for line in stylesheet.squeeze(path.read_text("utf-8")).splitlines():
            if depth == 0 and not line.startswith("@layer"):
                outside.append(line)
            depth += line.count("{") - line.count("}")
        if [line for line in outside if ".leaflet-" not in line]:
            loose[path.name] = outside
    assert loose == {}


def test_words_are_never_put_into_capitals() -> None:
    """Georgian has no capitals to put words into, and screen readers may spell them out."""
    guilty = [
        path.name
        for path in (STATIC / "css").rglob("*.css")
        if re.search(r"text-transform|font-variant-caps|small-caps", path.read_text("utf-8"))
    ]
    assert guilty == []


def test_only_tokens_name_colours() -> None:
    guilty = {
        path.name: found
        for path in (STATIC / "css").rglob("*.css")
        if path.name not in {"tokens.css", "print.css"}
        and (found := re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(", path.read_text("utf-8")))
    }
    assert guilty == {}


def test_every_token_in_use_exists() -> None:
    sheets = [path.read_text("utf-8") for path in (STATIC / "css").rglob("*.css")]
    named = {name for text in sheets for name in re.findall(r"(--[\w-]+)\s*:", text)}
    used = {name for text in sheets for name in re.findall(r"var\((--[\w-]+)", text)}
    assert used - named == set()
