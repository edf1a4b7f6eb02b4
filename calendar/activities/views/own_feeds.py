"""How to subscribe, and a person's own feeds."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities import access, services
from activities.forms import FeedTokenForm, SelectionForm
from activities.forms.fields import ORGANISATIONS_LIST, organisations_offered
from activities.models import FeedToken
from hub.attempts import attempt, sent
from hub.permissions import require
from organisations.acting import ActingRequest


def addresses(path: str, name: str) -> dict[str, str]:
    """The addresses under which programs take a feed: plain, webcal, and the big web calendars.

    Google wants webcal inside its own address, Microsoft wants https.
    """
    plain = settings.HUB_BASE_URL + path
    webcal = "webcal://" + plain.partition("://")[2]
    return {
        "plain": plain,
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        "outlook": _microsoft("outlook.live.com", plain, name),
        "office": _microsoft("outlook.office.com", plain, name),
    }


def _microsoft(host: str, plain: str, name: str) -> str:
    query = f"url={quote(plain, safe='')}&name={quote(name, safe='')}"
    return f"https://{host}/calendar/0/addfromweb?{query}"


@require_safe
def subscribe(request: ActingRequest) -> HttpResponse:
    """The address of the feed of a filter, and how each program takes it."""
    form = SelectionForm(request.GET)
    right = form.is_valid()
    selection = form.selection()
    language = get_language() or settings.LANGUAGE_CODE
    query = selection.query(
        **({} if language == settings.LANGUAGE_CODE else {"language": language})
    )
    form.offer_choices()
    context: dict[str, Any] = {
        "form": form,
        "query": selection.query(),
        "is_filtered": bool(selection.query()),
        "links": addresses(reverse("activities:feed") + query, settings.HUB_NAME),
    }
    return render(request, "activities/subscribe.html", context, status=200 if right else 400)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_feeds(request: ActingRequest) -> HttpResponse:
    """One's own feeds: make one, see when it was fetched, take it back."""
    require(request.actor, "activities.own_feed")
    form = FeedTokenForm(sent(request), initial={"language": get_language()})
    tried = attempt(form, lambda: services.make_feed(actor=request.actor, **form.plan()))
    if tried.done:
        messages.success(request, _("The feed is made. Keep its address to yourself."))
        return redirect("activities:own-feeds")
    rows = FeedToken.objects.live().filter(person=request.actor.person)
    tokens = [
        {"row": row, "links": addresses(row.get_absolute_url(), row.name)}
        for row in rows.prefetch_related("organisations", "places")
    ]
    context = {
        "form": form,
        "tokens": tokens,
        "list_id": ORGANISATIONS_LIST,
        "offered": organisations_offered(),
    }
    return render(request, "activities/own_feeds.html", context, status=tried.status)


@login_required
@require_POST
def revoke(request: ActingRequest, pk: int) -> HttpResponse:
    """Take an own feed back, for good."""
    token = access.token_of(request.actor, pk)
    services.revoke_feed(token=token, actor=request.actor)
    messages.success(request, _("The feed is taken back. Its address no longer works."))
    return redirect("activities:own-feeds")
