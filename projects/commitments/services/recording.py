"""Writing down what is owed."""

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub import audit
from hub.notifications.services import notify
from hub.refusals import Refused
from hub.text import fold
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Organisation, Place
from organisations.people import people_of
from projects.agreements.models import Agreement
from projects.agreements.models.status import State as AgreementState
from projects.commitments.models import Commitment
from projects.commitments.models.commitment import OPEN

FIELDS = ("title", "description", "debtor", "to_public", "due", "place")
NOT_ENOUGH = HTTPStatus.UNPROCESSABLE_ENTITY


def folded_text(commitment: Commitment) -> str:
    """What search compares: what is owed, by whom."""
    return fold(f"{commitment.title} {commitment.debtor.name} {commitment.description}")


def _check(debtor: Organisation, beneficiaries: list[Organisation], to_public: bool) -> None:
    if debtor in beneficiaries:
        raise Refused(
            _("Nobody can owe something to themselves. Choose another organisation."),
            status=NOT_ENOUGH,
            field="beneficiaries",
        )
    if not beneficiaries and not to_public:
        raise Refused(
            _("Say to whom it is owed: to organisations, to the public, or both."),
            status=NOT_ENOUGH,
            field="beneficiaries",
        )


def _check_source(source: Model | None, debtor: Organisation, actor: Actor) -> None:
    state = None
    if isinstance(source, Agreement):
        state = Agreement.objects.select_for_update().get(pk=source.pk).state
    if state == AgreementState.CANCELLED:
        raise Refused(_("The agreement was withdrawn. Nothing can follow from it."))
    if state != AgreementState.DRAFT and debtor != actor.organisation:
        raise Refused(
            _("You can bind your own organisation only. Let %(organisation)s record it.")
            % {"organisation": debtor},
            status=NOT_ENOUGH,
            field="debtor",
        )


def _must_be_recorder(commitment: Commitment, actor: Actor) -> None:
    """Who recorded it corrects it, and who drafts the agreement that it stands in."""
    source = commitment.source
    drafter = [source.organisation] if isinstance(source, Agreement) else []
    actor.must_act_for(commitment.organisation, *drafter)


def _check_draft(commitment: Commitment) -> None:
    """Refused when the agreement that holds the obligation is frozen by now."""
    source = commitment.source
    if not isinstance(source, Agreement):
        return
    if Agreement.objects.select_for_update().get(pk=source.pk).state != AgreementState.DRAFT:
        raise Refused(
            _("The text is frozen since the agreement was sent for signature. Take it back first.")
        )


@write
def record_commitment(
    *,
    actor: Actor,
    title: str,
    debtor: Organisation,
    due: date,
    beneficiaries: Iterable[Organisation] = (),
    to_public: bool = False,
    description: str = "",
    place: Place | None = None,
    source: Model | None = None,
) -> Commitment:
    """Record that `debtor` owes `title` by the end of the day `due`.

    Refused without anyone to whom it is owed.  Only in a draft, which all parties must sign,
    can one write down what another organisation owes.
    """
    actor.must_act_for(actor.represented())
    receivers = list(beneficiaries)
    _check(debtor, receivers, to_public)
    _check_source(source, debtor, actor)
    commitment = Commitment(
        title=title,
        description=description,
        debtor=debtor,
        to_public=to_public,
        due=due,
        place=place,
        person=actor.signed_in(),
        organisation=actor.represented(),
        source_type=ContentType.objects.get_for_model(source) if source else None,
        source_id=source.pk if source else None,
    )
    commitment.folded = folded_text(commitment)
    commitment.save(force_insert=True)
    commitment.beneficiaries.set(receivers)
    audit.record("commitments.commitment.recorded", target=commitment, actor=actor)
    concerned = [each for each in (debtor, *receivers) if each != actor.organisation]
    notify(people_of(concerned), "commitments.recorded", actor=actor, target=commitment)
    return commitment


@write
def edit_commitment(
    *, commitment: Commitment, actor: Actor, beneficiaries: Iterable[Organisation], **fields: Any
) -> Commitment:
    """Correct what was recorded; `fields` are among `FIELDS`."""
    _must_be_recorder(commitment, actor)
    _check_draft(commitment)
    receivers = list(beneficiaries)
    changes = {
        name: (str(getattr(commitment, name) or ""), str(value or ""))
        for name, value in fields.items()
        if name in FIELDS and getattr(commitment, name) != value
    }
    for name in changes:
        setattr(commitment, name, fields[name])
    _check(commitment.debtor, receivers, commitment.to_public)
    commitment.folded = folded_text(commitment)
    commitment.sequence += bool({"due", "title"} & set(changes))
    commitment.save(update_fields=[*changes, "folded", "sequence", "last_modified"])
    commitment.beneficiaries.set(receivers)
    audit.record("commitments.commitment.edited", target=commitment, actor=actor, changes=changes)
    return commitment


@write
def postpone(*, commitment: Commitment, actor: Actor, due: date, reason: str) -> Commitment:
    """Give an open commitment a later day, with a reason that everyone can read."""
    if not reason.strip():
        raise Refused(
            _("Give a reason. Everyone who counts on the day will read it."),
            status=NOT_ENOUGH,
            field="reason",
        )
    receivers = list(commitment.beneficiaries.all())
    actor.must_act_for(*(receivers or [commitment.debtor]))
    old = commitment.due
    if due <= old:
        raise Refused(_("Choose a later day than before."), status=NOT_ENOUGH, field="due")
    claimed = Commitment.objects.filter(pk=commitment.pk, due=old, state__in=OPEN).update(
        due=due, sequence=commitment.sequence + 1, last_modified=timezone.now()
    )
    if not claimed:
        raise Refused(_("The commitment has moved on meanwhile. Look at where it stands now."))
    commitment.refresh_from_db()
    audit.record(
        "commitments.commitment.postponed",
        target=commitment,
        actor=actor,
        changes={"due": (old.isoformat(), due.isoformat())},
        reason=reason,
    )
    concerned = [commitment.debtor, *receivers]
    others = [each for each in concerned if each != actor.organisation]
    notify(people_of(others), "commitments.postponed", actor=actor, target=commitment)
    return commitment


@write
def remove_obligation(*, commitment: Commitment, actor: Actor) -> None:
    """Take an obligation out of a draft agreement.  Refused once the text is frozen."""
    source = commitment.source
    if not isinstance(source, Agreement):
        raise Refused(_("A commitment is never removed. Report that it was dropped, and why."))
    _must_be_recorder(commitment, actor)
    _check_draft(commitment)
    audit.record(
        "commitments.obligation.removed",
        target=source,
        actor=actor,
        changes={"obligation": (commitment.title, "")},
    )
    commitment.delete()
