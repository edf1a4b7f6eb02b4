"""What the search page finds of this room."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hub.search import Hit, contains_all, register_search
from projects.commitments.models import Commitment
from projects.commitments.presenting import shown
from projects.commitments.sources import binding


def find_commitments(user: Any, words: list[str], limit: int) -> list[Hit]:
    """Commitments that `user` may see and whose text holds all words; one query."""
    rows = binding(Commitment.objects.visible_to(user)).filter(contains_all("folded", words))
    return [
        Hit(row.title, row.get_absolute_url(), row.debtor.name, str(shown(row).label))
        for row in rows.select_related("debtor")[:limit]
    ]


register_search("commitment", _("Commitments"), find_commitments)
