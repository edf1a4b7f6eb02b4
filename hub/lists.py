"""Lists with a filter in the address: as a page, or as a file by `?format=`."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hub.exports import Column, export, wanted_format
from hub.paging import paginate

PER_PAGE = 30
#: So many rows fit into memory and into any spreadsheet; nobody reads more.
MOST_EXPORTED = 20_000


def list_page(
    request: HttpRequest,
    template: str,
    *,
    found: Any,
    columns: Sequence[Column],
    name: str,
    prepare: Callable[[list[Any]], None] = lambda rows: None,
    per_page: int = PER_PAGE,
    **more: Any,
) -> HttpResponse:
    """What the filter set `found` leaves, as a page or as a file `name`; 400 for a wrong filter.

    `prepare` puts on the rows shown what is computed once for all of them.
    """
    right = found.is_valid()
    rows = found.qs if right else found.queryset.none()
    if right and (form := wanted_format(request)):
        chosen = list(rows[:MOST_EXPORTED])
        prepare(chosen)
        return export(chosen, columns, form=form, name=name)
    page = paginate(rows, request, per_page)
    page.object_list = list(page.object_list)
    prepare(page.object_list)
    context = {
        "filter": found,
        "page": page,
        "is_filtered": right and found.form.has_changed(),
        **more,
    }
    return render(request, template, context, status=200 if right else 400)
