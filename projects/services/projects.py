"""Projects: entering, changing, moving through their life."""

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub import audit
from hub.notifications.services import notify
from hub.permissions import require
from hub.refusals import Refused
from hub.text import fold, unique_slug
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Place
from organisations.people import people_of
from projects.models import Partner, Project
from projects.procedure import MOVES

FIELDS = ("title", "summary", "description", "place", "start_date", "end_date", "visibility")


def folded_text(project: Project) -> str:
    """What search compares: title, sentence and description."""
    return fold(f"{project.title} {project.summary} {project.description}")


def _slug(title: str) -> str:
    """A free address; the one of the form itself is never given."""
    words = f"project {title}" if fold(title) == "create" else title
    return unique_slug(Project.objects.all(), words)


@write
def create_project(
    *,
    actor: Actor,
    title: str,
    summary: str,
    description: str = "",
    place: Place | None = None,
    start_date: date | None = None,
    end_date: date | None = None,
    visibility: str = Project.Visibility.PUBLIC,
    tags: Iterable[str] = (),
) -> Project:
    """A planned project led by the organisation that `actor` acts for."""
    require(actor, "projects.create")
    project = Project(
        title=title,
        summary=summary,
        description=description,
        place=place,
        start_date=start_date,
        end_date=end_date,
        visibility=visibility,
        lead=actor.organisation,
        person=actor.signed_in(),
        slug=_slug(title),
    )
    project.folded = folded_text(project)
    project.save(force_insert=True)
    project.tags.set(list(tags))
    audit.record("projects.project.created", target=project, actor=actor)
    return project


@write
def edit_project(*, project: Project, actor: Actor, tags: Iterable[str], **fields: Any) -> Project:
    """Change what is said about a project; `fields` are among `FIELDS`."""
    require(actor, "projects.edit", project)
    changes = {
        name: (str(getattr(project, name) or ""), str(value or ""))
        for name, value in fields.items()
        if name in FIELDS and getattr(project, name) != value
    }
    for name in changes:
        setattr(project, name, fields[name])
    project.folded = folded_text(project)
    project.save(update_fields=[*changes, "folded", "last_modified"])
    project.tags.set(list(tags))
    audit.record("projects.project.edited", target=project, actor=actor, changes=changes)
    return project


@write
def move_project(*, project: Project, move: str, actor: Actor, reason: str = "") -> Project:
    """Take the project to its next status.  Refused where it does not stand where it must."""
    require(actor, "projects.edit", project)
    step = MOVES[move]
    if step.needs_reason and not reason.strip():
        raise Refused(
            _("Say why, so that the partners understand it."),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            field="reason",
        )
    moved = Project.objects.filter(pk=project.pk, status__in=step.origins).update(
        status=step.target, last_modified=timezone.now()
    )
    if not moved:
        raise Refused(_("The project has moved on meanwhile. Look at where it stands now."))
    old, project.status = project.status, step.target
    audit.record(
        f"projects.project.{step.act}",
        target=project,
        actor=actor,
        changes={"status": (old, step.target)},
        reason=reason,
    )
    partners = Partner.objects.filter(project=project, state__in=Partner.TAKING_PART)
    organisations = [each.organisation for each in partners.select_related("organisation")]
    notify(people_of(organisations), "projects.moved", actor=actor, target=project, move=move)
    return project
