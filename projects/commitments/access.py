"""Fetch and check: hidden is 404, readable but not changeable is 403."""

from typing import Any

from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404

from organisations.acting import ActingRequest, Actor
from organisations.models import Organisation
from projects.access import actor_for, fitting_actor
from projects.agreements.models import Agreement
from projects.commitments.models import Commitment, Source, source_kind
from projects.commitments.models.source import kind_of


def commitment_for(user: Any, pk: int) -> Commitment:
    """The commitment, if `user` may see it."""
    visible = Commitment.objects.visible_to(user).for_list().select_related("place", "person")
    return get_object_or_404(visible, pk=pk)


def commitment_to(request: ActingRequest, pk: int, name: str) -> tuple[Commitment, Actor]:
    """The commitment, and for whom the person of the request may do `name` to it."""
    commitment = commitment_for(request.user, pk)
    holders = _holders(commitment, name)
    return commitment, fitting_actor(request, holders, name, commitment)


def _holders(commitment: Commitment, name: str) -> list[Organisation]:
    """Whose editors have the right `name` in principle."""
    receivers = list(commitment.beneficiaries.all())
    if name == "commitments.report":
        return [commitment.debtor]
    if name == "commitments.postpone":
        return receivers or [commitment.debtor]
    return _recorders(commitment)


def _recorders(commitment: Commitment) -> list[Organisation]:
    """Who recorded it, and who drafts the agreement that it stands in."""
    source = commitment.source
    drafter = [source.organisation] if isinstance(source, Agreement) else []
    return [commitment.organisation, *drafter]


def concerned(commitment: Commitment) -> list[Organisation]:
    """The organisations that may have a right to change something about it, each once."""
    named = [commitment.debtor, *commitment.beneficiaries.all()]
    return list(dict.fromkeys([*_recorders(commitment), *named]))


def source_for(user: Any, key: str, pk: int) -> tuple[Source, Model]:
    """A source by kind and number, if `user` may see it."""
    kind = source_kind(key)
    if kind is None:
        raise Http404
    return kind, get_object_or_404(kind.visible(user), pk=pk)


def source_to(request: ActingRequest, key: str, pk: int) -> tuple[Source, Model, Actor]:
    """A source, and for whom the person of the request may record a commitment from it."""
    kind, target = source_for(request.user, key, pk)
    return kind, target, actor_for(request, kind.recorders(target), "commitments.record", target)


def visible_source(user: Any, commitment: Commitment) -> Model | None:
    """What the commitment came from, if `user` may see that; one or two queries."""
    target = commitment.source
    if target is None:
        return None
    kind = kind_of(target)
    shown = kind is not None and kind.visible(user).filter(pk=target.pk).exists()
    return target if shown else None
