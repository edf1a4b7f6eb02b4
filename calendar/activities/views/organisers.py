"""Asking organisations to organise together, and answering."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activities import access, services
from activities.forms import AnswerForm, AskForm
from activities.views.common import act_for
from activities.views.pages import detail_context
from hub.attempts import attempt
from hub.live.publish import position
from organisations.acting import ActingRequest


@login_required
@require_POST
def ask(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Ask one more organisation."""
    activity = access.activity_with(request.actor, uid, "activities.edit")
    actor = act_for(request, activity.organisation)
    form = AskForm(request.POST)
    tried = attempt(
        form,
        lambda: services.ask_co_organisers(
            activity=activity, actor=actor, organisations=[form.cleaned_data["organisation"]]
        ),
    )
    if not tried.done:
        context = {"seq": position("calendar"), **detail_context(request, activity, form)}
        return render(request, "activities/detail.html", context, status=tried.status)
    if tried.result:
        name = form.cleaned_data["organisation"].name
        messages.success(request, _("“%(name)s” is asked.") % {"name": name})
    else:
        messages.info(request, _("This organisation was asked before."))
    return redirect(activity)


@login_required
@require_POST
def answer(request: ActingRequest, uid: UUID, pk: int) -> HttpResponse:
    """Accept or decline for the organisation that was asked."""
    asked = access.asked_for(request.actor, uid, pk, "activities.respond")
    actor = act_for(request, asked.organisation)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Accept or decline."))
        return redirect(asked.activity)
    try:
        services.answer_request(asked=asked, actor=actor, accept=form.accepts)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("activities:month")
    said = _("%(name)s takes part.") if form.accepts else _("%(name)s does not take part.")
    messages.success(request, said % {"name": asked.organisation.name})
    return redirect(asked.activity)


@login_required
@require_POST
def withdraw(request: ActingRequest, uid: UUID, pk: int) -> HttpResponse:
    """Take a request back."""
    activity = access.activity_with(request.actor, uid, "activities.edit")
    actor = act_for(request, activity.organisation)
    asked = access.partner_of(activity, pk)
    try:
        services.withdraw_request(asked=asked, actor=actor)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("The request is taken back."))
    return redirect(activity)
