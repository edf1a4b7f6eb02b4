"""Recording commitments, reporting on them, assessing them."""

from projects.commitments.services.assessing import assess
from projects.commitments.services.recording import (
    edit_commitment,
    postpone,
    record_commitment,
    remove_obligation,
)
from projects.commitments.services.reporting import report_progress

__all__ = [
    "assess",
    "edit_commitment",
    "postpone",
    "record_commitment",
    "remove_obligation",
    "report_progress",
]
