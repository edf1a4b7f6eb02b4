"""Error pages: what happened, what to do next, in the reader's language."""

from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseServerError,
    JsonResponse,
    QueryDict,
    UnreadablePostError,
)
from django.shortcuts import render
from django.utils.translation import gettext as _

from hub.refusals import in_words


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _calm_frame(request: Any) -> None:
    """The frame is drawn by the request too: what was refused once must not fail again there.

    It shows for whom one acts (perhaps the form named one in vain), and reads query and form
    (perhaps they cannot be taken apart).
    """
    request.acting_refused = True
    for name in ("GET", "POST"):
        try:
            getattr(request, name)
        except (SuspiciousOperation, BadRequest, UnreadablePostError):
            setattr(request, name, QueryDict())


def _answer(request: HttpRequest, status: int, message: str) -> HttpResponse:
    _calm_frame(request)
    if _wants_json(request):
        return JsonResponse({"error": message}, status=status)
    return render(request, f"{status}.html", {"message": message}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request makes no sense."""
    return _answer(request, 400, _("The request could not be understood. Nothing was changed."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: known, but not allowed.  A sentence given with the refusal is shown."""
    return _answer(request, 403, in_words(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing that this reader may see."""
    return _answer(request, 404, _("There is nothing at this address, or you may not see it."))


def wrong_method(request: HttpRequest) -> HttpResponse:
    """405: the address is right, but not for this."""
    return _answer(
        request, 405, _("This address does not take requests of this kind. Nothing was changed.")
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than the hub takes at once."""
    return _answer(request, 413, _("This is more than the hub takes at once. Nothing was changed."))


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: done too often; the exception says for how long to wait."""
    words = _("This was done too often in a short time. Nothing was changed.")
    return _answer(request, 429, str(exception or words))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault.  Rendered without the frame, which may be what broke."""
    _calm_frame(request)
    if _wants_json(request):
        return JsonResponse({"error": "The hub failed. The fault is noted."}, status=500)
    try:
        return render(request, "500.html", status=500)
    except Exception:  # the template itself may be what broke
        return HttpResponseServerError("The hub failed. The fault is noted.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that is too old or came from elsewhere; says how to send it again."""
    _calm_frame(request)
    context: dict[str, Any] = {
        "message": _(
            "This form is too old or came from another site, so it was not taken. Go back, load "
            "the page again, and send it once more."
        )
    }
    if _wants_json(request):
        return JsonResponse({"error": context["message"]}, status=403)
    return render(request, "403_csrf.html", context, status=403)
