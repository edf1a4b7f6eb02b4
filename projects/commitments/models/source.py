"""What a commitment can come from.

A source is any object of the hub: an agreement, a consultation, an activity, a project.  Each
kind is registered once with what the rest of the room needs to know about it, so that a new
kind of source is one entry and no new column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from organisations.models import Organisation


@dataclass(frozen=True)
class Source:
    """One kind of source.

    `visible` gives the rows a person may see; `debtors` the organisations that can owe
    something because of it; `recorders` those whose editors may write it down;
    `suggest` what the form is filled with to begin with.
    """

    key: str
    label: Any
    model: type[Model]
    visible: Callable[[Any], QuerySet[Any]]
    debtors: Callable[[Any], Iterable[Organisation]]
    recorders: Callable[[Any], Iterable[Organisation]]
    open_for: Callable[[Any], bool] = lambda target: True
    words: Any = ""

    @property
    def model_label(self) -> str:
        """`app_label.model`, as panels and content types name it."""
        return self.model._meta.label_lower

    def content_type(self) -> ContentType:
        """The content type; read once per process."""
        return ContentType.objects.get_for_model(self.model)


_kinds: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Let commitments come from objects of `source.model`."""
    _kinds[source.key] = source


def source_kinds() -> list[Source]:
    """All kinds, in the order of registration."""
    return list(_kinds.values())


def source_kind(key: str) -> Source | None:
    """The kind called `key` in addresses, or None."""
    return _kinds.get(key)


def kind_of(target: Model) -> Source | None:
    """The kind that `target` is of, or None."""
    label = target._meta.label_lower
    return next((kind for kind in _kinds.values() if kind.model_label == label), None)


def visible_sources(user: Any) -> Q:
    """A condition on commitments: no source, or one that `user` may see."""
    condition = Q(source_type=None)
    for kind in _kinds.values():
        rows = kind.visible(user).order_by().values("pk")
        condition |= Q(source_type=kind.content_type(), source_id__in=rows)
    return condition
