"""Who may do what with a commitment."""

from django.db.models import Model

from hub.permissions import rule
from organisations.acting import Actor
from projects.agreements.models import Agreement
from projects.agreements.models.status import State as AgreementState
from projects.commitments.models import Commitment, State
from projects.commitments.models.source import kind_of
from projects.rules import is_working


def is_debtor_editor(actor: Actor, commitment: Commitment) -> bool:
    """An editor acting for the organisation that owes."""
    return actor.acts_for(commitment.debtor, "editor")


def is_beneficiary_editor(actor: Actor, commitment: Commitment) -> bool:
    """An editor acting for an organisation to which it is owed.  May cost one query."""
    return any(actor.acts_for(each, "editor") for each in commitment.beneficiaries.all())


@rule("commitments.record")
def may_record(actor: Actor, source: Model | None) -> bool:
    """Editors of a verified organisation: for themselves, or because of a source of theirs.

    Without a source an organisation may only bind itself.
    """
    if not is_working(actor.organisation) or not actor.acts_for(actor.organisation, "editor"):
        return False
    if source is None:
        return True
    kind = kind_of(source)
    if kind is None or not kind.open_for(source):
        return False
    return any(each == actor.organisation for each in kind.recorders(source))


@rule("commitments.view")
def may_view(actor: Actor, commitment: Commitment) -> bool:
    """Whoever may see the source; the members of those it binds or benefits.  Costs queries."""
    if actor.holds(commitment.debtor):
        return True
    if any(actor.holds(each) for each in commitment.beneficiaries.all()):
        return True
    if commitment.source_type_id is None:
        return True
    kind = kind_of(commitment.source) if commitment.source else None
    return kind is not None and kind.visible(actor.person).filter(pk=commitment.source_id).exists()


@rule("commitments.edit")
def may_edit(actor: Actor, commitment: Commitment) -> bool:
    """Who recorded it, as long as nobody has built on it.

    An obligation can be changed while its agreement is a draft, also by who drafts that;
    anything else until the first report.
    """
    source = commitment.source
    own = actor.acts_for(commitment.organisation, "editor")
    if isinstance(source, Agreement):
        drafts = own or actor.acts_for(source.organisation, "editor")
        return drafts and source.state == AgreementState.DRAFT
    return own and commitment.state == State.PLANNED and not commitment.reports.exists()


@rule("commitments.remove")
def may_remove(actor: Actor, commitment: Commitment) -> bool:
    """An obligation can be taken out of a draft.  Nothing else is ever removed."""
    return isinstance(commitment.source, Agreement) and may_edit(actor, commitment)


@rule("commitments.postpone")
def may_postpone(actor: Actor, commitment: Commitment) -> bool:
    """Give it a later day: the one to whom it is owed; the debtor where it is owed to all.

    Nobody can free themselves from a day that others count on.
    """
    if not commitment.is_open:
        return False
    if commitment.beneficiaries.all():
        return is_beneficiary_editor(actor, commitment)
    return is_debtor_editor(actor, commitment)


@rule("commitments.report")
def may_report(actor: Actor, commitment: Commitment) -> bool:
    """Editors of the organisation that owes."""
    return is_debtor_editor(actor, commitment)


@rule("commitments.assess")
def may_assess(actor: Actor, commitment: Commitment) -> bool:
    """Anyone signed in, for themselves or their organisation, except the debtor's own people."""
    if not actor.is_authenticated or actor.holds(commitment.debtor):
        return False
    return actor.organisation is None or actor.acts_for(actor.organisation)
