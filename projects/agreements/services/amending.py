"""Amendments: a new version that holds once every party has agreed."""

from datetime import date
from http import HTTPStatus

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub import audit
from hub.notifications.services import close_notices, notify
from hub.refusals import Refused
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Organisation
from organisations.people import people_of
from projects.agreements.fingerprints import sha256_of_text
from projects.agreements.models import Agreement, Amendment, Consent, Fingerprint, Party
from projects.agreements.models.amendment import State
from projects.agreements.models.status import State as AgreementState
from projects.agreements.services.ending import current_text
from projects.agreements.services.moving import lock, lock_for_party
from projects.days import hub_today

NOT_ENOUGH = HTTPStatus.UNPROCESSABLE_ENTITY
MOVED_ON = _("The agreement has moved on meanwhile. Look at where it stands now.")


def _tell(amendment: Amendment, kind: str, actor: Actor) -> None:
    organisations = Organisation.objects.filter(
        agreement_parties__agreement=amendment.agreement
    ).exclude(pk=actor.represented().pk)
    notify(
        people_of(organisations),
        kind,
        actor=actor,
        target=amendment.agreement,
        number=amendment.number,
    )


@write
def propose_amendment(
    *, agreement: Agreement, actor: Actor, reason: str, text: str, until: date | None
) -> Amendment:
    """Propose that the agreement read `text` and last until `until`.

    The proposer's own organisation agrees by proposing.  Refused where nothing would change.
    """
    current = lock_for_party(agreement, actor)
    if current.state != AgreementState.ACTIVE:
        raise Refused(MOVED_ON)
    if current.amendments.filter(state=State.PROPOSED).exists():
        raise Refused(_("Another amendment is waiting for the parties."))
    same_text = sha256_of_text(text) == sha256_of_text(current_text(current))
    if same_text and until == current.until:
        raise Refused(
            _("Nothing would change: text and last day are as before."), status=NOT_ENOUGH
        )
    if until is not None and current.effective_from and until < current.effective_from:
        raise Refused(_("The last day lies before the first."), status=NOT_ENOUGH, field="until")
    highest = current.amendments.aggregate(highest=Max("number"))["highest"] or 0
    amendment = Amendment.objects.create(
        agreement=current,
        number=highest + 1,
        reason=reason,
        text="" if same_text else text,
        until=until,
        person=actor.signed_in(),
        organisation=actor.represented(),
    )
    audit.record("agreements.amendment.proposed", target=current, actor=actor, reason=reason)
    party = current.parties.filter(organisation=actor.organisation).first()
    if party is not None:
        _consent(amendment, party, actor, agreed=True)
    _tell(amendment, "agreements.amendment_proposed", actor)
    return amendment


def _consent(
    amendment: Amendment, party: Party, actor: Actor, *, agreed: bool, reason: str = ""
) -> None:
    Consent.objects.create(
        amendment=amendment, party=party, agreed=agreed, reason=reason, person=actor.signed_in()
    )


@write
def answer_amendment(
    *, amendment: Amendment, actor: Actor, agree: bool, reason: str = ""
) -> Amendment:
    """The answer of the party that `actor` acts for; the last consent adopts the amendment."""
    agreement = lock_for_party(amendment.agreement, actor)
    current = Amendment.objects.get(pk=amendment.pk)
    current.agreement = agreement
    if current.state != State.PROPOSED or agreement.state != AgreementState.ACTIVE:
        raise Refused(MOVED_ON)
    if not agree and not reason.strip():
        raise Refused(
            _("Give a reason. The other parties will read it."), status=NOT_ENOUGH, field="reason"
        )
    party = agreement.parties.get(organisation=actor.organisation)
    if current.consents.filter(party=party).exists():
        raise Refused(_("This was answered meanwhile. Look at where it stands now."))
    _consent(current, party, actor, agreed=agree, reason=reason)
    own = people_of([party.organisation])
    close_notices("agreements.amendment_proposed", target=agreement, people=own)
    if not agree:
        _close(current, State.DECLINED, actor, reason)
    elif current.consents.filter(agreed=True).count() == agreement.parties.count():
        _adopt(current, agreement, actor)
    else:
        audit.record("agreements.amendment.agreed", target=agreement, actor=actor)
    return current


def _adopt(amendment: Amendment, agreement: Agreement, actor: Actor) -> None:
    Amendment.objects.filter(pk=amendment.pk).update(previous_until=agreement.until)
    Agreement.objects.filter(pk=agreement.pk).update(
        until=amendment.until, sequence=agreement.sequence + 1, last_modified=timezone.now()
    )
    if amendment.text:
        Fingerprint.objects.create(
            agreement=agreement,
            what=Fingerprint.What.AMENDMENT,
            name=str(amendment),
            sha256=sha256_of_text(amendment.text),
        )
    _close(amendment, State.ADOPTED, actor, "")


def _close(amendment: Amendment, state: str, actor: Actor, reason: str) -> None:
    adopted = hub_today() if state == State.ADOPTED else None
    Amendment.objects.filter(pk=amendment.pk).update(state=state, adopted_on=adopted)
    amendment.refresh_from_db()
    audit.record(
        f"agreements.amendment.{state}", target=amendment.agreement, actor=actor, reason=reason
    )
    close_notices("agreements.amendment_proposed", target=amendment.agreement)
    _tell(amendment, f"agreements.amendment_{state}", actor)


@write
def withdraw_amendment(*, amendment: Amendment, actor: Actor) -> Amendment:
    """Take back an amendment that not everyone has agreed to."""
    lock(amendment.agreement)
    current = Amendment.objects.select_related("agreement", "organisation").get(pk=amendment.pk)
    actor.must_act_for(current.organisation)
    if current.state != State.PROPOSED:
        raise Refused(MOVED_ON)
    _close(current, State.WITHDRAWN, actor, "")
    return current
