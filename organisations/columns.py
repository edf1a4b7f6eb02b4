"""The directory's columns in files."""

from typing import Any

from hub.exports import Column, address
from organisations.models import Organisation


def _tags(row: Organisation) -> str:
    return ", ".join(sorted(tag.name for tag in row.tags.all()))


def _place(row: Organisation) -> Any:
    return row.place.name if row.place else ""


#: Headings are names for programs and stay the same in every language.
COLUMNS: list[Column] = [
    ("name", lambda row: row.name),
    ("kind", lambda row: row.kind),
    ("status", lambda row: row.status),
    ("country", lambda row: row.country),
    ("place", lambda row: row.place.code if row.place else ""),
    ("place_name", _place),
    ("registration_number", lambda row: row.registration_number),
    ("summary", lambda row: row.summary),
    ("tags", _tags),
    ("website", lambda row: row.website),
    ("email", lambda row: row.email),
    ("phone", lambda row: row.phone),
    ("address", lambda row: row.address),
    ("latitude", lambda row: row.latitude),
    ("longitude", lambda row: row.longitude),
    ("registered", lambda row: row.created),
    ("url", address),
]
