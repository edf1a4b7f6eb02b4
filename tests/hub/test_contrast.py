"""Colours can be read: the pairs of tokens reach the contrast that WCAG 2.2 AA asks for."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = Path(settings.STATICFILES_DIRS[0]) / "css" / "tokens.css"
PAPERS = ("paper", "paper-2")
WORDS = ["ink", "ink-soft", "accent", "accent-strong", "good", "warn", "bad", "official"]
KINDS = ["cso", "informal", "media", "municipality", "institution", "network"]
PAIRS = [
    *product([*WORDS, *KINDS], PAPERS),
    *((word, f"{word}-soft") for word in ("accent", "good", "warn", "bad", "official")),
    *(("ink", f"{word}-soft") for word in ("accent", "good", "warn", "bad", "official")),
    *(("ink-soft", f"{word}-soft") for word in ("accent", "bad", "official")),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("bad-ink", "bad"),
    *(("mark-ink", kind) for kind in KINDS),
    ("paper", "ink"),
    ("paper", "ink-soft"),
]
LINES = [*product(("line-strong", "focus", "accent"), PAPERS)]


def blocks() -> dict[str, dict[str, str]]:
    """The colours of each block of tokens: as light, as the system's dark, as dark by hand."""
    text = TOKENS.read_text("utf-8")
    found = {}
    for name, selector in (
        ("light", r":root \{\s*color-scheme: light"),
        ("dark", r':root:not\(\[data-theme="light"\]\) \{'),
        ("dark by hand", r':root\[data-theme="dark"\] \{'),
    ):
        start = re.search(selector, text)
        assert start, name
        body = text[start.end() : text.index("}", start.end())]
        found[name] = dict(re.findall(r"--([\w-]+): (#\w{6});", body))
    return found


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2, of "#rrggbb"."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white_is_known() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_reach_four_and_a_half(theme: str) -> None:
    colours = blocks()[theme]
    low = {
        pair: round(found, 2)
        for pair in PAIRS
        if (found := contrast(colours[pair[0]], colours[pair[1]])) < 4.5
    }
    assert low == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_running_text_reaches_seven(theme: str) -> None:
    colours = blocks()[theme]
    assert contrast(colours["ink"], colours["paper"]) >= 7
    assert contrast(colours["ink-soft"], colours["paper"]) >= 7


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_of_controls_reach_three(theme: str) -> None:
    colours = blocks()[theme]
    low = {pair for pair in LINES if contrast(colours[pair[0]], colours[pair[1]]) < 3}
    assert low == set()


def test_dark_by_hand_equals_dark_by_system() -> None:
    found = blocks()
    assert found["dark by hand"] == found["dark"]


def test_both_themes_name_the_same_colours() -> None:
    found = blocks()
    assert found["dark"].keys() == found["light"].keys()
