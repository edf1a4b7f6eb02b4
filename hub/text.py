"""Text: safe HTML from Markdown, plain text from either, folding for search, slugs."""

import re
import unicodedata
from html import unescape

import nh3
from django.db.models import Model, QuerySet
from django.utils.text import slugify
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"breaks": True, "linkify": False, "html": False}).enable(
    ["table", "strikethrough"]
)
_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_HEADING = re.compile(r"<(/?)h([12])>")
_BARE_LINK = re.compile(r"(?<![\w(<\[\"'/=])(https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]])")

# Every script folds to Latin letters, so that Serbian in both scripts is one, and a name is
# found by whoever types it on a Latin keyboard.
_CYRILLIC_TO_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "đ", "е": "e", "ж": "z", "з": "z",
        "и": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o",
        "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ф": "f", "х": "h", "ц": "c",
        "ч": "c", "џ": "dz", "ш": "s", "щ": "st", "ъ": "a", "ь": "", "ю": "ju", "я": "ja", "й": "j",
        "ё": "e", "ы": "i", "э": "e",
    }
)  # fmt: skip
_LETTERS = str.maketrans({"đ": "dj", "ð": "d", "ł": "l", "ı": "i", "ß": "ss", "ø": "o", "æ": "ae"})
_GEORGIAN = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h".split(),
        strict=True,
    )
)


def render_markdown(source: str) -> str:
    """Safe HTML of a text written in Markdown.

    Raw HTML is shown as text; bare web addresses become links; headings begin at the third
    level, because the page and the topic hold the first two.
    """
    html = _markdown.render(_BARE_LINK.sub(r"<\1>", source))
    html = _HEADING.sub(r"<\g<1>h3>", html)
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow ugc noopener",
    )


def plain_text(source: str, limit: int | None = None) -> str:
    """The words of a Markdown text on one line, cut at a word after `limit` characters."""
    stripped = nh3.clean(_markdown.render(source), tags=set())
    words = " ".join(unescape(stripped).split())
    if limit is None or len(words) <= limit:
        return words
    return words[:limit].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def fold(text: str) -> str:
    """`text` as search compares it: lower case, one script, no diacritics, single spaces."""
    romanised = _romanise(unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", romanised)
        if not unicodedata.combining(letter)
    )
    # Once more: a letter may be in our tables only after it has lost its marks.
    folded = _romanise(bare.casefold())
    return " ".join(re.sub(r"[^\w@.+-]+", " ", folded).split())


def _romanise(text: str) -> str:
    latin = text.translate(_CYRILLIC_TO_LATIN).translate(_LETTERS)
    return "".join(_GEORGIAN.get(letter, letter) for letter in latin)


# Words that stand in addresses where a slug could stand: `/organisations/register/`.
_RESERVED = {"create", "feed", "invitations", "new", "register", "verify"}


def unique_slug(queryset: QuerySet[Model], text: str, *, max_length: int = 60) -> str:
    """A slug for `text` that no row of `queryset` has; Cyrillic and Georgian are romanised."""
    base = slugify(fold(text))[:max_length].strip("-") or "x"
    taken = set(
        queryset.filter(slug__startswith=base[: max_length - 5]).values_list("slug", flat=True)
    )
    slug, number = base, 2
    while slug in taken or slug in _RESERVED:
        slug = f"{base[: max_length - 5]}-{number}"
        number += 1
    return slug
