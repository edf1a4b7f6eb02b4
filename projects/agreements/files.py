"""Who may read the documents of an agreement: whoever may read the agreement."""

from typing import Any

from hub.files.guards import register_file_guard
from projects.agreements.models import Agreement


def _with_agreement(user: Any, agreement: Agreement) -> bool:
    return Agreement.objects.visible_to(user).filter(pk=agreement.pk).exists()


register_file_guard("agreements.agreement", _with_agreement)
