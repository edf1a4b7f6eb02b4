"""Decisions of the hub's coordinators about organisations."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hub.audit import record
from hub.live.publish import recheck
from hub.notifications.services import close_notices, notify
from hub.permissions import require
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Organisation, Verification
from organisations.models.verification import Decision
from organisations.people import people_of
from organisations.services.memberships import lock

Status = Organisation.Status

#: What may be decided about an organisation that stands where.
POSSIBLE: dict[str, tuple[Decision, ...]] = {
    Status.PENDING: (Decision.VERIFIED, Decision.REFUSED),
    Status.VERIFIED: (Decision.SUSPENDED,),
    Status.REFUSED: (Decision.VERIFIED,),
    Status.SUSPENDED: (Decision.VERIFIED, Decision.REFUSED),
}


@write
def decide(
    *,
    organisation: Organisation,
    decision: str,
    reason: str,
    actor: Actor,
    status_seen: str | None = None,
) -> Verification:
    """Verify, refuse or suspend an organisation, by name and with a reason.

    `status_seen` is where it stood when the coordinator read the page.  Raises ValidationError
    where another coordinator decided meanwhile or the decision does not fit.
    """
    lock(organisation)
    organisation.refresh_from_db(fields=["status"])
    actor = Actor(actor.person)  # a decision of the hub, not of an organisation one belongs to
    require(actor, "organisations.verify", organisation)
    if status_seen is not None and status_seen != organisation.status:
        raise ValidationError(
            _("Another coordinator has decided meanwhile: it is %(status)s now.")
            % {"status": organisation.get_status_display()}
        )
    if decision not in POSSIBLE[organisation.status]:
        raise ValidationError(_("This cannot be decided about it where it stands now."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say what you saw: the reason is shown.")})
    changes = {"status": (organisation.status, str(decision))}
    verification = Verification.objects.create(
        organisation=organisation, decision=decision, reason=reason, coordinator=actor.signed_in()
    )
    organisation.status = decision
    organisation.save(update_fields=["status", "last_modified"])
    record(
        "organisations.verification.decided",
        target=organisation,
        actor=actor,
        changes=changes,
        reason=reason,
    )
    close_notices("organisations.registered", target=organisation)
    people = people_of([organisation], "member")
    notify(
        people,
        "organisations.decided",
        actor=actor,
        target=organisation,
        decision=str(decision),
        reason=reason,
    )
    recheck(person_ids=[person.pk for person in people])
    return verification
