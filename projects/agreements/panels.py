"""The agreements of a project and of an organisation, on their pages."""

from typing import Any

from hub.panels import Panel, register_panel
from organisations.models import Organisation
from projects.agreements.models import Agreement
from projects.agreements.presenting import attach_shown
from projects.models import Project
from projects.rules import is_working

MOST, MOST_OF_ONE = 20, 5


def agreements_of(project: Project, actor: Any) -> Panel | None:
    """The project's agreements that the reader may see, and a way to draft one; two queries."""
    rows = list(
        Agreement.objects.visible_to(actor.person).filter(project=project).for_list()[:MOST]
    )
    may_draft = is_working(project.lead) and actor.holds(project.lead, "editor")
    if not rows and not may_draft:
        return None
    attach_shown(rows)
    context = {"agreements": rows, "may_draft": may_draft, "project": project}
    return Panel("agreements/_project_panel.html", context, order=10)


def agreements_with(organisation: Organisation, actor: Any) -> Panel | None:
    """The organisation's newest agreements that the reader may see; two queries."""
    visible = Agreement.objects.visible_to(actor.person).of(organisation)
    rows = list(visible.for_list()[: MOST_OF_ONE + 1])
    if not rows:
        return None
    attach_shown(rows)
    context = {
        "agreements": rows[:MOST_OF_ONE],
        "more": len(rows) > MOST_OF_ONE,
        "organisation": organisation,
    }
    return Panel("agreements/_organisation_panel.html", context, order=35)


register_panel("projects.project", agreements_of)
register_panel("organisations.organisation", agreements_with)
