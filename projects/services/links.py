"""Topics and activities that belong to a project."""

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from forums.models import Topic
from hub import audit
from hub.permissions import require
from hub.refusals import Refused
from hub.writes import write
from organisations.acting import Actor
from projects.models import Project


def _rows(project: Project, target: Model) -> tuple[str, object]:
    if isinstance(target, Topic):
        return "topic", project.topics
    if isinstance(target, Activity):
        return "activity", project.activities
    raise TypeError(target)


@write
def link(*, project: Project, target: Topic | Activity, actor: Actor) -> None:
    """Show `target` on the project's page."""
    require(actor, "projects.edit", project)
    what, rows = _rows(project, target)
    if rows.filter(pk=target.pk).exists():  # type: ignore[attr-defined]
        raise Refused(_("This belongs to the project already."), field="address")
    rows.add(target)  # type: ignore[attr-defined]
    audit.record(
        f"projects.{what}.linked", target=project, actor=actor, changes={what: ("", str(target))}
    )


@write
def unlink(*, project: Project, target: Topic | Activity, actor: Actor) -> None:
    """Take `target` off the project's page; the thing itself stays."""
    require(actor, "projects.edit", project)
    what, rows = _rows(project, target)
    rows.remove(target)  # type: ignore[attr-defined]
    audit.record(
        f"projects.{what}.unlinked", target=project, actor=actor, changes={what: (str(target), "")}
    )
