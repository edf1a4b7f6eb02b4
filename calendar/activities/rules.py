"""Rights around activities.  Each predicate answers for one actor and never raises."""

from activities.models import Activity, CoOrganiser, FeedToken
from activities.models.organiser import State
from hub.permissions import rule
from organisations.acting import Actor


@rule("activities.view")
def may_view(actor: Actor, activity: Activity) -> bool:
    """Public ones: everyone.  Others: members of the organisations that take part, coordinators."""
    if activity.is_public or actor.is_coordinator or actor.holds(activity.organisation):
        return True
    if not actor.roles:
        return False
    asked = activity.co_organisers.exclude(state=State.DECLINED)
    return asked.filter(organisation__in=list(actor.roles)).exists()


@rule("activities.create")
def may_create(actor: Actor, target: None = None) -> bool:
    """Editors of a verified organisation, acting for it."""
    organisation = actor.organisation
    return (
        organisation is not None
        and organisation.is_verified
        and actor.acts_for(organisation, "editor")
    )


@rule("activities.edit")
def may_edit(actor: Actor, activity: Activity) -> bool:
    """Editors of the organiser, while it is verified and the activity not cancelled."""
    return may_delete(actor, activity) and not activity.is_cancelled


@rule("activities.delete")
def may_delete(actor: Actor, activity: Activity) -> bool:
    """Editors of the organiser, while it is verified."""
    return activity.organisation.is_verified and actor.holds(activity.organisation, "editor")


@rule("activities.respond")
def may_respond(actor: Actor, asked: CoOrganiser) -> bool:
    """Editors of the verified organisation that was asked; the activity must still be on."""
    return (
        not asked.activity.is_cancelled
        and asked.organisation.is_verified
        and actor.holds(asked.organisation, "editor")
    )


@rule("activities.own_feed")
def may_own_feed(actor: Actor, token: FeedToken | None = None) -> bool:
    """Everybody with an account makes own feeds and takes back their own."""
    if token is None:
        return actor.is_authenticated
    return actor.is_authenticated and token.person_id == actor.person.pk
