"""Small parts of the interface as tags, cheap enough for long lists.

An include costs more than most queries, so whatever stands in each row of a list
is made here. Larger parts are templates in `templates/components/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from hub import dates
from hub.frame import Place, places

register = template.Library()

#: Kinds whose mark is a drawing: all municipalities would share their initials.
_DRAWN = {"municipality", "institution", "network"}
_CHIP_ICONS = {
    "good": "check",
    "warn": "clock",
    "bad": "warning",
    "official": "verified",
}


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from `static/icons.svg`; decoration, unless `label` says what it means.

    Made once: a page holds dozens, and the address of the drawings changes with a new start only.
    """
    if label:
        return format_html(
            '<svg class="icon icon--{0}" role="img" aria-label="{1}"><use href="{2}#{0}"/></svg>',
            name,
            label,
            static("icons.svg"),
        )
    return format_html(
        '<svg class="icon icon--{0}" aria-hidden="true"><use href="{1}#{0}"/></svg>',
        name,
        static("icons.svg"),
    )


@register.filter
def initials(name: Any) -> str:
    """One or two letters for a name: "Rinia Aktive" -> "RA", "თამარ" -> "თ"."""
    words = re.findall(r"[^\W\d_]+", str(name))
    # Little words between ("e", "për", "za") say nothing; Georgian has no capitals at all.
    speaking = [word for word in words if not word[0].islower()] or words
    chosen = speaking[:1] + speaking[-1:] if len(speaking) > 1 else speaking
    return "".join(_capital(word[0]) for word in chosen)


def _capital(letter: str) -> str:
    # Unicode has capitals for Georgian, but people do not use them and few fonts hold them.
    return letter if "ა" <= letter <= "ჿ" else letter.upper()


@register.simple_tag
def avatar(name: Any, kind: str = "person", size: str = "") -> SafeString:
    """The mark beside the name of a person or an organisation; `size` is "", small or large."""
    inner = icon(kind) if kind in _DRAWN else initials(name)
    return format_html(
        '<span class="avatar avatar--{}{}" aria-hidden="true">{}</span>',
        kind or "person",
        f" avatar--{size}" if size else "",
        inner,
    )


@register.simple_tag
def kind_chip(kind: str, label: Any) -> SafeString:
    """The kind of an organisation: icon, hue and word together."""
    return format_html('<span class="chip chip--{}">{} {}</span>', kind, icon(kind), label)


@register.simple_tag
def status_chip(level: str, text: Any, icon: str = "") -> SafeString:
    """The state of something in a word; `level`: good, warn, bad, accent, official, quiet."""
    name = icon or _CHIP_ICONS.get(level, "")
    drawing = _icon(name) if name else ""
    return format_html('<span class="chip chip--{}">{} {}</span>', level, drawing, text)


_icon = icon


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """A moment: relative for less than a day back, else the day; always with the exact time."""
    if moment is None:
        return mark_safe("")
    exact = dates.moment_in_words(moment)
    words = dates.age_in_words(moment)
    if timedelta(0) <= timezone.now() - moment < timedelta(days=1):
        return format_html(
            '<time datetime="{}" title="{}" data-age><span data-age-words>{}</span>'
            '<span class="visually-hidden"> ({})</span></time>',
            moment.isoformat(),
            exact,
            words,
            exact,
        )
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact, words)


@register.simple_tag
def moment(value: datetime | None) -> SafeString:
    """A moment with weekday, day and time, never relative."""
    if value is None:
        return mark_safe("")
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), dates.moment_in_words(value)
    )


@register.simple_tag
def day(value: date | None, style: str = "long") -> SafeString:
    """A day in words; `style`: long (with weekday), short, week, month."""
    if value is None:
        return mark_safe("")
    plain = dates.local(value).date() if isinstance(value, datetime) else value
    return format_html(
        '<time datetime="{}">{}</time>', plain.isoformat(), dates.day_in_words(plain, style)
    )


@register.simple_tag
def today() -> SafeString:
    """The reader's day, with its weekday."""
    return day(timezone.localdate())


@register.simple_tag
def period(
    start: date | None, end: date | None = None, all_day: bool = False, tzid: str = ""
) -> SafeString:
    """From when to when in words; `end` of whole days is the last day (see hub.dates)."""
    if start is None:
        return mark_safe("")
    words = dates.period_in_words(start, end, all_day=all_day, tzid=tzid)
    return format_html('<time datetime="{}">{}</time>', start.isoformat(), words)


@register.simple_tag
def date_block(value: date) -> SafeString:
    """A leaf of the calendar: weekday, number and month of a day or of a moment's day."""
    plain = dates.local(value).date() if isinstance(value, datetime) else value
    locale = dates.locale()
    mark = " date-block--today" if plain == timezone.localdate() else ""
    return format_html(
        '<time class="date-block{}" datetime="{}">'
        '<span class="date-block__weekday">{}</span> '
        '<span class="date-block__day">{}</span> '
        '<span class="date-block__month">{}</span></time>',
        mark,
        plain.isoformat(),
        locale.days["stand-alone"]["abbreviated"][plain.weekday()],
        plain.day,
        locale.months["stand-alone"]["abbreviated"][plain.month],
    )


@register.simple_tag
def clock(
    due: date | None, done: date | None = None, start: date | None = None, closes: bool = False
) -> SafeString:
    """Days left or days late until `due`, as a ring and in words.

    `done` is when it was done; `start` when the time began to run (without it the ring counts
    thirty days). With `closes` a day gone by means "closed", not "late". Once it is done, the day
    shown is that on which it was. Each is a day or an aware moment; moments count as the
    reader's day.
    """
    if due is None:
        return mark_safe("")
    last = _day(due)
    shown = _day(done) if done else last
    left = (last - (shown if done else timezone.localdate())).days
    state, words = _clock_words(left, done=done is not None, closes=closes)
    whole = max((last - _day(start)).days, 1) if start else 30
    share = 100 if done else round(max(0, min(1, left / whole)) * 100)
    return format_html(
        '<span class="clock clock--{}"><svg class="clock__ring" viewBox="0 0 36 36" '
        'aria-hidden="true"><circle cx="18" cy="18" r="15"/><circle class="clock__share" cx="18" '
        'cy="18" r="15" pathLength="100" stroke-dasharray="{} 100"/></svg>'
        '<span class="clock__words"><span class="clock__state">{}</span> '
        '<time class="clock__day" datetime="{}">{}</time></span></span>',
        state,
        share if share or state not in {"late", "soon"} else 100,
        words,
        shown.isoformat(),
        dates.day_in_words(shown),
    )


def _clock_words(left: int, *, done: bool, closes: bool) -> tuple[str, str]:
    late = ngettext("%(count)d day late", "%(count)d days late", -left) % {"count": -left}
    if done:
        return ("done", gettext("In time")) if left >= 0 else ("late", late)
    if left < 0:
        return ("past", gettext("Closed")) if closes else ("late", late)
    if left == 0:
        return "soon", gettext("Last day today")
    words = ngettext("%(count)d day left", "%(count)d days left", left) % {"count": left}
    return ("soon" if left <= 3 else "open"), words


def _day(value: date) -> date:
    return dates.local(value).date() if isinstance(value, datetime) else value


@register.simple_tag(takes_context=True)
def main_places(context: dict[str, Any], bar: str = "top") -> list[Place]:
    """The rooms that the navigation offers in the `top` or the `bottom` bar."""
    return places(context.get("request"), bar)


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The numbers a pager shows: both ends and the neighbours; None stands for a gap."""
    last = page.paginator.num_pages
    near = {1, last, *range(page.number - 1, page.number + 2)}
    shown: list[int | None] = []
    for number in sorted(number for number in near if 1 <= number <= last):
        previous = shown[-1] if shown else number - 1
        if previous is not None and number - previous == 2:
            shown.append(number - 1)
        elif previous is not None and number - previous > 2:
            shown.append(None)
        shown.append(number)
    return shown


@register.filter
def map_data(points: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the map's script needs of each point that has a position, and nothing else."""
    keys = ("name", "url", "kind", "latitude", "longitude")
    return [
        {key: point[key] for key in keys}
        for point in points
        if point["latitude"] is not None and point["longitude"] is not None
    ]


@register.simple_tag
def font_preloads() -> SafeString:
    """Ask early for the letters of the reader's language, where the fonts were made."""
    names = _fonts_for(get_language() or "en")
    return format_html_join(
        "\n",
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
        ((static(name),) for name in names),
    )


@lru_cache(maxsize=16)
def _fonts_for(language: str) -> list[str]:
    script = {"bg": "cyrillic", "mk": "cyrillic", "sr": "cyrillic", "ka": "georgian"}.get(language)
    scripts = ["latin", *([script] if script else [])]
    names = [f"fonts/hub-sans-{script}-regular.woff2" for script in scripts]
    return [name for name in names if (settings.GENERATED_STATIC_DIR / name).is_file()]
