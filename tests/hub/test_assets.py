"""Static files: hashed names, compressed copies, and no work where nothing changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import storages

from hub import assets


@pytest.fixture
def source(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The only folder of static files, with one style sheet; collected to a folder beside it."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "plain.css").write_text("a { color: red }\n" * 40)
    (folder / "admin").mkdir()
    (folder / "admin" / "seldom.css").write_text("b { color: red }\n" * 40)
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "hub.assets.HashedStorage"},
    }
    finders.get_finder.cache_clear()
    yield folder
    finders.get_finder.cache_clear()


def collected(settings: Any) -> set[str]:
    root = Path(settings.STATIC_ROOT)
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_files_get_names_that_tell_their_content(source: Path, settings: Any) -> None:
    assert assets.collect() is True
    name = storages["staticfiles"].stored_name("plain.css")
    seldom = storages["staticfiles"].stored_name("admin/seldom.css")
    assert collected(settings) == {
        "staticfiles.json",
        assets.STAMP,
        name,
        f"{name}.gz",
        f"{name}.br",
        seldom,
    }


def test_nothing_is_done_where_nothing_changed(source: Path) -> None:
    assert (assets.collect(), assets.collect()) == (True, False)


def test_a_change_is_collected_and_the_old_name_forgotten(source: Path, settings: Any) -> None:
    assets.collect()
    before = storages["staticfiles"].stored_name("plain.css")
    (source / "plain.css").write_text("a { color: blue; margin: 0 }\n")
    assert assets.collect() is True
    assert storages["staticfiles"].stored_name("plain.css") != before
