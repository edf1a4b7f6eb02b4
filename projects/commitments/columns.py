"""The columns of the register in other forms."""

from hub.exports import Column, address
from projects.commitments.models import Commitment


def _receivers(commitment: Commitment) -> str:
    names = [each.name for each in commitment.beneficiaries.all()]
    return "; ".join([*names, "public"] if commitment.to_public else names)


#: Headings are names for programs and stay the same in every language.
COLUMNS: list[Column] = [
    ("commitment", lambda row: row.pk),
    ("title", lambda row: row.title),
    ("debtor", lambda row: row.debtor.name),
    ("to", _receivers),
    ("due", lambda row: row.due),
    ("status_today", lambda row: row.status.value),
    ("state", lambda row: row.state),
    ("progress_percent", lambda row: row.progress),
    ("closed_on", lambda row: row.closed_on),
    ("source", lambda row: row.source_type.model if row.source_type else ""),
    ("last_modified", lambda row: row.last_modified),
    ("url", address),
]
