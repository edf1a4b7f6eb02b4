"""Who belongs to an organisation, and in which role.  Rows are ended, never deleted.

Changes of one organisation's people are made one after the other: each service first locks
the organisation's row and then looks again, so that two administrators who remove each other
at the same moment leave one of them.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.audit import record
from hub.live.publish import recheck
from hub.notifications.services import notify
from hub.permissions import require
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Membership, Organisation, Role, User
from organisations.people import people_of
from organisations.rules import raises


@write
def add_member(*, organisation: Organisation, person: User, role: str, actor: Actor) -> Membership:
    """Make `person` a member.  `actor` is an administrator, or the person who was invited.

    The caller has checked the right to do so (an invitation, the demo).  Raises ValidationError
    where the person is a member already.
    """
    lock(organisation)
    if Membership.objects.active().filter(organisation=organisation, person=person).exists():
        raise ValidationError(_("This person is a member already."))
    membership = Membership.objects.create(organisation=organisation, person=person, role=role)
    record(
        "organisations.member.joined",
        target=membership,
        actor=actor,
        changes={"role": ("", str(role))},
    )
    notify(
        people_of([organisation], "administrator"),
        "organisations.joined",
        actor=actor,
        target=organisation,
    )
    return membership


@write
def change_role(*, membership: Membership, role: str, actor: Actor) -> Membership:
    """Give a member another role.

    Raises PermissionDenied where `actor` is no administrator (any more) or would raise their
    own role, ValidationError where no administrator would be left or the membership has ended.
    """
    lock(membership.organisation)
    actor = actor.afresh()
    require(actor, "organisations.change_role", membership)
    current = _running(membership)
    if current.role == role:
        return current
    if current.person_id == actor.person.pk and raises(current.role, role):
        raise PermissionDenied(_("Nobody may give more rights to themselves."))
    if current.role == Role.ADMINISTRATOR:
        _refuse_last_administrator(current)
    changes = {"role": (current.role, str(role))}
    current.role = role
    current.save(update_fields=["role"])
    record("organisations.member.role-changed", target=current, actor=actor, changes=changes)
    notify(
        [current.person],
        "organisations.role-changed",
        actor=actor,
        target=current.organisation,
        role=str(role),
    )
    recheck(person_ids=[current.person_id])
    return current


@write
def end_membership(*, membership: Membership, actor: Actor, reason: str = "") -> Membership:
    """End a membership now; the person may no longer act for the organisation.

    Raises PermissionDenied where `actor` may not (any more), ValidationError where no
    administrator would be left or it has ended already.
    """
    lock(membership.organisation)
    actor = actor.afresh()
    require(actor, "organisations.end_membership", membership)
    current = _running(membership)
    if current.role == Role.ADMINISTRATOR:
        _refuse_last_administrator(current)
    current.end_date = max(timezone.now(), current.start_date)
    current.save(update_fields=["end_date"])
    record("organisations.member.ended", target=current, actor=actor, reason=reason)
    left = current.person_id == actor.person.pk
    notify(
        people_of([current.organisation], "administrator") if left else [current.person],
        "organisations.left" if left else "organisations.removed",
        actor=Actor(actor.person) if left else actor,
        target=current.organisation,
        name=str(current.person),
        reason=reason,
    )
    recheck(person_ids=[current.person_id])
    return current


def lock(organisation: Organisation) -> None:
    """Wait until nobody else changes the people of `organisation`, then keep them waiting."""
    Organisation.objects.select_for_update(no_key=True).values_list("pk").get(pk=organisation.pk)


def _running(membership: Membership) -> Membership:
    """The membership as it stands now, behind the lock."""
    rows = Membership.objects.active().select_related("person", "organisation")
    current = rows.filter(pk=membership.pk).first()
    if current is None:
        raise ValidationError(_("This membership has ended already."))
    return current


def _refuse_last_administrator(membership: Membership) -> None:
    others = (
        Membership.objects.active()
        .filter(organisation=membership.organisation, role=Role.ADMINISTRATOR)
        .exclude(pk=membership.pk)
        .filter(person__is_active=True)
    )
    if not others.exists():
        raise ValidationError(
            _(
                "An organisation needs an administrator. "
                "Make another member administrator first, then try again."
            )
        )
