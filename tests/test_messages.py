"""Every language is complete, and no catalogue lags behind the code."""

from pathlib import Path

import pytest
from django.conf import settings

from hub.catalogue import LANGUAGES, store
from hub.catalogue.check import check
from hub.management.commands.messages import wanted

ROOT = Path(settings.BASE_DIR)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_complete_and_fits_the_code(language: str) -> None:
    problems = check(ROOT / "locale", language, wanted(language, ROOT))
    assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_file_is_as_the_command_writes_it(language: str, tmp_path: Path) -> None:
    known = store.translations(store.read(ROOT / "locale", language))
    store.write(tmp_path, language, wanted(language, ROOT), known)
    ours = store.path_of(ROOT / "locale", language).read_text(encoding="utf-8")
    assert store.path_of(tmp_path, language).read_text(encoding="utf-8") == ours


def test_every_language_of_the_hub_has_a_catalogue() -> None:
    assert set(LANGUAGES) == set(settings.KNOWN_LANGUAGES) - {"en"}
