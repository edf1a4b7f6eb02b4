"""A list in other forms: the same rows as CSV, XLSX or JSON, by `?format=`."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from openpyxl import Workbook

FORMATS = ("csv", "xlsx", "json")
Column = tuple[str, Callable[[Any], Any]]


def address(row: Any) -> str:
    """Where the row can be read on the hub: the column `url` of each list."""
    return f"{settings.HUB_BASE_URL}{row.get_absolute_url()}"


def wanted_format(request: HttpRequest) -> str:
    """The form asked for, empty for a page."""
    asked = request.GET.get("format", "")
    return asked if asked in FORMATS else ""


def export(rows: Iterable[Any], columns: Sequence[Column], *, form: str, name: str) -> HttpResponse:
    """`rows` as a file `name.form`; `columns` pair a heading with how to read a row.

    Text that a spreadsheet would take for a formula is led by an apostrophe in CSV and XLSX.
    """
    table = [[read(row) for _, read in columns] for row in rows]
    headings = [heading for heading, _ in columns]
    if form == "json":
        body = json.dumps(
            [dict(zip(headings, line, strict=True)) for line in table],
            ensure_ascii=False,
            default=_plain,
        )
        return HttpResponse(body, content_type="application/json; charset=utf-8")
    safe = [[_harmless(_plain(value)) for value in line] for line in table]
    if form == "xlsx":
        response = HttpResponse(
            _workbook(headings, safe),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    else:
        text = io.StringIO()
        csv.writer(text).writerows([headings, *safe])
        response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, int | float | bool) or value is None else str(value)


def _harmless(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _workbook(headings: list[str], table: list[list[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in [headings, *table]:
        sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
