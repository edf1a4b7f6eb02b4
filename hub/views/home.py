"""The first page: what waits for me, what is on this week, what is talked about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hub.views.front import overview


def home(request: HttpRequest) -> HttpResponse:
    """Signed in: waiting, this week, talked about.  Signed out: what this is and who is here."""
    return render(request, "hub/home.html", overview(request))
