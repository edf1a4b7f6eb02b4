"""What the search page finds of this room."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hub.search import Hit, contains_all, register_search
from organisations.models import Organisation


def find_organisations(user: Any, words: list[str], limit: int) -> list[Hit]:
    """Organisations that `user` may see and whose text holds all words; one query."""
    rows = Organisation.objects.visible_to(user).filter(contains_all("folded", words))
    return [
        Hit(row.name, row.get_absolute_url(), row.summary, str(row.get_kind_display()))
        for row in rows[:limit]
    ]


register_search("organisation", _("Organisations"), find_organisations)
