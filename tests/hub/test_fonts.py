"""The web fonts hold the letters of all our languages and stay small."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from fontTools.ttLib import TTFont

from hub import fonts

ALPHABETS = {
    "latin": "ABCXYZ abcxyz 0123456789 ëËçÇ čćđšžČĆĐŠŽ – “” „ … €",
    "cyrillic": "АБЯабя ЪъЬьЩщЮю ЂђЈјЉљЊњЋћЏџ №",
    "georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fonts, cut once for this module."""
    root = tmp_path_factory.mktemp("made")
    fonts.make(root)
    return root


def letters(path: Path) -> set[str]:
    return {chr(point) for point in TTFont(path).getBestCmap()}


@pytest.mark.parametrize("script", ALPHABETS)
@pytest.mark.parametrize("style", ["regular", "bold", "italic"])
def test_each_file_holds_the_alphabet_of_its_script(made: Path, script: str, style: str) -> None:
    path = made / "fonts" / f"hub-sans-{script}-{style}.woff2"
    assert set(ALPHABETS[script].replace(" ", "")) - letters(path) == set()


def test_first_paint_of_the_heaviest_language_stays_small(made: Path) -> None:
    files = [
        made / "fonts" / f"hub-sans-{script}-{style}.woff2"
        for script in ("latin", "cyrillic")
        for style in ("regular", "bold")
    ]
    assert sum(path.stat().st_size for path in files) < 120_000


def test_cut_fonts_carry_our_name_and_the_licence(made: Path) -> None:
    font = TTFont(made / "fonts" / "hub-sans-latin-regular.woff2")
    assert font["name"].getDebugName(1) == "Hub Sans"
    assert "Open Font License" in font["name"].getDebugName(13)


def test_scripts_share_no_letter() -> None:
    """A browser takes the last rule that fits; two that fit would load two files."""
    seen: dict[int, str] = {}
    shared = []
    for script, ranges in fonts.SCRIPTS.items():
        for point in fonts.codepoints(ranges):
            if point in seen:
                shared.append((hex(point), seen[point], script))
            seen[point] = script
    assert shared == []


def test_style_sheet_names_files_that_exist(made: Path) -> None:
    sheet = (made / "fonts" / "fonts.css").read_text()
    named = {part.split('"')[0] for part in sheet.split('url("../fonts/')[1:]}
    assert named == {path.name for path in (made / "fonts").glob("*.woff2")}


def test_command_makes_fonts_once(tmp_path: Path, settings: Any) -> None:
    settings.GENERATED_STATIC_DIR = tmp_path
    said = [io.StringIO(), io.StringIO()]
    for out in said:
        call_command("fonts", stdout=out)
    assert "13 font files written" in said[0].getvalue()
    assert "up to date" in said[1].getvalue()


def test_another_recipe_makes_the_files_stale(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fonts.are_fresh(made)
    monkeypatch.setattr(fonts, "RECIPE", fonts.RECIPE + 1)
    assert not fonts.are_fresh(made)


def test_missing_package_is_named(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.GENERATED_STATIC_DIR = tmp_path

    def absent(name: str) -> Any:
        raise ModuleNotFoundError(name=name.partition(".")[0])

    monkeypatch.setattr(fonts, "import_module", absent)
    said = io.StringIO()
    call_command("fonts", stderr=said)
    assert "the package fontTools is missing" in said.getvalue()
