"""The one way an agreement changes its state."""

from http import HTTPStatus
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub import audit
from hub.refusals import Refused
from organisations.acting import Actor
from projects.agreements.models import Agreement
from projects.agreements.procedure import MOVES


def move(
    agreement: Agreement, name: str, *, actor: Actor | None, reason: str = "", **fields: Any
) -> None:
    """Make the move `name`, storing `fields` with it, and note it.

    The state is claimed by a conditional update: of two people who press two buttons at once
    one is told that the agreement has moved on.  Raises Refused.
    """
    step = MOVES[name]
    if step.needs_reason and not reason.strip():
        raise Refused(
            _("Give a reason. The other parties will read it."),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            field="reason",
        )
    now = timezone.now()
    claimed = Agreement.objects.filter(pk=agreement.pk, state__in=step.origins).update(
        state=step.target, last_modified=now, **fields
    )
    if not claimed:
        raise Refused(_("The agreement has moved on meanwhile. Look at where it stands now."))
    old = agreement.state
    agreement.state, agreement.last_modified = step.target, now
    for field, value in fields.items():
        setattr(agreement, field, value)
    audit.record(
        f"agreements.agreement.{step.act}",
        target=agreement,
        actor=actor,
        changes={"state": (old, step.target)} if old != step.target else None,
        reason=reason,
    )


def lock(agreement: Agreement) -> Agreement:
    """The agreement as it stands, kept for us until the transaction ends.

    Signatures of several parties come one after the other this way, so that exactly one of
    them is the last.
    """
    return Agreement.objects.select_for_update().get(pk=agreement.pk)


def lock_for_drafter(agreement: Agreement, actor: Actor) -> Agreement:
    """`lock`, for what the organisation that entered it does; PermissionDenied for others."""
    current = lock(agreement)
    actor.must_act_for(current.organisation)
    return current


def lock_for_party(agreement: Agreement, actor: Actor) -> Agreement:
    """`lock`, for what any party does; PermissionDenied for others."""
    current = lock(agreement)
    parties = current.parties.select_related("organisation")
    actor.must_act_for(*(party.organisation for party in parties))
    return current
