"""Partners and what belongs to a project: inviting, answering, linking."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from activities.models import Activity
from forums.models import Topic
from hub.attempts import attempt, sent
from organisations.acting import ActingRequest
from projects import access, services
from projects.forms import InviteForm, LinkForm, ReasonForm
from projects.models import Project
from projects.views.common import act_page, telling

TOLD = ("projects/refused.html", "projects:detail", "slug")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def partner_invite(request: ActingRequest, slug: str) -> HttpResponse:
    """Invite an organisation to the project."""
    project, actor = access.project_to_edit(request, slug)
    form = InviteForm(sent(request))
    tried = attempt(
        form, lambda: services.invite_partner(project=project, actor=actor, **form.cleaned_data)
    )
    if tried.done:
        messages.success(request, _("The invitation is sent."))
        return redirect(project)
    return act_page(
        request,
        "projects/project_form.html",
        form=form,
        actor=actor,
        status=tried.status,
        title=_("Invite a partner"),
        button=_("Send the invitation"),
        back=project.get_absolute_url(),
        project=project,
    )


def _button(
    request: ActingRequest, project: Project, act: Callable[[], Any], done: str
) -> HttpResponse:
    act()
    messages.success(request, done)
    return redirect(project)


@login_required
@require_POST
@telling(*TOLD)
def partner_accept(request: ActingRequest, slug: str, pk: int) -> HttpResponse:
    """Accept the invitation for one's organisation."""
    partner, actor = access.partner_of(request, slug, pk, "projects.answer")
    return _button(
        request,
        partner.project,
        lambda: services.answer_invitation(partner=partner, accept=True, actor=actor),
        _("Your organisation takes part in the project."),
    )


def _with_reason(
    request: ActingRequest, slug: str, pk: int, *, name: str, title: str, required: bool, act: Any
) -> HttpResponse:
    partner, actor = access.partner_of(request, slug, pk, name)
    form = ReasonForm(sent(request), required=required)
    tried = attempt(form, lambda: act(partner, actor, form.cleaned_data["reason"]))
    if tried.done:
        messages.success(request, _("Your answer is kept."))
        return redirect(
            "projects:list" if partner.project.visibility != "public" else partner.project
        )
    return act_page(
        request,
        "projects/project_form.html",
        form=form,
        actor=actor,
        status=tried.status,
        title=title,
        button=title,
        back=partner.project.get_absolute_url(),
        project=partner.project,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def partner_decline(request: ActingRequest, slug: str, pk: int) -> HttpResponse:
    """Decline the invitation for one's organisation."""
    return _with_reason(
        request,
        slug,
        pk,
        name="projects.answer",
        title=_("Decline the invitation"),
        required=False,
        act=lambda partner, actor, reason: services.answer_invitation(
            partner=partner, accept=False, actor=actor, reason=reason
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def partner_leave(request: ActingRequest, slug: str, pk: int) -> HttpResponse:
    """Stop taking part."""
    return _with_reason(
        request,
        slug,
        pk,
        name="projects.leave",
        title=_("Leave the project"),
        required=True,
        act=lambda partner, actor, reason: services.leave_project(
            partner=partner, actor=actor, reason=reason
        ),
    )


@login_required
@require_POST
@telling(*TOLD)
def partner_withdraw(request: ActingRequest, slug: str, pk: int) -> HttpResponse:
    """Take back an invitation that was not answered."""
    project, actor = access.project_to_edit(request, slug)
    partner = get_object_or_404(project.partners.select_related("organisation"), pk=pk)
    return _button(
        request,
        project,
        lambda: services.withdraw_invitation(partner=partner, actor=actor),
        _("The invitation is taken back."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def link_add(request: ActingRequest, slug: str) -> HttpResponse:
    """Show a topic or an activity on the project's page."""
    project, actor = access.project_to_edit(request, slug)
    form = LinkForm(sent(request), person=request.user)
    tried = attempt(
        form,
        lambda: services.link(project=project, target=form.cleaned_data["address"], actor=actor),
    )
    if tried.done:
        messages.success(request, _("It stands on the project's page now."))
        return redirect(project)
    return act_page(
        request,
        "projects/project_form.html",
        form=form,
        actor=actor,
        status=tried.status,
        title=_("Add a topic or an activity"),
        button=_("Add to the project"),
        back=project.get_absolute_url(),
        project=project,
    )


@login_required
@require_POST
@telling(*TOLD)
def link_remove(request: ActingRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Take a topic or an activity off the project's page."""
    project, actor = access.project_to_edit(request, slug)
    rows: Any = project.topics if kind == "topic" else project.activities
    target: Topic | Activity = get_object_or_404(rows.all(), pk=pk)
    return _button(
        request,
        project,
        lambda: services.unlink(project=project, target=target, actor=actor),
        _("It is taken off the project's page."),
    )
