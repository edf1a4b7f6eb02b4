"""Amendments: proposing, agreeing, declining, withdrawing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hub.attempts import attempt, sent
from organisations.acting import ActingRequest
from projects.agreements import access, services
from projects.agreements.forms import AmendmentForm
from projects.agreements.services.ending import current_text
from projects.forms import ReasonForm
from projects.views.common import act_page, telling

ACT = "agreements/act.html"
TOLD = ("agreements/refused.html", "agreements:detail", "number")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def amendment_propose(request: ActingRequest, number: str) -> HttpResponse:
    """Propose another text or another end."""
    agreement, actor = access.agreement_to(request, number, "agreements.amend")
    initial = {"until": agreement.until, "text": current_text(agreement)}
    form = AmendmentForm(sent(request), initial=initial)
    tried = attempt(
        form,
        lambda: services.propose_amendment(agreement=agreement, actor=actor, **form.cleaned_data),
    )
    if tried.done:
        messages.success(request, _("The other parties are asked to agree."))
        return redirect(agreement)
    return act_page(
        request,
        ACT,
        form=form,
        actor=actor,
        status=tried.status,
        title=_("Propose an amendment"),
        button=_("Propose to the parties"),
        back=agreement.get_absolute_url(),
        agreement=agreement,
        lede=_("The agreement stays as it is until every party has agreed."),
    )


@login_required
@require_POST
@telling(*TOLD)
def amendment_agree(request: ActingRequest, number: str, amendment: int) -> HttpResponse:
    """Agree to an amendment for one's organisation."""
    found, actor = access.amendment_to(request, number, amendment, "agreements.answer_amendment")
    services.answer_amendment(amendment=found, actor=actor, agree=True)
    messages.success(request, _("The consent of your organisation is noted."))
    return redirect(found.agreement)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def amendment_decline(request: ActingRequest, number: str, amendment: int) -> HttpResponse:
    """Decline an amendment for one's organisation, with a reason."""
    found, actor = access.amendment_to(request, number, amendment, "agreements.answer_amendment")
    form = ReasonForm(sent(request))
    tried = attempt(
        form,
        lambda: services.answer_amendment(
            amendment=found, actor=actor, agree=False, reason=form.cleaned_data["reason"]
        ),
    )
    if tried.done:
        messages.success(request, _("The amendment is declined. The agreement stays as it is."))
        return redirect(found.agreement)
    return act_page(
        request,
        ACT,
        form=form,
        actor=actor,
        status=tried.status,
        title=_("Decline the amendment"),
        button=_("Decline the amendment"),
        back=found.agreement.get_absolute_url(),
        agreement=found.agreement,
    )


@login_required
@require_POST
@telling(*TOLD)
def amendment_withdraw(request: ActingRequest, number: str, amendment: int) -> HttpResponse:
    """Take back an amendment that one's organisation proposed."""
    found, actor = access.amendment_to(request, number, amendment, "agreements.withdraw_amendment")
    services.withdraw_amendment(amendment=found, actor=actor)
    messages.success(request, _("The amendment is withdrawn."))
    return redirect(found.agreement)
