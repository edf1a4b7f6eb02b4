"""Where to go after a small form that stands on every page."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_of(request: HttpRequest) -> str:
    """The address that the form carries as `next`; the first page where it leads elsewhere."""
    target = request.POST.get("next", "")
    here = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, here, request.is_secure()) else "/"
