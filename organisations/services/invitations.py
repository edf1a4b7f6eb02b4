"""Asking people into an organisation by mail."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hub.audit import record
from hub.notifications.services import notify
from hub.permissions import require
from hub.writes import write
from organisations.acting import Actor
from organisations.mail import mail_invitation
from organisations.models import Invitation, Membership, Organisation, Role, User
from organisations.services.memberships import add_member, lock

#: So that nobody can use the hub to flood strangers with mail.
MOST_PER_DAY = 50

Outcome = Invitation.Outcome


@write
def invite_person(*, organisation: Organisation, email: str, role: str, actor: Actor) -> Invitation:
    """Ask whoever reads `email` to join as `role`; an earlier open invitation is replaced.

    Raises ValidationError where the person is a member already or too many were sent today.
    """
    lock(organisation)
    actor = actor.afresh()
    require(actor, "organisations.invite", organisation)
    email = email.strip().lower()
    active = Membership.objects.active().filter(organisation=organisation)
    if active.filter(person__email=email).exists():
        raise ValidationError({"email": _("The person with this address is a member already.")})
    _refuse_flood(organisation)
    Invitation.objects.filter(organisation=organisation, email=email, closed=None).update(
        closed=timezone.now(), outcome=Outcome.WITHDRAWN
    )
    invitation = Invitation.objects.create(
        organisation=organisation, email=email, role=role, person=actor.signed_in()
    )
    record(
        "organisations.invitation.sent",
        target=invitation,
        actor=actor,
        changes={"role": ("", str(role))},
    )
    number, language = invitation.pk, get_language() or "en"
    transaction.on_commit(lambda: mail_invitation.enqueue(number, language))
    return invitation


@write
def withdraw_invitation(*, invitation: Invitation, actor: Actor) -> None:
    """Take an open invitation back; its link stops working."""
    require(actor, "organisations.withdraw_invitation", invitation)
    _close(invitation, Outcome.WITHDRAWN)
    record("organisations.invitation.withdrawn", target=invitation, actor=actor)


@write
def accept_invitation(*, invitation: Invitation, actor: Actor) -> Membership:
    """Join the organisation.  Only the person whose verified address was invited may do so.

    Raises PermissionDenied for everybody else, ValidationError where the invitation was used,
    withdrawn or has expired, or the person belongs to the organisation already.
    """
    person = _require_addressee(invitation, actor)
    organisation = invitation.organisation
    if organisation.status in (
        Organisation.Status.REFUSED,
        Organisation.Status.SUSPENDED,
    ):
        raise ValidationError(_("This organisation does not take new members at the moment."))
    _close(invitation, Outcome.ACCEPTED)
    return add_member(
        organisation=organisation,
        person=person,
        role=Role(invitation.role),
        actor=Actor(person, organisation),
    )


@write
def decline_invitation(*, invitation: Invitation, actor: Actor) -> None:
    """Say no to an invitation; who invited is told."""
    person = _require_addressee(invitation, actor)
    _close(invitation, Outcome.DECLINED)
    record("organisations.invitation.declined", target=invitation, actor=Actor(person))
    notify(
        [invitation.person],
        "organisations.declined",
        actor=Actor(person),
        target=invitation.organisation,
        email=invitation.email,
    )


def invitations_for(person: User) -> list[Invitation]:
    """The open invitations to the address of `person`; one query."""
    rows = Invitation.objects.open().filter(email=person.email.lower())
    return list(rows.select_related("organisation", "person"))


def _close(invitation: Invitation, outcome: str) -> None:
    """Use an open invitation up, once: of two at the same moment only one finds it open."""
    closed = (
        Invitation.objects.open()
        .filter(pk=invitation.pk)
        .update(closed=timezone.now(), outcome=outcome)
    )
    if not closed:
        raise ValidationError(
            _("This invitation was used or withdrawn already, or it is too old. Ask for a new one.")
        )


def _require_addressee(invitation: Invitation, actor: Actor) -> User:
    person = actor.signed_in()
    addresses = EmailAddress.objects.filter(user=person, email__iexact=invitation.email)
    if not addresses.filter(verified=True).exists():
        raise PermissionDenied(_("This invitation was sent to another address."))
    return person


def _refuse_flood(organisation: Organisation) -> None:
    since = timezone.now() - timedelta(days=1)
    if organisation.invitations.filter(created__gt=since).count() >= MOST_PER_DAY:
        raise ValidationError(
            _("Your organisation has sent many invitations today. Send more tomorrow.")
        )
