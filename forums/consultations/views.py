"""Pages of consultations: the list, the form of an invitation."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forums import access
from forums.consultations import services
from forums.consultations.columns import COLUMNS
from forums.consultations.filters import ConsultationFilter
from forums.consultations.forms import ConsultationForm, initial_of
from forums.consultations.models import Consultation
from forums.consultations.procedure import stage_of
from forums.models import Forum
from forums.procedures import procedure_of
from hub.lists import list_page
from organisations.acting import ActingRequest, Actor, able, act_as
from organisations.attempts import attempt_by


@require_safe
def consultation_list(request: ActingRequest) -> HttpResponse:
    """The open ones by closing day, then the others, newest first; as a file by `?format=`."""
    now = timezone.now()
    rows = (
        Consultation.objects.visible_to(request.user)
        .listed()
        .select_related(
            "topic__forum", "topic__organisation", "topic__organisation__place", "response"
        )
    )
    running = Q(topic__stage="open", closes_at__gt=now)
    rows = rows.annotate(
        place_in_list=Case(
            When(running, then=Value(0)), default=Value(1), output_field=IntegerField()
        ),
        soonest=Case(When(running, then=F("closes")), default=None),
    ).order_by("place_in_list", F("soonest").asc(nulls_last=True), "-closes", "-pk")
    return list_page(
        request,
        "consultations/consultation_list.html",
        found=ConsultationFilter(request.GET, rows),
        columns=COLUMNS,
        name="consultations",
        prepare=lambda shown: _present(shown, now),
        may_invite=_inviter(request) is not None,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_create(request: ActingRequest) -> HttpResponse:
    """Write an invitation; it is kept as a draft or published at once."""
    if request.method == "POST":
        return _create(request)
    inviter = _inviter(request)
    if inviter is None:
        raise PermissionDenied(
            _(
                "Editors of a verified municipality or public institution invite to "
                "consultations, acting for it."
            )
        )
    act_as(request, inviter)
    forums = _forums_of(inviter)
    initial = {"forum": request.GET.get("forum", "")}
    form = ConsultationForm(forums=forums, initial=initial)
    context = {"form": form, "has_forums": forums.exists()}
    return render(request, "consultations/consultation_form.html", context)


def _create(request: ActingRequest) -> HttpResponse:
    forums = Forum.objects.visible_to(request.user).open()
    form = ConsultationForm(request.POST, request.FILES, forums=forums)
    publish_now = "publish" in request.POST
    tried = attempt_by(
        request,
        form,
        lambda actor: services.prepare_consultation(
            actor=actor, publish_now=publish_now, **form.cleaned_data
        ),
    )
    if tried.result is None:
        # Whatever else the form lacks: who may not invite at all is told that.
        status = tried.status if _inviter(request) else HTTPStatus.FORBIDDEN
        context = {"form": form, "has_forums": True}
        return render(request, "consultations/consultation_form.html", context, status=status)
    messages.success(
        request,
        _("The invitation is published.")
        if publish_now
        else _("The draft is kept. Only editors of your organisation see it."),
    )
    return redirect(tried.result)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    topic = access.topic_for(request.user, pk)
    if topic.kind != "consultation":
        raise Http404
    template = "consultations/consultation_form.html"
    if request.method != "POST":
        actor = able(request.actor, "consultations.run", topic, [topic.organisation])
        if actor is None:
            raise PermissionDenied
        if not topic.is_draft:
            return redirect(topic)
        act_as(request, actor)
        form = ConsultationForm(initial=initial_of(topic))
        return render(request, template, {"form": form, "topic": topic, "has_forums": True})
    form = ConsultationForm(request.POST, request.FILES)
    tried = attempt_by(
        request, form, lambda actor: services.change_draft(topic=topic, actor=actor, **form.terms)
    )
    if not tried.done:
        context = {"form": form, "topic": topic, "has_forums": True}
        return render(request, template, context, status=tried.status)
    messages.success(request, _("The draft is kept. Only editors of your organisation see it."))
    return redirect(topic)


def _present(rows: list[Any], now: datetime) -> None:
    """Put on each row its stage at `now`; no further query."""
    for row in rows:
        row.topic.consultation = row
        row.stage_now = procedure_of(row.topic).stage(stage_of(row.topic, now))


def _inviter(request: ActingRequest) -> Actor | None:
    """The reader, acting for an organisation that may invite."""
    if not request.user.is_authenticated:
        return None
    return able(request.actor, "consultations.invite", None, list(request.acting_choices))


def _forums_of(actor: Actor) -> Any:
    """Forums in which the organisation may invite: its own and those it hosts."""
    organisation = actor.organisation
    return Forum.objects.open().hosted_by([organisation.pk if organisation else 0])
