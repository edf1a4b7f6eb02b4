"""Rights around organisations.  Each predicate answers for one actor and never raises."""

from hub.permissions import rule
from organisations.acting import Actor
from organisations.models import Invitation, Membership, Organisation
from organisations.models.membership import RANK

Status = Organisation.Status


@rule("organisations.register")
def may_register(actor: Actor, target: None = None) -> bool:
    """Everybody with an account may register an organisation."""
    return actor.is_authenticated


@rule("organisations.view")
def may_view(actor: Actor, organisation: Organisation) -> bool:
    """Verified ones are public; others are seen by their members and by coordinators."""
    return (
        organisation.status == Status.VERIFIED or actor.is_coordinator or actor.holds(organisation)
    )


@rule("organisations.edit")
def may_edit(actor: Actor, organisation: Organisation) -> bool:
    """Editors and administrators, unless the organisation is suspended."""
    return organisation.status != Status.SUSPENDED and actor.holds(organisation, "editor")


@rule("organisations.ask_again")
def may_ask_again(actor: Actor, organisation: Organisation) -> bool:
    """A refused organisation may ask for a new decision through its administrators."""
    return organisation.status == Status.REFUSED and actor.holds(organisation, "administrator")


@rule("organisations.verify")
def may_verify(actor: Actor, organisation: Organisation | None = None) -> bool:
    """Coordinators, but never about an organisation they belong to."""
    return actor.is_coordinator and not actor.holds(organisation)


@rule("organisations.see_people")
def may_see_people(actor: Actor, organisation: Organisation) -> bool:
    """Who belongs to an organisation is shown to people who are signed in."""
    return actor.is_authenticated and may_view(actor, organisation)


@rule("organisations.manage_people")
def may_manage_people(actor: Actor, organisation: Organisation) -> bool:
    """Administrators decide who belongs and in which role."""
    return actor.holds(organisation, "administrator")


@rule("organisations.invite")
def may_invite(actor: Actor, organisation: Organisation) -> bool:
    """Administrators, while the organisation is not refused or suspended."""
    return may_manage_people(actor, organisation) and organisation.status in (
        Status.PENDING,
        Status.VERIFIED,
    )


@rule("organisations.change_role")
def may_change_role(actor: Actor, membership: Membership) -> bool:
    """Administrators; nobody raises their own role, everybody may lower it."""
    return may_manage_people(actor, membership.organisation)


@rule("organisations.end_membership")
def may_end_membership(actor: Actor, membership: Membership) -> bool:
    """Administrators end those of others, everybody their own."""
    own = actor.is_authenticated and membership.person_id == actor.person.pk
    return own or may_manage_people(actor, membership.organisation)


@rule("organisations.withdraw_invitation")
def may_withdraw(actor: Actor, invitation: Invitation) -> bool:
    """Administrators of the organisation that sent it."""
    return may_manage_people(actor, invitation.organisation)


@rule("organisations.see_acts")
def may_see_acts(actor: Actor, organisation: Organisation) -> bool:
    """The act log is for members and coordinators."""
    return actor.is_coordinator or actor.holds(organisation)


def raises(old: str, new: str) -> bool:
    """Whether going from role `old` to `new` gives more rights."""
    return RANK[new] > RANK[old]
