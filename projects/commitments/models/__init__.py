"""Commitments, the reports of those who owe, the assessments of others."""

from projects.commitments.models.assessment import Assessment, Verdict
from projects.commitments.models.commitment import (
    Commitment,
    CommitmentQuerySet,
    State,
    Status,
)
from projects.commitments.models.report import ProgressReport
from projects.commitments.models.source import (
    Source,
    register_source,
    source_kind,
    source_kinds,
)

__all__ = [
    "Assessment",
    "Commitment",
    "CommitmentQuerySet",
    "ProgressReport",
    "Source",
    "State",
    "Status",
    "Verdict",
    "register_source",
    "source_kind",
    "source_kinds",
]
