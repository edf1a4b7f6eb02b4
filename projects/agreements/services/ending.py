"""How agreements end: by their term, early, or by a new one."""

from datetime import date, timedelta
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from hub.notifications.services import notify
from hub.refusals import Refused
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Organisation
from organisations.people import people_of
from projects.agreements.models import Agreement
from projects.agreements.models.status import State
from projects.agreements.services.drafting import PartyDraft, draft_agreement
from projects.agreements.services.moving import lock_for_party, move
from projects.days import hub_today


def _others(agreement: Agreement, actor: Actor | None) -> list[Organisation]:
    acting = getattr(actor, "organisation", None)
    parties = Organisation.objects.filter(agreement_parties__agreement=agreement)
    return [each for each in parties if each != acting]


@write
def terminate(*, agreement: Agreement, actor: Actor, last_day: date, reason: str) -> Agreement:
    """End a signed agreement early.  `last_day` is the last one on which it is in force.

    It may not lie after the agreed end, nor in the past before yesterday: nobody may rewrite
    what was in force.  (Yesterday says "it no longer holds today".)
    """
    current = lock_for_party(agreement, actor)
    if last_day < hub_today() - timedelta(days=1):
        raise Refused(
            _("The last day may not lie further back than yesterday."),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            field="last_day",
        )
    if current.until is not None and last_day >= current.until:
        raise Refused(
            _("The agreement ends by itself on that day or before. There is nothing to terminate."),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            field="last_day",
        )
    move(
        current,
        "terminate",
        actor=actor,
        reason=reason,
        closed_on=last_day,
        closing_reason=reason,
        sequence=current.sequence + 1,
    )
    notify(people_of(_others(current, actor)), "agreements.terminated", actor=actor, target=current)
    return current


@write
def renew(*, agreement: Agreement, actor: Actor) -> Agreement:
    """A draft that follows `agreement`: same parties and text, beginning the day after its end.

    The old one keeps its state until every party has signed the new one.
    """
    current = lock_for_party(agreement, actor)
    if current.state not in (State.ACTIVE, State.ENDED):
        raise Refused(_("Only a signed agreement that was not terminated can be renewed."))
    if current.successors.exclude(state=State.CANCELLED).exists():
        raise Refused(_("A new agreement has been drafted already."))
    today = hub_today()
    begins = max(current.until + timedelta(days=1), today) if current.until else today
    lasting = (
        current.until - current.effective_from if current.until and current.effective_from else None
    )
    parties = [
        PartyDraft(party.organisation, party.role, party.signatory_name, party.signatory_office)
        for party in current.parties.select_related("organisation")
    ]
    return draft_agreement(
        actor=actor,
        parties=parties,
        previous=current,
        title=current.title,
        kind=current.kind,
        project=current.project,
        text=current_text(current),
        visibility=current.visibility,
        effective_from=begins,
        until=begins + lasting if lasting is not None else None,
        notice_days=current.notice_days,
    )


def current_text(agreement: Agreement) -> str:
    """The text as it reads now: of the last amendment adopted that changed it, else the first."""
    texts = agreement.amendments.filter(state="adopted").exclude(text="")
    newest = texts.order_by("-number").values_list("text", flat=True).first()
    return newest if newest is not None else agreement.text


@write
def end_expired(*, today: date | None = None) -> int:
    """Mark as ended what is over by its term; return how many.  Safe to repeat at any time.

    Pages do not wait for it: they compute the status from the dates.  It gives notice.
    """
    day = today or hub_today()
    over = Agreement.objects.filter(state=State.ACTIVE, until__lt=day).order_by("pk")
    ended = 0
    for agreement in over.select_for_update():
        move(agreement, "end", actor=None)
        notify(
            people_of(_others(agreement, None)), "agreements.ended", actor=None, target=agreement
        )
        ended += 1
    return ended
