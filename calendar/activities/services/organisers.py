"""Asking other organisations to organise together, and their answers."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Activity, CoOrganiser, Status
from activities.services.common import announce, lock, touch
from activities.services.texts import settle
from activities.times import problem
from hub.audit import record
from hub.notifications.services import close_notices, notify
from hub.permissions import require
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Organisation
from organisations.people import people_of

State = CoOrganiser.State


def requests_to(activity: Activity, organisations: Iterable[Organisation]) -> list[CoOrganiser]:
    """Unsaved requests, one for each.  Raises ValidationError where one cannot be asked."""
    chosen = list({organisation.pk: organisation for organisation in organisations}.values())
    for organisation in chosen:
        if organisation == activity.organisation:
            raise problem(
                "co_organisers", _("The organiser cannot be its own co-organiser."), "self"
            )
        if not organisation.is_verified:
            raise problem(
                "co_organisers",
                _("“%(name)s” is not verified and cannot be asked.") % {"name": organisation.name},
                "unverified",
            )
    return [CoOrganiser(activity=activity, organisation=one) for one in chosen]


def tell_asked(activity: Activity, asked: Iterable[CoOrganiser], actor: Actor) -> None:
    """Notice to the editors of each organisation that was asked."""
    for row in asked:
        notify(
            people_of([row.organisation]),
            "activities.asked",
            actor=actor,
            target=activity,
            organisation=row.organisation.name,
        )


def _no_longer_asked(asked: CoOrganiser) -> None:
    name = asked.organisation.name
    close_notices("activities.asked", target=asked.activity, organisation=name)


def standing(activity: Activity) -> Status:
    """Tentative while somebody asked has not answered, else confirmed; one query."""
    waiting = CoOrganiser.objects.waiting().filter(activity=activity).exists()
    return Status.TENTATIVE if waiting else Status.CONFIRMED


@write
def ask_co_organisers(
    *, activity: Activity, actor: Actor, organisations: Iterable[Organisation]
) -> list[CoOrganiser]:
    """Ask more organisations; one that declined before is asked again."""
    lock(activity)
    require(actor, "activities.edit", activity)
    known = {row.organisation_id: row for row in activity.co_organisers.all()}
    asked = []
    for row in requests_to(activity, organisations):
        before = known.get(row.organisation_id)
        if before is not None and before.state != State.DECLINED:
            continue
        if before is not None:
            before.delete()
        row.save(force_insert=True)
        asked.append(row)
    if not asked:
        return []
    _restand(activity)
    names = [row.organisation.name for row in asked]
    record(
        "activities.organiser.asked",
        target=activity,
        actor=actor,
        changes={"co_organisers": (None, names)},
    )
    tell_asked(activity, asked, actor)
    announce(activity, "activity.changed")
    return asked


@write
def answer_request(*, asked: CoOrganiser, actor: Actor, accept: bool) -> CoOrganiser:
    """Accept or decline for the organisation that was asked.  The last word counts."""
    lock(asked.activity)
    require(actor, "activities.respond", asked)
    state = State.ACCEPTED if accept else State.DECLINED
    before = asked.state
    now = timezone.now()
    claimed = CoOrganiser.objects.filter(pk=asked.pk).exclude(state=state)
    if not claimed.update(state=state, answered=now, person=actor.person):
        return asked
    asked.state, asked.answered, asked.person = state, now, actor.person
    activity = asked.activity
    _restand(activity)
    record(
        "activities.organiser.answered",
        target=activity,
        actor=Actor(actor.person, asked.organisation),
        changes={asked.organisation.name: (before, state.value)},
    )
    _no_longer_asked(asked)
    notify(
        people_of([activity.organisation]),
        "activities.answered",
        actor=Actor(actor.person, asked.organisation),
        target=activity,
        accepted=accept,
    )
    announce(activity, "activity.changed")
    return asked


@write
def withdraw_request(*, asked: CoOrganiser, actor: Actor) -> None:
    """The organiser takes a request back, or parts with a co-organiser."""
    activity = asked.activity
    lock(activity)
    require(actor, "activities.edit", activity)
    record(
        "activities.organiser.withdrawn",
        target=activity,
        actor=actor,
        changes={asked.organisation.name: (asked.state, None)},
    )
    _no_longer_asked(asked)
    asked.delete()
    _restand(activity)
    announce(activity, "activity.changed")


def _restand(activity: Activity) -> None:
    """Save what the answers make of the status; SEQUENCE rises where that changes."""
    status = standing(activity)
    touch(activity, weighty=status != activity.status)
    activity.status = status
    settle(activity, "status", "sequence", "last_modified")
