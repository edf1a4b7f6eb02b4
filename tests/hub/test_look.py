"""Parts made by tags, and the templates of the larger ones."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import timezone

from hub.templatetags import look
from hub.views.styleguide import styleguide

TEMPLATES = Path(settings.TEMPLATES[0]["DIRS"][0])
ICONS = Path(settings.STATICFILES_DIRS[0]) / "icons.svg"
TODAY = date(2026, 11, 22)


@pytest.fixture
def noon() -> Iterator[None]:
    """Noon of a Sunday."""
    with (
        time_machine.travel(datetime(2026, 11, 22, 11, 0, tzinfo=UTC), tick=False),
        timezone.override("Europe/Tirane"),
    ):
        yield


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", str(markup)).split())


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Rinia Aktive", "RA"),
        ("Besa", "B"),
        ("иван петров", "ИП"),
        ("ნინო ბერიძე", "ნბ"),
        ("Rrjeti - për Ujin", "RU"),
        ("«Дунав» ООД", "ДО"),
        ("Prindërit e Kopshtit nr. 3", "PK"),
        ("", ""),
    ],
)
def test_initials_are_first_and_last_letters(name: str, letters: str) -> None:
    assert look.initials(name) == letters


@pytest.mark.parametrize(
    ("due", "done", "closes", "expected"),
    [
        (12, None, False, "12 days left"),
        (1, None, False, "1 day left"),
        (0, None, False, "Last day today"),
        (-1, None, False, "1 day late"),
        (-3, None, True, "Closed"),
        (5, 2, False, "In time"),
        (2, 2, False, "In time"),
        (2, 5, False, "3 days late"),
    ],
)
@pytest.mark.usefixtures("noon")
def test_clock_says_days_left_or_late(
    due: int, done: int | None, closes: bool, expected: str
) -> None:
    finished = None if done is None else TODAY + timedelta(done)
    markup = look.clock(TODAY + timedelta(due), done=finished, closes=closes)
    assert words(markup).startswith(expected)


@pytest.mark.usefixtures("noon")
def test_clock_counts_the_readers_days() -> None:
    """Half an hour past midnight UTC+1 is the next day there, whatever the hour in UTC."""
    due = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert words(look.clock(due)) == "2 days left Tuesday, 24 November 2026"


@pytest.mark.usefixtures("noon")
def test_clock_shows_the_day_on_which_it_was_done() -> None:
    markup = look.clock(TODAY + timedelta(5), done=TODAY + timedelta(2))
    assert words(markup) == "In time Tuesday, 24 November 2026"


@pytest.mark.usefixtures("noon")
def test_clock_ring_shows_the_share_that_is_left() -> None:
    markup = look.clock(TODAY + timedelta(5), start=TODAY - timedelta(15))
    assert 'stroke-dasharray="25 100"' in markup


@pytest.mark.usefixtures("noon")
def test_age_gives_the_exact_time_too() -> None:
    markup = look.when(datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
    assert words(markup) == "3 hours ago (Sunday, 22 November 2026, 09:00)"
    assert 'title="Sunday, 22 November 2026, 09:00"' in markup


def test_marks_escape_what_people_typed() -> None:
    markup = look.avatar("<b>", "cso") + look.kind_chip("cso", "<i>") + look.icon("x", '"><u>')
    assert not re.search(r"<(b|i|u)>", markup)


@pytest.mark.parametrize(
    ("pages", "number", "shown"),
    [
        (1, 1, [1]),
        (3, 2, [1, 2, 3]),
        (9, 1, [1, 2, None, 9]),
        (9, 4, [1, 2, 3, 4, 5, None, 9]),
        (9, 5, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_pager_shows_ends_and_neighbours(pages: int, number: int, shown: list[int | None]) -> None:
    page = Paginator(range(pages), 1).page(number)
    assert look.page_numbers(page) == shown


def test_pager_keeps_the_filter_in_the_address(rf: RequestFactory) -> None:
    request = rf.get("/forums/", {"q": "water", "page": "2"})
    page = Paginator(range(30), 10).page(2)
    markup = render_to_string("components/_pager.html", {"page": page}, request)
    assert re.findall(r'href="(\?[^"]*)"', markup) == [
        "?q=water&amp;page=1",
        "?q=water&amp;page=1",
        "?q=water&amp;page=3",
        "?q=water&amp;page=3",
    ]


def test_map_gets_only_points_with_a_position() -> None:
    point = {"name": "A", "url": "/a/", "kind": "cso", "latitude": 42.0, "longitude": 0.0}
    lost = {**point, "latitude": None}
    assert look.map_data([{**point, "email": "private"}, lost]) == [point]


class SampleForm(forms.Form):
    subject = forms.CharField(label="Subject", help_text="One sentence.")
    colour = forms.ChoiceField(
        label="Colour", widget=forms.RadioSelect, choices=[("r", "Red")], help_text="Choose."
    )


def test_field_is_tied_to_hint_and_error() -> None:
    form = SampleForm({"subject": ""})
    markup = render_to_string("components/_form.html", {"form": form})
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in markup
    assert 'aria-describedby="id_colour_helptext id_colour_error"' in markup
    ids = set(re.findall(r'\bid="([^"]+)"', markup))
    targets = re.findall(r'aria-describedby="([^"]+)"', markup)
    links = re.findall(r'href="#([^"]+)"', markup)
    assert {one for target in targets for one in target.split()} <= ids
    assert links == ["id_subject", "id_colour_field"]
    assert set(links) <= ids


def test_field_keeps_what_was_typed() -> None:
    form = SampleForm({"subject": "<Wasser>"})
    markup = render_to_string("components/_form.html", {"form": form})
    assert 'value="&lt;Wasser&gt;"' in markup


def _named(pattern: str, *, without: str = "^$") -> set[tuple[str, str]]:
    found = set()
    for path in TEMPLATES.rglob("*.html"):
        for name in re.findall(pattern, re.sub(without, "", path.read_text("utf-8"))):
            found.add((path.relative_to(TEMPLATES).as_posix(), name))
    return found


def test_every_icon_in_templates_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', ICONS.read_text("utf-8")))
    named = _named(r'\{% icon "([\w-]+)"') | _named(r'icon="([\w-]+)"')
    assert {use for use in named if use[1] not in drawn} == set()


def test_every_included_part_exists() -> None:
    missing = set()
    for page, name in _named(r'\{% (?:include|extends) "([^"]+)"'):
        try:
            get_template(name)
        except TemplateDoesNotExist:
            missing.add((page, name))
    assert missing == set()


def test_no_template_has_inline_style_or_script() -> None:
    """The content security policy refuses both; nothing would show the mistake in a test client."""
    pattern = r"(\sstyle=\"|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=))"
    found = _named(pattern, without=r"\{%.*?%\}")
    assert {use for use in found if not use[0].startswith("emails/")} == set()


def test_frame_is_short() -> None:
    assert len((TEMPLATES / "base.html").read_text("utf-8").splitlines()) <= 150


@pytest.mark.django_db
def test_page_of_parts_shows_every_part(rf: RequestFactory, client: Any) -> None:
    request = rf.get("/styleguide/")
    request.user = client.get("/").wsgi_request.user
    shown = styleguide(request).content.decode()
    blocks = set()
    for path in (Path(settings.STATICFILES_DIRS[0]) / "css" / "parts").glob("*.css"):
        blocks.update(re.findall(r"^  \.([a-z]+(?:-[a-z]+)*)[ ,{]", path.read_text("utf-8"), re.M))
    used = set(re.findall(r"[\w-]+", " ".join(re.findall(r'class="([^"]+)"', shown))))
    assert {one for one in blocks if one not in used and one not in _ELSEWHERE} == set()


#: Shown only where there is something to show: signed in, on the agenda, by a script.
_ELSEWHERE = {"acting", "acting-note", "acting-strip", "agenda", "who-when", "marks", "fields"}


def test_tags_need_no_request() -> None:
    template = Template('{% load look %}{% icon "bell" %}{% avatar "A B" "cso" "small" %}')
    assert words(template.render(Context())) == "AB"
