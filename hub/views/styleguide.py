"""Every part of the interface on one page, filled with likely content (development only)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

# The words below are samples of what people write, in their own languages; they are data,
# not part of the interface, and so are not translated.
PLACES: list[dict[str, Any]] = [
    {"name": "Komuna e Prizrenit", "kind": "municipality", "latitude": 42.21, "longitude": 20.74},
    {"name": "Rinia Aktive", "kind": "cso", "latitude": 42.21, "longitude": 20.74},
    {"name": "Opština Gračanica", "kind": "municipality", "latitude": 42.6, "longitude": 21.19},
    {"name": "Bashkia Korçë", "kind": "municipality", "latitude": 40.62, "longitude": 20.78},
    {"name": "Община Видин", "kind": "municipality", "latitude": 43.99, "longitude": 22.87},
    {"name": "Дунавски вестник", "kind": "media", "latitude": 43.99, "longitude": 22.87},
    {
        "name": "ქუთაისის მუნიციპალიტეტი",
        "kind": "municipality",
        "latitude": 42.27,
        "longitude": 42.7,
    },
    {"name": "რიონის ხმა", "kind": "media", "latitude": 42.27, "longitude": 42.7},
]


class SampleForm(forms.Form):
    """One field of each shape."""

    subject = forms.CharField(label="Subject", help_text="One sentence that says what is asked.")
    organisation = forms.ChoiceField(
        label="Organisation", choices=[("", "All"), ("ra", "Rinia Aktive"), ("v", "Община Видин")]
    )
    text = forms.CharField(
        label="Text",
        widget=forms.Textarea,
        help_text="You can use Markdown: **strong**, *emphasis*, lists and links.",
    )
    closes = forms.DateField(
        label="Closing day",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The last day on which contributions are taken.",
    )
    audience = forms.ChoiceField(
        label="Who may contribute?",
        widget=forms.RadioSelect,
        choices=[("all", "Everyone with an account"), ("some", "Invited organisations only")],
        help_text="Everyone can read all contributions.",
    )
    topics = forms.MultipleChoiceField(
        label="Fields of work",
        widget=forms.CheckboxSelectMultiple,
        choices=[("b", "Budget"), ("y", "Youth"), ("w", "Waste and water")],
        required=False,
    )
    document = forms.FileField(label="Document", required=False, help_text="PDF, at most 20 MB.")
    notify = forms.BooleanField(label="Tell me by e-mail about each contribution", required=False)


class SampleFilter(forms.Form):
    """What a filter panel holds."""

    q = forms.CharField(label="Words", required=False)
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "All kinds"), ("cso", "Civil society")]
    )
    place = forms.ChoiceField(
        label="Municipality", required=False, choices=[("", "All municipalities"), ("p", "Prizren")]
    )


def styleguide(request: HttpRequest) -> HttpResponse:
    """The page; `?page=` shows the pager at work."""
    return render(request, "hub/styleguide.html", _samples(request))


def _samples(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    today = timezone.localdate()
    wrong = SampleForm({"subject": "", "audience": "all"})
    wrong.is_valid()
    return {
        "form": SampleForm(auto_id="good_%s"),
        "wrong": wrong,
        "filter": SampleFilter({}, auto_id="filter_%s"),
        "page": Paginator(range(412), 20).get_page(request.GET.get("page", 7)),
        "steps": _steps(today),
        "entries": _entries(now),
        "tabs": _tabs(),
        "parties": [dict(place, url="#", note="") for place in PLACES[:4]],
        "points": [dict(place, url="#map") for place in PLACES],
        "kinds": _kinds(),
        "icons": _ICONS.split(),
        "colours": _COLOURS.split(),
        "month": _month(today),
        "moments": _moments(now, today),
    }


def _steps(today: date) -> list[dict[str, Any]]:
    days = [today + timedelta(count) for count in (-30, -2, 12, 42)]
    labels = ["Draft published", "Contributions", "Municipality weighs them", "Answer published"]
    notes = ["", "Twelve so far", "Komuna e Prizrenit acts", ""]
    states = ["done", "now", "next", "next"]
    return [
        {"label": label, "state": state, "date": day, "note": note}
        for label, state, day, note in zip(labels, states, days, notes, strict=True)
    ]


def _entries(now: datetime) -> list[dict[str, Any]]:
    return [
        {"when": now - timedelta(hours=1), "text": "Signed", "actor": "Besa Krasniqi", "url": "#"},
        {"when": now - timedelta(days=3), "text": "Изпратено за подпис", "actor": "Иван Петров"},
        {"when": now - timedelta(days=400), "text": "ხელშეკრულება დაიწყო", "actor": "ნინო ბერიძე"},
    ]


def _tabs() -> list[dict[str, Any]]:
    return [
        {"label": "Topics", "url": "#tabs", "current": True, "count": 24},
        {"label": "Activities", "url": "#tabs", "current": False, "count": 8},
        {"label": "Agreements", "url": "#tabs", "current": False, "count": 0},
        {"label": "People", "url": "#tabs", "current": False, "count": None},
    ]


def _kinds() -> list[tuple[str, str, str]]:
    return [
        ("cso", "Civil-society organisation", "Rinia Aktive"),
        ("informal", "Informal group", "Грађани Грачанице"),
        ("media", "Media", "Дунавски вестник"),
        ("municipality", "Municipality", "Komuna e Prizrenit"),
        ("institution", "Public institution", "ქუთაისის უნივერსიტეტი"),
        ("network", "Network", "Rrjeti për Ujin"),
    ]


def _month(today: date) -> list[list[date]]:
    first = today.replace(day=1)
    start = first - timedelta(first.weekday())
    return [[start + timedelta(7 * week + day) for day in range(7)] for week in range(5)]


def _moments(now: datetime, today: date) -> dict[str, Any]:
    return {
        "minutes_ago": now - timedelta(minutes=12),
        "weeks_ago": now - timedelta(days=20),
        "soon": now + timedelta(days=2, hours=3),
        "soon_end": now + timedelta(days=2, hours=5),
        "in_two_days": today + timedelta(2),
        "in_twelve_days": today + timedelta(12),
        "three_days_ago": today - timedelta(3),
        "month_ago": today - timedelta(30),
    }


_ICONS = (
    "agreement announcement attach bell calendar check chevron-down chevron-left chevron-right "
    "chevron-up clock close commitment consultation cso document download edit external eye filter "
    "forum globe grid home info informal institution link list lock mail map-pin media menu minus "
    "moon municipality network person phone pin place plus print project reply search settings "
    "share sign-in sign-out subscribe sun trash upload verified warning"
)
_COLOURS = (
    "ink ink-soft accent good warn bad official cso informal media municipality institution network"
)
