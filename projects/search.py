"""What the search page finds of this room."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hub.search import Hit, contains_all, register_search
from projects.models import Project


def find_projects(user: Any, words: list[str], limit: int) -> list[Hit]:
    """Projects that `user` may see and whose text holds all words; one query."""
    rows = Project.objects.visible_to(user).filter(contains_all("folded", words))
    return [
        Hit(row.title, row.get_absolute_url(), row.summary, str(row.get_status_display()))
        for row in rows.only("title", "slug", "summary", "status")[:limit]
    ]


register_search("project", _("Projects"), find_projects)
