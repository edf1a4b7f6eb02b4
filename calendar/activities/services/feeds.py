"""A person's own feeds."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from activities.models import FeedToken
from hub.audit import record
from hub.permissions import require
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Organisation, Place

NOTED_AT_MOST_EVERY = timedelta(minutes=15)


@write
def make_feed(
    *,
    actor: Actor,
    name: str,
    language: str = "",
    with_deadlines: bool = True,
    organisations: Iterable[Organisation] = (),
    places: Iterable[Place] = (),
) -> FeedToken:
    """A new secret address with the activities of the actor's organisations, and of those given."""
    require(actor, "activities.own_feed")
    token = FeedToken.objects.create(
        person=actor.person, name=name, language=language, with_deadlines=with_deadlines
    )
    token.organisations.set(organisations)
    token.places.set(places)
    record("activities.feed.made", target=token, actor=Actor(actor.person))
    return token


@write
def revoke_feed(*, token: FeedToken, actor: Actor) -> None:
    """From now on the address answers "gone"; there is no way back."""
    require(actor, "activities.own_feed", token)
    now = timezone.now()
    if FeedToken.objects.live().filter(pk=token.pk).update(revoked=now):
        token.revoked = now
        record("activities.feed.revoked", target=token, actor=Actor(actor.person))


def note_fetch(token: FeedToken) -> None:
    """Remember that a program came; not each time, so that reading seldom writes."""
    now: Any = timezone.now()
    if token.last_fetched is None or now - token.last_fetched > NOTED_AT_MOST_EVERY:
        stale = Q(last_fetched=None) | Q(last_fetched__lt=now - NOTED_AT_MOST_EVERY)
        FeedToken.objects.filter(stale, pk=token.pk).update(last_fetched=now)
