"""The list of projects, one project, entering and changing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hub import audit
from hub.attempts import attempt, sent
from hub.lists import list_page
from hub.refusals import Refused
from hub.text import render_markdown
from organisations.acting import ActingRequest, able
from projects import access, services
from projects.columns import COLUMNS
from projects.filters import ProjectFilter
from projects.forms import ProjectForm, ReasonForm
from projects.history import in_words
from projects.models import Partner, Project
from projects.procedure import MOVES, moves_from
from projects.views.common import act_page, telling

LINKED_SHOWN = 20
TOLD = ("projects/refused.html", "projects:detail", "slug")


@require_safe
def project_list(request: ActingRequest) -> HttpResponse:
    """Projects one may see, filtered; as CSV, XLSX or JSON by `?format=`."""
    visible = Project.objects.visible_to(request.user)
    rows = visible.for_list().defer("description", "folded")
    return list_page(
        request,
        "projects/project_list.html",
        found=ProjectFilter(request.GET, queryset=rows, request=request),
        columns=COLUMNS,
        name="projects",
        may_create=access.may_create(request, "projects.create"),
    )


@require_safe
def project_detail(request: ActingRequest, slug: str) -> HttpResponse:
    """Who, what they do; activities, topics; agreements and commitments come as panels."""
    project = access.project_for(request.user, slug)
    partners = list(project.partners.select_related("organisation"))
    actor = request.actor
    editor = able(actor, "projects.edit", project, [project.lead])
    context = {
        "project": project,
        "description": render_markdown(project.description),
        "tags": project.tags.all(),
        "partners": [row for row in partners if row.state == Partner.State.ACCEPTED],
        "asked": [row for row in partners if row.state != Partner.State.ACCEPTED],
        "answering": _answering(actor, partners, "projects.answer"),
        "leaving": _answering(actor, partners, "projects.leave"),
        "acting": editor,
        "moves": moves_from(project.status) if editor else {},
        "activities": _activities(request, project),
        "topics": _topics(request, project),
        "history": in_words(audit.history(project)[:30]),
    }
    return render(request, "projects/project_detail.html", context)


def _answering(actor: Any, partners: list[Partner], name: str) -> list[tuple[Partner, Any]]:
    """The partners for which the reader may do `name`, each with whom they then act for."""
    rows = [(row, able(actor, name, row, [row.organisation])) for row in partners]
    return [(row, acting) for row, acting in rows if acting]


def _activities(request: ActingRequest, project: Project) -> list[Any]:
    """Its activities that the reader may see: those to come first, then the past ones."""
    visible = project.activities.visible_to(request.user)
    rows = visible.select_related("organisation", "place").defer("ical", "description", "folded")
    coming = list(rows.filter(ends__gte=timezone.now()).order_by("dtstart")[:LINKED_SHOWN])
    past = rows.filter(ends__lt=timezone.now()).order_by("-dtstart")
    return coming + list(past[: LINKED_SHOWN - len(coming)])


def _topics(request: ActingRequest, project: Project) -> QuerySet[Any]:
    visible = project.topics.visible_to(request.user)
    return visible.select_related("organisation", "forum")[:LINKED_SHOWN]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_create(request: ActingRequest) -> HttpResponse:
    """Enter a project for the organisation one acts for."""
    actor = access.creator_of(request, "projects.create")
    form = ProjectForm(sent(request))
    tried = attempt(form, lambda: services.create_project(actor=actor, **form.cleaned_data))
    if tried.result:
        messages.success(request, _("The project is entered. Now invite the partners."))
        return redirect(tried.result)
    return act_page(
        request,
        "projects/project_form.html",
        form=form,
        actor=actor,
        status=tried.status,
        title=_("Enter a project"),
        button=_("Enter the project"),
        back=reverse("projects:list"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def project_edit(request: ActingRequest, slug: str) -> HttpResponse:
    """Change what the project says of itself."""
    project, actor = access.project_to_edit(request, slug)
    form = ProjectForm(sent(request), instance=project)
    tried = attempt(
        form,
        lambda: services.edit_project(project=project, actor=actor, **form.cleaned_data),
    )
    if tried.done:
        messages.success(request, _("The changes are kept."))
        return redirect(project)
    return act_page(
        request,
        "projects/project_form.html",
        form=form,
        actor=actor,
        status=tried.status,
        title=_("Change the project"),
        button=_("Keep the changes"),
        back=project.get_absolute_url(),
        project=project,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def project_move(request: ActingRequest, slug: str, move: str) -> HttpResponse:
    """Take the project to its next status, with a reason where one is needed."""
    if move not in MOVES:
        raise Http404
    project, actor = access.project_to_edit(request, slug)
    step = MOVES[move]
    if project.status not in step.origins:
        raise Refused(_("The project has moved on meanwhile. Look at where it stands now."))
    form = ReasonForm(sent(request), required=step.needs_reason)
    tried = attempt(
        form,
        lambda: services.move_project(
            project=project, move=move, actor=actor, reason=form.cleaned_data["reason"]
        ),
    )
    if tried.done:
        messages.success(request, _("The status of the project is changed."))
        return redirect(project)
    return act_page(
        request,
        "projects/project_form.html",
        form=form,
        actor=actor,
        status=tried.status,
        title=step.label,
        button=step.label,
        back=project.get_absolute_url(),
        project=project,
    )
