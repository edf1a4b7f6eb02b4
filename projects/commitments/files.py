"""Who may read the evidence of a report: whoever may see the commitment."""

from typing import Any

from hub.files.guards import register_file_guard
from projects.commitments.models import Commitment, ProgressReport


def _with_report(user: Any, report: ProgressReport) -> bool:
    return Commitment.objects.visible_to(user).filter(pk=report.commitment_id).exists()


register_file_guard("commitments.progressreport", _with_report)
