"""The columns of the register in other forms."""

from hub.exports import Column, address
from projects.agreements.models import Agreement, Fingerprint


def _parties(agreement: Agreement) -> str:
    return "; ".join(party.organisation.name for party in agreement.parties.all())


def _fingerprint(agreement: Agreement) -> str:
    found = [row for row in agreement.fingerprints.all() if row.what == Fingerprint.What.WHOLE]
    return found[0].sha256 if found else ""


#: Headings are names for programs and stay the same in every language.
COLUMNS: list[Column] = [
    ("number", lambda row: row.number),
    ("title", lambda row: row.title),
    ("kind", lambda row: row.kind),
    ("status_today", lambda row: row.status.value),
    ("date_signed", lambda row: row.date_signed),
    ("effective_from", lambda row: row.effective_from),
    ("until", lambda row: row.until),
    ("last_day", lambda row: row.last_day),
    ("parties", _parties),
    ("sha256", _fingerprint),
    ("last_modified", lambda row: row.last_modified),
    ("url", address),
]
