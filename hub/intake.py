"""What comes in is looked at once, before any view: what cannot be read is refused in words.

Forms and filters say what is wrong with a value.  Here is what lies before them: a query or a
body that cannot be taken apart, that is too large, or that holds what no database can keep.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

from hub.ratelimit import TooMany
from hub.views import errors

Response = Callable[[HttpRequest], HttpResponse]
#: A whole body: five of the largest files and their form.
MAX_BODY_BYTES = 110 * 1024 * 1024
RETRY_AFTER = 60  # seconds, where a refusal does not say it


class CookieMiddleware:
    """Forget cookies with control characters: none of ours has any, and engines choke on them."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand on the request as if such cookies had not been sent."""
        if any(not value.isprintable() for value in request.COOKIES.values()):
            kept = {name: value for name, value in request.COOKIES.items() if value.isprintable()}
            request.COOKIES = kept
        return self.get_response(request)


class IntakeMiddleware:
    """Refuse what cannot be read; give bare refusals of Django and our limits their page."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; nothing but UTF-8 is understood, whatever the sender says."""
        noted: Any = request
        noted.odd_charset = (request.encoding or "utf-8").lower() not in ("utf-8", "utf8")
        if noted.odd_charset:
            request.encoding = "utf-8"
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            page = errors.wrong_method(request)
            page["Allow"] = response["Allow"]
            return page
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response["Retry-After"] = str(getattr(request, "retry_after", RETRY_AFTER))
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Take query and body apart now; None where the view may have them."""
        noted: Any = request
        if noted.odd_charset or _holds_nul(request):
            return errors.bad_request(request, BadRequest())
        if _length(request) > MAX_BODY_BYTES:
            request.POST = QueryDict()  # it will not be read
            return errors.too_large(request)
        try:
            _read(request)
        except RequestDataTooBig:
            return errors.too_large(request)
        except (SuspiciousOperation, BadRequest, UnreadablePostError) as wrong:
            return errors.bad_request(request, wrong)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a limit that was met outside a form."""
        if isinstance(error, TooMany):
            return errors.too_many(request, error)
        return None


def _holds_nul(request: HttpRequest) -> bool:
    """Whether path or query hold the character that no text has."""
    return "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", "")


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _read(request: HttpRequest) -> None:
    """Parse query and form; both are kept by Django, so that nothing is done twice."""
    request.GET  # noqa: B018 - a cached property
    if request.method == "POST":
        request.POST  # noqa: B018 - the same
