"""Fetch and check in one step: hidden answers 404, readable only answers 403."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from activities.models import Activity, CoOrganiser, FeedToken
from hub.files.guards import register_file_guard
from hub.permissions import require
from organisations.acting import Actor


def activity_for(user: Any, uid: UUID) -> Activity:
    """The activity, where `user` may see it; else 404."""
    rows = Activity.objects.visible_to(user).select_related("organisation", "place", "person")
    return get_object_or_404(rows.defer("ical", "folded"), uid=uid)


def activity_with(actor: Actor, uid: UUID, right: str) -> Activity:
    """The activity, where `actor` holds `right` on it; 404 hidden, 403 readable only."""
    activity = activity_for(actor.person, uid)
    require(actor, right, activity)
    return activity


def occurrence_with(actor: Actor, uid: UUID, day: str, right: str) -> tuple[Activity, date]:
    """A series and the local day of one of its occurrences; 404 where it has none that day."""
    activity = activity_with(actor, uid, right)
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if wanted not in {span.original for span in activity.spans()}:
        raise Http404
    return activity, wanted


def changed_day_with(actor: Actor, uid: UUID, day: str, right: str) -> tuple[Activity, date]:
    """A series and a local day that was left out of it or moved; 404 where nothing was."""
    activity = activity_with(actor, uid, right)
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if wanted not in {*activity.days_left_out, *activity.moved()}:
        raise Http404
    return activity, wanted


def partner_of(activity: Activity, pk: int) -> CoOrganiser:
    """One of the activity's co-organisers, asked or answered; else 404."""
    return get_object_or_404(activity.co_organisers.select_related("organisation"), pk=pk)


def asked_for(actor: Actor, uid: UUID, pk: int, right: str) -> CoOrganiser:
    """A request to co-organise, where `actor` holds `right` on it."""
    activity = activity_for(actor.person, uid)
    rows = activity.co_organisers.select_related("organisation", "activity__organisation")
    asked = get_object_or_404(rows, pk=pk)
    require(actor, right, asked)
    return asked


def token_of(actor: Actor, pk: int) -> FeedToken:
    """One of the actor's own feeds; 404 for those of others."""
    if not actor.is_authenticated:
        raise PermissionDenied
    return get_object_or_404(FeedToken, pk=pk, person=actor.person)


def _may_read_files(user: Any, activity: Activity) -> bool:
    return Activity.objects.visible_to(user).filter(pk=activity.pk).exists()


register_file_guard("activities.activity", _may_read_files)
