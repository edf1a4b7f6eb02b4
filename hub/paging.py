"""Pages of long lists."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def paginate(rows: Any, request: HttpRequest, per_page: int = 30) -> Page[Any]:
    """The page that `?page=` asks for; a number out of range gives the nearest page."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
