"""Who may read the documents of an invitation and of an answer: whoever may see the page."""

from typing import Any

from forums.consultations.models import Consultation, Response
from hub.files.guards import register_file_guard


def _with_invitation(user: Any, consultation: Consultation) -> bool:
    return Consultation.objects.visible_to(user).filter(pk=consultation.pk).exists()


def _with_answer(user: Any, response: Response) -> bool:
    return Consultation.objects.visible_to(user).filter(response=response).exists()


register_file_guard("consultations.consultation", _with_invitation)
register_file_guard("consultations.response", _with_answer)
