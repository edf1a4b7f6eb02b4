"""What every request needs: the reader's language and time zone; rules for quiet addresses."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant

# No session, no cookie, no language: these addresses answer programs.
QUIET_PATHS = ("/healthz", "/readyz", "/robots.txt")

Response = Callable[[HttpRequest], HttpResponse]


class QuietMiddleware:
    """Answer health checks in the plainest way: nothing below this layer runs for them."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand quiet addresses to `hub.health`, everything else down the chain."""
        if request.path_info in QUIET_PATHS:
            from hub import health  # noqa: PLC0415 - needs the loaded registry of apps

            return health.answer(request)
        return self.get_response(request)


def choose_language(cookie: str, own: str, accept: str) -> str:
    """The language to speak: the cookie's, the person's own, the browser's, else the hub's."""
    offered = dict(settings.LANGUAGES)
    if cookie in offered:
        return cookie
    if own in offered:
        return own
    for part in accept.split(",")[:10]:
        try:
            found = get_supported_language_variant(part.partition(";")[0].strip().lower())
        except LookupError:
            continue
        if found in offered:
            return found
    return settings.LANGUAGE_CODE


class ReaderMiddleware:
    """Speak the reader's language and show times in their zone, for the length of a request."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate, answer, restore.  Pages say that they vary by language."""
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and (
            request.user.is_authenticated
        )
        zone = getattr(request.user, "time_zone", "") if signed_in else ""
        language = choose_language(
            request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
            getattr(request.user, "language", "") if signed_in else "",
            request.headers.get("Accept-Language", ""),
        )
        request.LANGUAGE_CODE = language
        with translation.override(language):
            try:
                if zone:
                    timezone.activate(zoneinfo.ZoneInfo(zone))
                response = self.get_response(request)
            finally:
                timezone.deactivate()
        if signed_in and not response.has_header("Cache-Control"):
            # On shared machines nobody shall leaf back into somebody else's pages.
            response["Cache-Control"] = "private, no-store"
        if "Content-Language" not in response:
            response["Content-Language"] = language
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response
