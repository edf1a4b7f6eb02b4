"""Changing agreements."""

from projects.agreements.services.amending import (
    answer_amendment,
    propose_amendment,
    withdraw_amendment,
)
from projects.agreements.services.drafting import (
    PartyDraft,
    add_document,
    add_signed_copy,
    draft_agreement,
    edit_draft,
    remove_document,
)
from projects.agreements.services.ending import end_expired, renew, terminate
from projects.agreements.services.signing import cancel, decline, propose, sign, take_back

__all__ = [
    "PartyDraft",
    "add_document",
    "add_signed_copy",
    "answer_amendment",
    "cancel",
    "decline",
    "draft_agreement",
    "edit_draft",
    "end_expired",
    "propose",
    "propose_amendment",
    "remove_document",
    "renew",
    "sign",
    "take_back",
    "terminate",
    "withdraw_amendment",
]
