"""What of the calendar is asked for: the same choice for a page and for its feed.

Plain values, checked by `forms.SelectionForm`; turned into rows and deadlines here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from activities.models import ActivityQuerySet
from hub import deadlines
from hub.deadlines import Deadline
from hub.search import contains_all
from hub.text import fold
from organisations.models import Place


def within_place(code: str, path: str = "") -> Q:
    """A condition: the place at `path` (`place__`) is, or lies in, the place with this code."""
    return (
        Q(**{f"{path}code": code})
        | Q(**{f"{path}parent__code": code})
        | Q(**{f"{path}parent__parent__code": code})
    )


@dataclass(frozen=True)
class Selection:
    """A filter of the calendar; empty values ask for everything.

    `deadline_kinds` None means all kinds, an empty tuple none.
    """

    organisation: str = ""
    place: str = ""
    tag: str = ""
    kind: str = ""
    q: str = ""
    deadline_kinds: tuple[str, ...] | None = None

    def apply(self, rows: ActivityQuerySet) -> ActivityQuerySet:
        """Those of `rows` that are asked for."""
        if self.organisation:
            rows = rows.of_organisation(self.organisation)
        if self.place:
            rows = rows.filter(within_place(self.place, "place__"))
        if self.tag:
            rows = rows.filter(tags__slug=self.tag)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.q:
            rows = rows.filter(contains_all("folded", fold(self.q).split()[:8]))
        return rows

    def deadlines(self, user: Any, first: date, last: date) -> list[Deadline]:
        """The deadlines that are asked for, from `first` to `last`, both included.

        A kind of activity asks for activities of that kind, and for no deadlines.
        """
        if self.deadline_kinds == () or self.kind:
            return []
        found = deadlines.deadlines(user, first, last, self.deadline_kinds)
        return [entry for entry in found if self._wants(entry)] if self._narrow else found

    @property
    def _narrow(self) -> bool:
        return bool(self.organisation or self.place or self.tag or self.q)

    def _wants(self, entry: Deadline) -> bool:
        slugs = {named.slug for named in entry.organisations}
        if self.organisation and self.organisation not in slugs:
            return False
        if self.place and not self._codes.intersection(entry.place_codes):
            return False
        if self.tag and self.tag not in entry.tags:
            return False
        if self.q:
            names = " ".join(named.name for named in entry.organisations)
            told = fold(f"{entry.title} {names}")
            return all(word in told for word in fold(self.q).split()[:8])
        return True

    @cached_property
    def _codes(self) -> set[str]:
        """The codes of the place and of all places in it; one query."""
        rows = Place.objects.filter(within_place(self.place))
        return set(rows.values_list("code", flat=True))

    def query(self, **more: str) -> str:
        """The choice as the query of an address, always in the same order; "" for everything."""
        given: Iterable[tuple[str, str]] = [
            ("organisation", self.organisation),
            ("place", self.place),
            ("tag", self.tag),
            ("kind", self.kind),
            ("q", self.q),
            ("deadlines", self._deadlines_word()),
            *more.items(),
        ]
        encoded = urlencode([(name, value) for name, value in given if value])
        return f"?{encoded}" if encoded else ""

    def _deadlines_word(self) -> str:
        if self.deadline_kinds is None:
            return ""
        return ",".join(self.deadline_kinds) or "no"
