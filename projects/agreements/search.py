"""What the search page finds of this room."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hub.search import Hit, contains_all, register_search
from projects.agreements.models import Agreement
from projects.agreements.presenting import shown


def find_agreements(user: Any, words: list[str], limit: int) -> list[Hit]:
    """Agreements that `user` may see and whose text holds all words; two queries."""
    rows = Agreement.objects.visible_to(user).filter(contains_all("folded", words)).for_list()
    return [
        Hit(
            str(row),
            row.get_absolute_url(),
            ", ".join(party.organisation.name for party in row.parties.all()),
            str(shown(row).short),
        )
        for row in rows.defer("text", "folded")[:limit]
    ]


register_search("agreement", _("Agreements"), find_agreements)
