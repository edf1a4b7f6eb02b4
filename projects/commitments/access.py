"""Fetch and check: hidden is 404, readable but not changeable is 403."""

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from organisations.acting import Actor
from organisations.models import Organisation
from projects.access import actor_for
from projects.agreements.models import Agreement
from projects.commitments.models import Commitment, Source, source_kind
from projects.commitments.models.source import kind_of


def commitment_for(user: Any, pk: int) -> Commitment:
    """The commitment, if `user` may see it."""
    visible = Commitment.objects.visible_to(user).for_list().select_related("place", "person")
    return get_object_or_404(visible, pk=pk)


def commitment_to(request: HttpRequest, pk: int, name: str) -> tuple[Commitment, Actor]:
    """The commitment, and for whom the person of the request may do `name` to it."""
    commitment = commitment_for(request.user, pk)
    return commitment, actor_for(request, concerned(commitment), name, commitment)


def concerned(commitment: Commitment) -> list[Organisation]:
    """The organisations that may have a right to change something about it, each once."""
    source = commitment.source
    drafter = [source.organisation] if isinstance(source, Agreement) else []
    named = [commitment.organisation, commitment.debtor, *commitment.beneficiaries.all()]
    return list(dict.fromkeys([*named, *drafter]))


def source_for(user: Any, key: str, pk: int) -> tuple[Source, Model]:
    """A source by kind and number, if `user` may see it."""
    kind = source_kind(key)
    if kind is None:
        raise Http404
    return kind, get_object_or_404(kind.visible(user), pk=pk)


def source_to(request: HttpRequest, key: str, pk: int) -> tuple[Source, Model, Actor]:
    """A source, and for whom the person of the request may record a commitment from it."""
    kind, target = source_for(request.user, key, pk)
    return kind, target, actor_for(request, kind.recorders(target), "commitments.record", target)


def visible_source(user: Any, commitment: Commitment) -> Model | None:
    """What the commitment came from, if `user` may see that; one or two queries."""
    target = commitment.source
    kind = kind_of(target) if target is not None else None
    if kind is None or not kind.visible(user).filter(pk=target.pk).exists():
        return None
    return target
