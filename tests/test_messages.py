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
    copy = store.path_of(tmp_path, language)
    copy.parent.mkdir(parents=True)
    copy.write_bytes(store.path_of(ROOT / "locale", language).read_bytes())
    changed = store.update(tmp_path, language, wanted(language, ROOT))
    assert not changed, "run: make messages"


def test_every_language_of_the_hub_has_a_catalogue() -> None:
    assert set(LANGUAGES) == set(settings.KNOWN_LANGUAGES) - {"en"}
