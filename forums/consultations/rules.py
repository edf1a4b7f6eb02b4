"""Rights in consultations."""

from forums.consultations.models import Audience, Consultation
from forums.models import Forum, Topic
from forums.rules import view_topic
from hub.permissions import rule
from organisations.acting import Actor
from organisations.models import Role


@rule("consultations.invite")
def invite(actor: Actor, forum: Forum | None = None) -> bool:
    """Editors of a verified municipality or institution, acting for it, in a forum it hosts."""
    organisation = actor.organisation
    if organisation is None or not (organisation.is_verified and organisation.is_official):
        return False
    if not actor.holds(organisation, Role.EDITOR):
        return False
    return forum is None or (not forum.is_archived and organisation.pk in forum.host_ids)


@rule("consultations.run")
def run(actor: Actor, topic: Topic) -> bool:
    """Editors of the inviting organisation, acting for it."""
    organisation = topic.organisation
    return (
        organisation is not None
        and organisation.is_verified
        and actor.acts_for(organisation, Role.EDITOR)
    )


@rule("consultations.contribute")
def contribute(actor: Actor, consultation: Consultation) -> bool:
    """Everyone who is signed in and may read; else members acting for an invited organisation."""
    topic = consultation.topic
    if not actor.is_authenticated or not view_topic(actor, topic):
        return False
    if consultation.audience == Audience.EVERYONE or actor.acts_for(topic.organisation):
        return True
    organisation = actor.organisation
    return (
        organisation is not None
        and actor.holds(organisation)
        and organisation in consultation.invited.all()
    )
