"""Agreements, their parties, their amendments, and the fingerprints of what was agreed."""

from projects.agreements.models.agreement import Agreement, AgreementQuerySet
from projects.agreements.models.amendment import Amendment, Consent
from projects.agreements.models.fingerprint import Fingerprint
from projects.agreements.models.number import NumberSeries
from projects.agreements.models.party import Party
from projects.agreements.models.status import EXPIRING_DAYS, Status, status_on, with_status

__all__ = [
    "EXPIRING_DAYS",
    "Agreement",
    "AgreementQuerySet",
    "Amendment",
    "Consent",
    "Fingerprint",
    "NumberSeries",
    "Party",
    "Status",
    "status_on",
    "with_status",
]
