"""Error pages: what happened, what to do next, in the reader's language."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _calm_frame(request: Any) -> None:
    """The frame shows for whom one acts; where the form named one in vain, it must not refuse
    once more while it is drawn."""
    request.acting_refused = True


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
    said = str(exception)
    message = said if " " in said else _("You may not do this. Nothing was changed.")
    return _answer(request, 403, message)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing that this reader may see."""
    return _answer(request, 404, _("There is nothing at this address, or you may not see it."))


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
