"""What must be right with the obligations before an agreement is sent for signature."""

from django.utils.translation import gettext as _

from projects.agreements.models import Agreement
from projects.agreements.requirements import register_requirement
from projects.commitments.models import Commitment


def debtors_are_parties(agreement: Agreement) -> str:
    """Nobody can be bound by an agreement that they do not sign.  One query."""
    strangers = (
        Commitment.objects.from_source(agreement)
        .exclude(debtor__in=agreement.parties.values("organisation"))
        .select_related("debtor")
    )
    for commitment in strangers[:1]:
        return _("%(organisation)s owes something in this agreement but is not a party to it.") % {
            "organisation": commitment.debtor
        }
    return ""


register_requirement(debtors_are_parties)
