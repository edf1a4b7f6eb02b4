"""Feeds over HTTP: for programs, so no redirect, no negotiation, no cookie, no page.

The address alone decides what is read.  `Content-Language` is set here, so that the
middleware does not let the answer vary by the reader's language.
"""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from django.views.decorators.http import require_safe

from activities import ical
from activities.feeds import Feed, UnknownValue
from activities.forms import FeedForm
from activities.models import Activity, FeedToken, Tombstone
from activities.selection import Selection
from activities.services import note_fetch

CALENDAR = "text/calendar; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


def _language(asked: str) -> str:
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _plain(words: str, status: int, language: str) -> HttpResponse:
    answer = HttpResponse(words, status=status, content_type=PLAIN)
    answer["Content-Language"] = language
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """`feed.ics` with any filter of the calendar page; a misspelt one answers 400 in words."""
    language = _language(request.GET.get("language", ""))
    with override(language):
        form = FeedForm(request.GET)
        if not form.is_valid():
            return _plain(form.problems(), 400, language)
        return _answer(request, Feed(form.selection(), language=language), name="calendar")


@require_safe
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """A person's own feed, by the secret in its address; 410 when it was taken back."""
    row = FeedToken.objects.select_related("person").filter(token=token).first()
    if row is None:
        return _plain(_("There is no such feed.") + "\n", 404, settings.LANGUAGE_CODE)
    language = _language(row.language)
    with override(language):
        if row.revoked is not None or not row.person.is_active:
            return _plain(_("This feed was taken back.") + "\n", 410, language)
        selection = Selection(deadline_kinds=None if row.with_deadlines else ())
        reader = Feed(selection, language=language, user=row.person, token=row)
        answer = _answer(request, reader, name="my-calendar", shared=False)
        note_fetch(row)
        return answer


def _answer(request: HttpRequest, feed: Feed, *, name: str, shared: bool = True) -> HttpResponse:
    """The feed, or 304 before it is built where the program has it already.

    A deadline that is taken back leaves no trace of when, so a feed with deadlines is compared
    by its ETag alone; RFC 9110, section 13.1.3, lets us answer a date with the whole.
    """
    state = feed.state
    moment = int(state.last_modified.timestamp())
    sure = moment if feed.selection.deadline_kinds == () else None
    answer = get_conditional_response(request, etag=state.etag, last_modified=sure)
    if answer is None:
        try:
            answer = HttpResponse(feed.text(), content_type=CALENDAR)
        except UnknownValue as unknown:
            return _plain(f"{unknown}\n", 400, feed.language)
        answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    answer["ETag"] = state.etag
    answer["Last-Modified"] = http_date(moment)
    answer["Cache-Control"] = "public, no-cache" if shared else "private, no-cache"
    answer["Content-Language"] = feed.language
    return answer


@require_safe
def activity_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One activity as a file; 410 when it was deleted.  Members get those for members, too."""
    language = settings.LANGUAGE_CODE
    user = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else AnonymousUser()
    found = (
        Activity.objects.visible_to(user)
        .filter(uid=uid)
        .values_list("ical", "tzid", "all_day", "status", "summary", "last_modified", "visibility")
        .first()
    )
    if found is None:
        gone = Tombstone.objects.filter(uid=uid).exists()
        words = _("This activity was deleted.") if gone else _("There is no such activity.")
        return _plain(f"{words}\n", 410 if gone else 404, language)
    part, tzid, all_day, status, summary, changed, visibility = found
    if status == Activity.Status.CANCELLED:
        with override(language):
            prefix = pgettext("before the title of a cancelled activity", "Cancelled: %s")
        part = ical.with_title(part, summary, prefix % summary)
    zones = set() if all_day or tzid == "UTC" else {tzid}
    body = ical.calendar_text(summary, [part], zones, fallback=settings.TIME_ZONE)
    etag, moment = f'"{ical.digest(body):x}"', int(changed.timestamp())
    answer = get_conditional_response(request, etag=etag, last_modified=moment)
    if answer is None:
        answer = HttpResponse(body, content_type=CALENDAR)
        answer["Content-Disposition"] = f'attachment; filename="{uid}.ics"'
    shared = visibility == Activity.Visibility.PUBLIC
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(moment)
    answer["Cache-Control"] = "public, no-cache" if shared else "private, no-cache"
    answer["Content-Language"] = language
    return answer
