"""From draft to signed."""

from datetime import date, timedelta
from http import HTTPStatus

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub import audit
from hub.notifications.services import close_notices, notify
from hub.refusals import Refused
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Organisation
from organisations.people import people_of
from projects.agreements import fingerprints
from projects.agreements.models import Agreement, Party
from projects.agreements.procedure import allows
from projects.agreements.requirements import missing
from projects.agreements.services.moving import lock, lock_for_drafter, move
from projects.days import hub_today

NOT_ENOUGH = HTTPStatus.UNPROCESSABLE_ENTITY


def _tell(agreement: Agreement, kind: str, actor: Actor | None, **data: str) -> None:
    organisations = Organisation.objects.filter(agreement_parties__agreement=agreement)
    acting = getattr(actor, "organisation", None)
    others = [each for each in organisations if each != acting]
    notify(people_of(others), kind, actor=actor, target=agreement, **data)


@write
def propose(*, agreement: Agreement, actor: Actor) -> Agreement:
    """Freeze the draft, take its fingerprints, and ask every party to sign.

    Refused while something is missing: a text or document, the first day, the second party.
    """
    current = lock_for_drafter(agreement, actor)
    if current.parties.count() < 2:
        raise Refused(_("An agreement needs at least two organisations."), status=NOT_ENOUGH)
    if not fingerprints.parts_of(current):
        raise Refused(
            _("There is nothing to sign yet. Write the text or attach the document."),
            status=NOT_ENOUGH,
        )
    if current.effective_from is None:
        raise Refused(_("Say from which day the agreement shall be in force."), status=NOT_ENOUGH)
    if words := missing(current):
        raise Refused(words, status=NOT_ENOUGH)
    move(current, "propose", actor=actor, proposed_at=timezone.now())
    fingerprints.freeze(current)
    _tell(current, "agreements.proposed", actor)
    return current


@write
def take_back(*, agreement: Agreement, actor: Actor, reason: str) -> Agreement:
    """Make a draft of it again.  Every signature so far is void: the text may change."""
    current = lock_for_drafter(agreement, actor)
    move(current, "take_back", actor=actor, reason=reason, proposed_at=None)
    fingerprints.thaw(current)
    current.parties.update(
        state=Party.State.INVITED, signed_on=None, person=None, answered=None, reason=""
    )
    close_notices("agreements.proposed", target=current)
    _tell(current, "agreements.taken_back", actor)
    return current


@write
def cancel(*, agreement: Agreement, actor: Actor, reason: str) -> Agreement:
    """Give up an agreement that not everyone has signed.  Its number stays taken."""
    current = lock_for_drafter(agreement, actor)
    move(current, "cancel", actor=actor, reason=reason, closing_reason=reason)
    close_notices("agreements.proposed", target=current)
    _tell(current, "agreements.cancelled", actor)
    return current


def _party_of(agreement: Agreement, party: Party, name: str, actor: Actor) -> Party:
    """The party as it stands, its agreement locked.  Refused where `name` is too late."""
    actor.must_act_for(party.organisation)
    if not allows(name, agreement.state):
        raise Refused(_("The agreement has moved on meanwhile. Look at where it stands now."))
    return Party.objects.select_related("organisation").get(pk=party.pk, agreement=agreement)


@write
def sign(*, party: Party, actor: Actor, signed_on: date) -> Agreement:
    """State that the party's organisation has signed on the day `signed_on`.

    The last signature makes the agreement active.  Refused for a day in the future.
    """
    current = lock(party.agreement)
    row = _party_of(current, party, "sign", actor)
    if row.state == Party.State.SIGNED:
        raise Refused(
            _("%(organisation)s has signed already.") % {"organisation": row.organisation}
        )
    if signed_on > hub_today():
        raise Refused(
            _("The day of the signature lies in the future."), status=NOT_ENOUGH, field="signed_on"
        )
    Party.objects.filter(pk=row.pk).update(
        state=Party.State.SIGNED,
        signed_on=signed_on,
        person=actor.signed_in(),
        answered=timezone.now(),
        reason="",
    )
    audit.record(
        "agreements.agreement.signed",
        target=current,
        actor=actor,
        changes={"signed_on": ("", signed_on.isoformat())},
    )
    close_notices("agreements.proposed", target=current, people=people_of([row.organisation]))
    if current.parties.exclude(state=Party.State.SIGNED).exists():
        _tell(current, "agreements.signed", actor)
    else:
        _activate(current, actor)
    return current


def _activate(agreement: Agreement, actor: Actor) -> None:
    """Every party has signed: the agreement stands, and takes the place of the one before."""
    last = max(day for day in agreement.parties.values_list("signed_on", flat=True) if day)
    move(agreement, "activate", actor=actor, date_signed=last, sequence=agreement.sequence + 1)
    previous = agreement.previous
    if previous is not None and allows("succeed", previous.state):
        assert agreement.effective_from is not None
        ends = agreement.effective_from - timedelta(days=1)
        if previous.effective_from and ends < previous.effective_from:
            ends = previous.effective_from
        move(previous, "succeed", actor=actor, closed_on=ends, sequence=previous.sequence + 1)
    close_notices("agreements.proposed", target=agreement)
    _tell(agreement, "agreements.activated", actor)


@write
def decline(*, party: Party, actor: Actor, reason: str) -> Agreement:
    """State that the party's organisation will not sign what is proposed, with the reason."""
    current = lock(party.agreement)
    row = _party_of(current, party, "decline", actor)
    if not reason.strip():
        raise Refused(
            _("Give a reason. The other parties will read it."), status=NOT_ENOUGH, field="reason"
        )
    if row.state != Party.State.INVITED:
        raise Refused(_("This was answered meanwhile. Look at where it stands now."))
    Party.objects.filter(pk=row.pk).update(
        state=Party.State.DECLINED, person=actor.signed_in(), answered=timezone.now(), reason=reason
    )
    audit.record("agreements.agreement.declined", target=current, actor=actor, reason=reason)
    close_notices("agreements.proposed", target=current, people=people_of([row.organisation]))
    _tell(current, "agreements.declined", actor)
    return current
