"""The agreements of a project, on the project's page."""

from typing import Any

from hub.panels import Panel, register_panel
from projects.agreements.models import Agreement
from projects.agreements.presenting import attach_shown
from projects.models import Project
from projects.rules import is_working

MOST = 20


def agreements_of(project: Project, actor: Any) -> Panel | None:
    """The agreements that the reader may see, and a way to draft one; two queries."""
    rows = list(
        Agreement.objects.visible_to(actor.person).filter(project=project).for_list()[:MOST]
    )
    attach_shown(rows)
    may_draft = actor.is_authenticated and _takes_part(actor, project)
    if not rows and not may_draft:
        return None
    context = {"agreements": rows, "may_draft": may_draft, "project": project}
    return Panel("agreements/_project_panel.html", context, order=30)


def _takes_part(actor: Any, project: Project) -> bool:
    return is_working(project.lead) and actor.holds(project.lead, "editor")


register_panel("projects.project", agreements_of)
