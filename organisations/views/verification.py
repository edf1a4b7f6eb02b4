"""The coordinators' desk: who waits, and the decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hub.attempts import attempt, sent
from hub.paging import paginate
from hub.text import render_markdown
from organisations import access
from organisations.acting import ActingRequest
from organisations.forms.verification import DecisionForm
from organisations.models import Membership, Organisation, Verification
from organisations.registration import likely_doubles
from organisations.services.verification import decide as decide_service

PER_PAGE = 25


@login_required
@require_safe
def queue(request: ActingRequest) -> HttpResponse:
    """Organisations that wait for a decision, longest first; 404 to whoever is no coordinator."""
    if not request.actor.is_coordinator:
        raise Http404
    waiting = Organisation.objects.filter(status=Organisation.Status.PENDING)
    rows = waiting.select_related("place").order_by("created", "pk")
    page = paginate(rows, request, PER_PAGE)
    return render(request, "organisations/verification_queue.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: ActingRequest, slug: str) -> HttpResponse:
    """One organisation with all that speaks for and against it, and the decision."""
    organisation = access.organisation_to_decide(request.actor, slug)
    form = DecisionForm(sent(request), organisation=organisation)
    actor = request.actor.as_self()
    tried = attempt(
        form, lambda: decide_service(organisation=organisation, actor=actor, **form.cleaned_data)
    )
    if tried.done:
        done = _("Decided: “%(organisation)s” is %(status)s.") % {
            "organisation": organisation.name,
            "status": organisation.get_status_display(),
        }
        messages.success(request, done)
        return redirect("organisations:verify")
    members = Membership.objects.active().filter(organisation=organisation)
    decisions = Verification.objects.filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "description": render_markdown(organisation.description),
        "form": form,
        "doubles": likely_doubles(organisation.name, organisation.country, apart_from=organisation),
        "members": members.select_related("person"),
        "decisions": decisions.select_related("coordinator"),
    }
    return render(request, "organisations/verification_decide.html", context, status=tried.status)
