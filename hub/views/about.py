"""What the hub is, how accessible it is, and the choice of language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from hub.redirects import next_of
from organisations.accounts import remember_language


def about(request: HttpRequest) -> HttpResponse:
    """What the hub is for and how it works."""
    return render(request, "hub/about.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "hub/accessibility.html")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Read on in another language: kept in a cookie, and beside the account for mails."""
    response = HttpResponseRedirect(next_of(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        remember_language(response, language)
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
    return response
