"""Reporting progress, and assessing it from outside."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.attempts import attempt, sent, sent_files
from hub.permissions import require
from organisations.acting import ActingRequest, Actor
from projects.commitments import access, services
from projects.commitments.forms import AssessForm, ReportForm
from projects.views.common import act_page

ACT = "commitments/act.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_create(request: ActingRequest, pk: int) -> HttpResponse:
    """Say how far it is, with evidence."""
    commitment, actor = access.commitment_to(request, pk, "commitments.report")
    form = ReportForm(
        sent(request),
        sent_files(request),
        commitment=commitment,
    )
    tried = attempt(
        form,
        lambda: services.report_progress(commitment=commitment, actor=actor, **form.cleaned_data),
    )
    if tried.done:
        messages.success(request, _("Your report is kept, and those concerned are told."))
        return redirect(commitment)
    return act_page(
        request,
        ACT,
        form=form,
        actor=actor,
        status=tried.status,
        title=_("Report progress"),
        button=_("Publish the report"),
        back=commitment.get_absolute_url(),
        commitment=commitment,
        files=True,
        lede=_("Reports are dated and stay as they are. Correct one by writing the next."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_create(request: ActingRequest, pk: int) -> HttpResponse:
    """Say how one sees it: for the organisation one acts for, or for oneself."""
    commitment = access.commitment_for(request.user, pk)
    actor: Actor = request.actor
    require(actor, "commitments.assess", commitment)
    form = AssessForm(sent(request))
    tried = attempt(
        form, lambda: services.assess(commitment=commitment, actor=actor, **form.cleaned_data)
    )
    if tried.done:
        messages.success(request, _("Your assessment is published."))
        return redirect(commitment)
    return act_page(
        request,
        ACT,
        form=form,
        actor=actor,
        status=tried.status,
        title=_("Assess the commitment"),
        button=_("Publish the assessment"),
        back=commitment.get_absolute_url(),
        commitment=commitment,
        lede=_("It stands beside what the organisation says itself, under your name."),
    )
