"""The projects of an organisation, on the organisation's page."""

from typing import Any

from hub.panels import Panel, register_panel
from organisations.models import Organisation
from projects.models import Project

MOST = 5


def projects_of(organisation: Organisation, actor: Any) -> Panel | None:
    """Those that the reader may see, the ones under way first; one query."""
    rows = Project.objects.visible_to(actor.person).of(organisation).order_by("status", "-pk")
    shown = list(rows.select_related("lead")[: MOST + 1])
    if not shown:
        return None
    context = {
        "projects": shown[:MOST],
        "more": len(shown) > MOST,
        "organisation": organisation,
    }
    return Panel("projects/_organisation_panel.html", context, order=30)


register_panel("organisations.organisation", projects_of)
