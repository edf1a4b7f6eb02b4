"""Text: what people write becomes safe HTML; what they search for is found in any script."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.text import fold, plain_text, render_markdown


def test_markdown_becomes_html() -> None:
    html = render_markdown("# Title\n\nSome **bold** words\nand a line.\n\n- one\n- two")
    assert html == (
        "<h3>Title</h3>\n<p>Some <strong>bold</strong> words<br>\nand a line.</p>\n"
        "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
    )


def test_bare_address_becomes_a_link_without_its_full_stop() -> None:
    assert render_markdown("See https://hub.example/a?b=1.") == (
        '<p>See <a href="https://hub.example/a?b=1" rel="nofollow ugc noopener">'
        "https://hub.example/a?b=1</a>.</p>\n"
    )


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        '<https://x.example/"onmouseover=alert(1)>',
        '<a href="javascript:alert(1)">x</a>',
        "![x](https://tracker.example/pixel.png)",
    ],
)
def test_hostile_text_is_harmless(source: str) -> None:
    html = render_markdown(source)
    assert not re.search(r"<script|<img|<[^>]+\son\w+=|<[^>]+href=\"(javascript|data):", html)


@given(st.text(max_size=300))
def test_any_text_gives_only_allowed_tags(source: str) -> None:
    tags = set(re.findall(r"<(\w+)", render_markdown(source)))
    assert tags <= {
        "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol",
        "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Gjilan", "gjilan"),
        ("ГЊИЛАНЕ", "gnjilane"),
        ("Gnjilane", "gnjilane"),
        ("Ђаковица  и   Đakovica", "djakovica i djakovica"),
        ("Pukë, Shkodër!", "puke shkoder"),
        ("თბილისი", "tbilisi"),
        ("Пловдив", "plovdiv"),
    ],
)
def test_fold_makes_scripts_and_diacritics_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=200))
def test_fold_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_plain_text_is_cut_at_a_word() -> None:
    assert plain_text("Some **bold** words that go on", 16) == "Some bold words…"
    assert plain_text("a < b & c") == "a < b & c"
