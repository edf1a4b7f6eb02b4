"""The table of places, filled from the file that ships with the hub."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps as current_apps
from django.apps.registry import Apps

from hub.text import fold

FILE = Path(__file__).resolve().parent.parent / "data" / "places.csv"
LANGUAGES = ("en", "sq", "sr", "bg", "ka")


def load_places(model: Any = None) -> int:
    """Add places that are missing and mend those that changed; how many there are in the file.

    Rows are matched by code and never deleted, so it may be called again at any time.
    """
    place = model or current_apps.get_model("organisations", "Place")
    rows = list(_rows())
    place.objects.bulk_create(
        [place(**fields) for fields, _parent in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["country", "level", "names", "folded", "latitude", "longitude"],
    )
    numbers = dict(place.objects.values_list("code", "pk"))
    known = dict(place.objects.values_list("code", "parent_id"))
    changed = []
    for fields, parent in rows:
        wanted = numbers.get(parent)
        if known[fields["code"]] != wanted:
            changed.append(place(pk=numbers[fields["code"]], parent_id=wanted))
    place.objects.bulk_update(changed, ["parent"])
    return len(rows)


def fill_places(apps: Apps = current_apps, **kwargs: Any) -> None:
    """After `migrate`: see that the places of this release are there."""
    try:
        place = apps.get_model("organisations", "Place")
    except LookupError:  # migrated back to nothing
        return
    load_places(place)


def _rows() -> Iterator[tuple[dict[str, Any], str]]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            names = {code: row[code] for code in LANGUAGES if row[code]}
            yield (
                {
                    "code": row["code"],
                    "country": row["country"],
                    "level": row["level"],
                    "names": names,
                    "folded": fold(" ".join(names.values())),
                    "latitude": float(row["latitude"]),
                    "longitude": float(row["longitude"]),
                },
                row["parent"],
            )
