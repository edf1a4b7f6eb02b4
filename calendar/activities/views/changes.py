"""Planning, changing, cancelling and deleting activities; single occurrences of series."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activities import access, presenting, services
from activities.forms import ActivityForm, MoveForm, ReasonForm
from activities.forms.fields import ORGANISATIONS_LIST, organisations_offered
from activities.models import Activity
from activities.views.common import UNPROCESSABLE, act_for, actor_or_refusal, both
from hub.attempts import attempt, sent, sent_files
from hub.permissions import may
from organisations.acting import ActingRequest


@login_required
@both
def create(request: ActingRequest) -> HttpResponse:
    """Plan an activity of the organisation one acts for."""
    actor, refusal = actor_or_refusal(request, "activities.create")
    if refusal and request.method != "POST":
        return _choose_organisation(request)
    form = ActivityForm(
        sent(request),
        sent_files(request),
        organisation=actor.organisation,
        person=request.user,
    )
    if request.method == "POST" and not refusal:
        tried = attempt(
            form,
            lambda: services.plan_activity(
                actor=actor, co_organisers=form.cleaned_data["co_organisers"], **form.plan()
            ),
        )
        if tried.result:
            messages.success(request, _("The activity stands in the calendar."))
            return redirect(tried.result)
    context = {
        "form": form,
        "list_id": ORGANISATIONS_LIST,
        "offered": organisations_offered(actor.organisation),
    }
    return _form_page(request, "activities/create.html", context, refusal)


def _form_page(
    request: ActingRequest, template: str, context: dict[str, Any], refusal: str
) -> HttpResponse:
    """A form, or the form again with what was typed and why it was not taken."""
    status = HTTPStatus.OK if request.method != "POST" else UNPROCESSABLE
    if refusal:
        status = HTTPStatus.FORBIDDEN
        context["form"].add_error(None, refusal)
    return render(request, template, context, status=status)


def _choose_organisation(request: ActingRequest) -> HttpResponse:
    """Who may not plan as they act now is told for whom they may, or what is missing."""
    able = [
        organisation
        for organisation in request.acting_choices
        if may(request.actor.on_behalf_of(organisation), "activities.create")
    ]
    status = HTTPStatus.OK if able else HTTPStatus.FORBIDDEN
    return render(request, "activities/choose.html", {"able": able}, status=status)


@login_required
@both
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Change an activity; where somebody else did meanwhile, say so and keep what was typed."""
    activity = access.activity_for(request.user, uid)
    actor, refusal = actor_or_refusal(request, "activities.edit", activity)
    if refusal and request.method != "POST":
        raise PermissionDenied(refusal)
    actor = actor.on_behalf_of(activity.organisation)
    form = ActivityForm(
        sent(request),
        sent_files(request),
        activity=activity,
        organisation=activity.organisation,
    )
    context = {"form": form, "activity": activity}
    if request.method == "POST" and not refusal:
        if form.is_valid() and form.stale():
            return _conflict(request, form, context)
        tried = attempt(
            form, lambda: services.change_activity(activity=activity, actor=actor, **form.plan())
        )
        if tried.done:
            messages.success(request, _("The change is kept, and calendars that subscribe get it."))
            return redirect(activity)
    if not refusal:
        act_for(request, activity.organisation)
    return _form_page(request, "activities/edit.html", context, refusal)


def _conflict(request: ActingRequest, form: ActivityForm, context: dict[str, Any]) -> HttpResponse:
    """Somebody was quicker: keep what was typed, and let the reader decide."""
    form.add_error(
        None,
        _(
            "Somebody changed this activity while you were writing. Open its page in another "
            "window, compare, and send this form again to put your version in place."
        ),
    )
    form.renew_version()
    return render(request, "activities/edit.html", context, status=HTTPStatus.CONFLICT)


def _reason_page(
    request: ActingRequest,
    activity: Activity,
    template: str,
    act: Callable[[str], Any],
    done: str,
    back: Any = None,
    **more: Any,
) -> HttpResponse:
    """A page that asks for a reason, then acts and goes `back`."""
    form = ReasonForm(sent(request))
    tried = attempt(form, lambda: act(form.cleaned_data["reason"]))
    if tried.done:
        messages.success(request, done)
        return redirect(back or activity)
    context = {"form": form, "activity": activity, **more}
    return render(request, template, context, status=tried.status)


@login_required
@both
def cancel(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Call an activity off, with a reason that everybody can read."""
    activity = access.activity_with(request.actor, uid, "activities.edit")
    actor = act_for(request, activity.organisation)
    return _reason_page(
        request,
        activity,
        "activities/cancel.html",
        lambda reason: services.cancel_activity(activity=activity, actor=actor, reason=reason),
        _("The activity is cancelled. It stays here, and calendars show it as cancelled."),
    )


@login_required
@both
def delete(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take out what was entered by mistake."""
    activity = access.activity_with(request.actor, uid, "activities.delete")
    actor = act_for(request, activity.organisation)
    return _reason_page(
        request,
        activity,
        "activities/delete.html",
        lambda reason: services.delete_activity(activity=activity, actor=actor, reason=reason),
        _("The activity is deleted."),
        back="activities:month",
    )


@login_required
@require_POST
def reinstate(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take a cancellation back."""
    activity = access.activity_with(request.actor, uid, "activities.delete")
    actor = act_for(request, activity.organisation)
    return _plainly(
        request,
        activity,
        lambda: services.reinstate_activity(activity=activity, actor=actor),
        _("The activity takes place after all."),
    )


def _plainly(
    request: ActingRequest, activity: Activity, act: Callable[[], Any], done: str
) -> HttpResponse:
    """Act, say how it went, and go back to the activity."""
    try:
        act()
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, done)
    return redirect(activity)


@login_required
@both
def leave_out(request: ActingRequest, uid: UUID, day: str) -> HttpResponse:
    """Cancel one occurrence of a series."""
    activity, wanted = access.occurrence_with(request.actor, uid, day, "activities.edit")
    actor = act_for(request, activity.organisation)
    return _reason_page(
        request,
        activity,
        "activities/leave_out.html",
        lambda reason: services.leave_out(
            activity=activity, actor=actor, day=wanted, reason=reason
        ),
        _("This occurrence is cancelled; the others stay."),
        day=wanted,
    )


@login_required
@both
def move(request: ActingRequest, uid: UUID, day: str) -> HttpResponse:
    """Move one occurrence of a series to another time or venue."""
    activity, wanted = access.occurrence_with(request.actor, uid, day, "activities.edit")
    actor = act_for(request, activity.organisation)
    form = MoveForm(sent(request), activity=activity, day=wanted)
    tried = attempt(
        form,
        lambda: services.move_occurrence(
            activity=activity,
            actor=actor,
            day=wanted,
            start=form.cleaned_data["when"].start,
            end=form.cleaned_data["when"].end,
            location=form.cleaned_data["location"],
        ),
    )
    if tried.done:
        messages.success(request, _("This occurrence is moved; the others stay."))
        return redirect(activity)
    span = next(span for span in activity.spans() if span.original == wanted)
    context = {
        "form": form,
        "activity": activity,
        "day": wanted,
        "entry": presenting.occurrence(activity, span),
    }
    return render(request, "activities/move.html", context, status=tried.status)


@login_required
@require_POST
def put_back(request: ActingRequest, uid: UUID, day: str) -> HttpResponse:
    """Let an occurrence take place as the series has it."""
    activity, wanted = access.changed_day_with(request.actor, uid, day, "activities.edit")
    actor = act_for(request, activity.organisation)
    return _plainly(
        request,
        activity,
        lambda: services.put_back(activity=activity, actor=actor, day=wanted),
        _("This occurrence takes place as planned at first."),
    )
