"""The month, the agenda, and one activity's page."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities import access, presenting
from activities.forms import AskForm, CalendarForm
from activities.forms.fields import ORGANISATIONS_LIST, organisations_offered
from activities.models import Activity, CoOrganiser, Tombstone
from activities.recurrence import Span
from activities.selection import Selection
from activities.times import DAY
from hub import audit, dates
from hub.exports import Column, export, wanted_format
from hub.files.services import files_of
from hub.live.publish import position
from hub.paging import paginate
from hub.permissions import may
from hub.text import render_markdown
from organisations.acting import ActingRequest

PER_PAGE = 60
AGENDA_DAYS = 31
OCCURRENCES_SHOWN = 12

COLUMNS: list[Column] = [
    ("uid", lambda e: str(e.activity.uid) if e.activity else ""),
    ("summary", lambda e: e.title),
    ("kind", lambda e: e.activity.kind if e.activity else e.deadline.kind),
    ("dtstart", lambda e: e.start),
    ("dtend", lambda e: e.end),
    ("all_day", lambda e: e.all_day),
    ("tzid", lambda e: e.tzid),
    ("status", lambda e: e.activity.status if e.activity else ""),
    ("organisations", lambda e: e.organiser),
    ("location", lambda e: e.where),
    ("url", lambda e: settings.HUB_BASE_URL + e.url),
]


def _asked(request: ActingRequest) -> tuple[CalendarForm, Selection, int]:
    """The filter, what it asks for, and the status to answer with."""
    form = CalendarForm(request.GET)
    status = 200 if form.is_valid() else 400
    return form, form.selection(), status


def _frame(form: CalendarForm, selection: Selection) -> dict[str, Any]:
    """What month and agenda share: the filter with its choices, and the feed of it.

    Made before the entries are read: what changes in between is told twice, never lost.
    """
    form.offer_choices()
    return {
        "form": form,
        "is_filtered": bool(selection.query()),
        "query": selection.query(),
        "seq": position("calendar"),
        "today": timezone.localdate(),
    }


@require_safe
def month(request: ActingRequest) -> HttpResponse:
    """A month on wide screens, its agenda on phones."""
    form, selection, status = _asked(request)
    context = _frame(form, selection)
    asked, today = form.cleaned_data.get("month"), context["today"]
    shown = asked or today.replace(day=1)
    first, last = presenting.grid(shown)
    found = presenting.entries(request.user, first, last, selection)
    in_month = [
        e for e in found if e.last_day >= shown and e.first_day < presenting.next_month(shown)
    ]
    listed = _from_today(in_month, shown, today)
    context |= {
        "month": shown,
        "weeks": presenting.weeks(found, shown, today),
        "weekdays": _weekdays(),
        "days": presenting.by_day(presenting.complete(listed[:PER_PAGE]), shown, today),
        "more": len(listed) - len(listed[:PER_PAGE]),
        "count": len(in_month),
        "tabs": _tabs(selection, asked, "month"),
        **_around(shown),
    }
    return render(request, "activities/month.html", context, status=status)


def _from_today(found: list[presenting.Entry], shown: date, today: date) -> list[presenting.Entry]:
    """On phones, what is over would stand in the way: the present month begins today."""
    if (shown.year, shown.month) != (today.year, today.month):
        return found
    return [entry for entry in found if entry.last_day >= today]


@require_safe
def agenda(request: ActingRequest) -> HttpResponse:
    """A list day by day: the next weeks, or one month; also as CSV, XLSX or JSON."""
    form, selection, status = _asked(request)
    context = _frame(form, selection)
    asked, today = form.cleaned_data.get("month"), context["today"]
    first, last = _days_asked(form, today)
    found = presenting.outline(request.user, first, last, selection)
    if status == 200 and (wanted := wanted_format(request)):
        return export(presenting.complete(found), COLUMNS, form=wanted, name="calendar")
    page = paginate(found, request, PER_PAGE)
    context |= {
        "page": page,
        "days": presenting.by_day(presenting.complete(list(page)), first, today),
        "count": len(found),
        "month": asked,
        "day": form.cleaned_data.get("day"),
        "first": first,
        "last": last,
        "tabs": _tabs(selection, asked, "agenda"),
        **_around(asked or today.replace(day=1)),
    }
    return render(request, "activities/agenda.html", context, status=status)


def _days_asked(form: CalendarForm, today: date) -> tuple[date, date]:
    """One day, one month, or the weeks to come."""
    day, month = form.cleaned_data.get("day"), form.cleaned_data.get("month")
    if day:
        return day, day
    if month:
        return month, presenting.next_month(month) - DAY
    return today, today + AGENDA_DAYS * DAY


def _weekdays() -> list[tuple[str, str]]:
    """Short and long names from Monday to Sunday, in the reader's language."""
    names = dates.locale().days["stand-alone"]
    return [(names["abbreviated"][number], names["wide"][number]) for number in range(7)]


def _around(month: date) -> dict[str, date | None]:
    """The months before and after, as far as the calendar goes."""
    before, after = presenting.previous_month(month), presenting.next_month(month)
    return {
        "previous": before if before.year >= 2000 else None,
        "next": after if after.year <= 2037 else None,
    }


def _tabs(selection: Selection, month: date | None, current: str) -> list[dict[str, Any]]:
    more = {"month": f"{month:%Y-%m}"} if month else {}
    query = selection.query(**more) or "?"
    return [
        {"label": label, "url": f"{address}{query}", "current": name == current}
        for name, label, address in (
            ("month", _("Month"), "/calendar/"),
            ("agenda", _("Agenda"), "/calendar/agenda/"),
        )
    ]


@require_safe
def detail(request: ActingRequest, uid: UUID) -> HttpResponse:
    """One activity: what, when, where, who, and what the reader may do about it."""
    if Tombstone.objects.filter(uid=uid).exists():
        return render(request, "activities/gone.html", status=410)
    seq = position("calendar")  # read before the data: what comes between is told twice, never lost
    activity = access.activity_for(request.user, uid)
    return render(
        request, "activities/detail.html", {"seq": seq, **detail_context(request, activity)}
    )


def detail_context(
    request: ActingRequest, activity: Activity, ask: AskForm | None = None
) -> dict[str, Any]:
    """What the page of an activity shows."""
    actor = request.actor
    partners = list(activity.co_organisers.select_related("organisation"))
    may_edit = may(actor, "activities.edit", activity)
    upcoming = _upcoming(activity) if activity.rrule else []
    return {
        "activity": activity,
        "entry": upcoming[0]["entry"]
        if upcoming
        else presenting.occurrence(activity, _first(activity)),
        "description": render_markdown(activity.description),
        "partners": partners,
        "to_answer": [row for row in partners if _waits_for(request, row)],
        "documents": files_of(activity),
        "tags": activity.tags.all(),
        "points": _points(activity),
        "occurrences": upcoming[:OCCURRENCES_SHOWN],
        "more_occurrences": len(upcoming) - len(upcoming[:OCCURRENCES_SHOWN]),
        "left_out": activity.days_left_out if may_edit else [],
        "may_edit": may_edit,
        "may_delete": may(actor, "activities.delete", activity),
        "ask": (ask or AskForm()) if may_edit else None,
        "ask_list": ORGANISATIONS_LIST,
        "offered": organisations_offered(activity.organisation) if may_edit else [],
        "history": audit.history(activity)[:20] if may_edit else [],
        "webcal": settings.HUB_BASE_URL.partition("://")[2],
    }


def _first(activity: Activity) -> Span:
    return Span(activity.dtstart, activity.dtend)


def _waits_for(request: ActingRequest, row: CoOrganiser) -> bool:
    return row.state == CoOrganiser.State.INVITED and may(request.actor, "activities.respond", row)


def _upcoming(activity: Activity) -> list[dict[str, Any]]:
    """Occurrences not yet over, or all of a series that is over."""
    spans = activity.spans()
    now = timezone.now()
    shown = [span for span in spans if span.dtend > now] or spans
    return [_shown(activity, span) for span in shown]


def _shown(activity: Activity, span: Span) -> dict[str, Any]:
    entry = presenting.occurrence(activity, span)
    return {"entry": entry, "day": span.original, "moved": span.moved, "location": span.location}


def _points(activity: Activity) -> list[dict[str, Any]]:
    """The activity as a point on the map, where it has one."""
    if activity.latitude is None or activity.longitude is None:
        return []
    return [
        {
            "name": activity.where or activity.summary,
            "url": activity.get_absolute_url(),
            "kind": activity.organisation.kind,
            "latitude": activity.latitude,
            "longitude": activity.longitude,
        }
    ]
