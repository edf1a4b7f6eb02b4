"""Who may do what with an agreement."""

from hub.permissions import rule
from organisations.acting import Actor
from projects.agreements.models import Agreement, Amendment, Party
from projects.agreements.models.amendment import State as AmendmentState
from projects.agreements.models.status import IN_FORCE, State, Status
from projects.agreements.procedure import allows
from projects.rules import is_working


def is_drafter(actor: Actor, agreement: Agreement) -> bool:
    """An editor acting for the organisation that entered the agreement."""
    return actor.acts_for(agreement.organisation, "editor")


def is_party_editor(actor: Actor, agreement: Agreement) -> bool:
    """An editor acting for one of the parties."""
    if actor.organisation is None or not actor.acts_for(actor.organisation, "editor"):
        return False
    return any(party.organisation_id == actor.organisation.pk for party in agreement.parties.all())


@rule("agreements.draft")
def may_draft(actor: Actor, _nothing: None) -> bool:
    """Editors acting for a verified organisation."""
    return is_working(actor.organisation) and actor.acts_for(actor.organisation, "editor")


@rule("agreements.view")
def may_view(actor: Actor, agreement: Agreement) -> bool:
    """Everyone once it is signed and public; before, and else, the parties' members."""
    if agreement.is_public:
        return True
    return any(actor.holds(party.organisation) for party in agreement.parties.all())


@rule("agreements.edit")
def may_edit(actor: Actor, agreement: Agreement) -> bool:
    """The drafting organisation's editors, while it is a draft."""
    return agreement.state == State.DRAFT and is_drafter(actor, agreement)


@rule("agreements.propose")
def may_propose(actor: Actor, agreement: Agreement) -> bool:
    """The same people who write the draft."""
    return allows("propose", agreement.state) and is_drafter(actor, agreement)


@rule("agreements.take_back")
def may_take_back(actor: Actor, agreement: Agreement) -> bool:
    """The drafting organisation, as long as not everyone has signed."""
    return allows("take_back", agreement.state) and is_drafter(actor, agreement)


@rule("agreements.cancel")
def may_cancel(actor: Actor, agreement: Agreement) -> bool:
    """The drafting organisation, as long as not everyone has signed."""
    return allows("cancel", agreement.state) and is_drafter(actor, agreement)


@rule("agreements.sign")
def may_sign(actor: Actor, party: Party) -> bool:
    """Editors of the party that has not answered; one that declined may still sign."""
    return (
        allows("sign", party.agreement.state)
        and party.state != Party.State.SIGNED
        and actor.acts_for(party.organisation, "editor")
    )


@rule("agreements.decline")
def may_decline(actor: Actor, party: Party) -> bool:
    """Editors of a party that has not answered yet."""
    return (
        allows("decline", party.agreement.state)
        and party.state == Party.State.INVITED
        and actor.acts_for(party.organisation, "editor")
    )


@rule("agreements.terminate")
def may_terminate(actor: Actor, agreement: Agreement) -> bool:
    """Editors of any party, until the agreement is over."""
    return (
        allows("terminate", agreement.state)
        and agreement.status != Status.ENDED
        and is_party_editor(actor, agreement)
    )


@rule("agreements.renew")
def may_renew(actor: Actor, agreement: Agreement) -> bool:
    """Editors of any party, once it is signed and not terminated.  Costs one query at most."""
    return (
        allows("succeed", agreement.state)
        and is_party_editor(actor, agreement)
        and not agreement.successors.exclude(state=State.CANCELLED).exists()
    )


@rule("agreements.amend")
def may_amend(actor: Actor, agreement: Agreement) -> bool:
    """Editors of any party, while it is in force or about to be, one amendment at a time."""
    return (
        agreement.state == State.ACTIVE
        and agreement.status in (*IN_FORCE, Status.UPCOMING)
        and is_party_editor(actor, agreement)
        and not any(each.state == AmendmentState.PROPOSED for each in agreement.amendments.all())
    )


@rule("agreements.answer_amendment")
def may_answer_amendment(actor: Actor, amendment: Amendment) -> bool:
    """Editors of a party that has not answered the open amendment."""
    if amendment.state != AmendmentState.PROPOSED:
        return False
    if not is_party_editor(actor, amendment.agreement):
        return False
    return all(
        consent.party.organisation_id != getattr(actor.organisation, "pk", None)
        for consent in amendment.consents.select_related("party")
    )


@rule("agreements.withdraw_amendment")
def may_withdraw_amendment(actor: Actor, amendment: Amendment) -> bool:
    """Editors of the organisation that proposed it, while it is open."""
    return amendment.state == AmendmentState.PROPOSED and actor.acts_for(
        amendment.organisation, "editor"
    )


@rule("agreements.add_copy")
def may_add_copy(actor: Actor, agreement: Agreement) -> bool:
    """Editors of any party, once all have signed: the scan with the signatures."""
    return agreement.is_signed and is_party_editor(actor, agreement)
