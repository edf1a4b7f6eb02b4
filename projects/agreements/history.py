"""The acts of this room in words."""

from django.utils.translation import gettext_lazy as _

from projects.agreements.procedure import MOVES
from projects.history import register_words

register_words(
    {
        "agreements.agreement.drafted": _("Drafted the agreement"),
        "agreements.agreement.edited": _("Changed the draft"),
        "agreements.document.added": _("Attached a document"),
        "agreements.document.removed": _("Took a document off the draft"),
        "agreements.copy.added": _("Added a signed copy"),
        "agreements.amendment.proposed": _("Proposed an amendment"),
        "agreements.amendment.agreed": _("Agreed to the amendment"),
        "agreements.amendment.adopted": _("Agreed as the last party: the amendment holds"),
        "agreements.amendment.declined": _("Declined the amendment"),
        "agreements.amendment.withdrawn": _("Withdrew the amendment"),
        **{f"agreements.agreement.{move.act}": move.done for move in MOVES.values()},
    }
)
