"""Making a move, and the acts of the hosts on a topic."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from forums import access, procedures
from forums.forms import MoveForm, ReasonForm
from forums.models import Topic
from forums.procedures import MoveKind
from forums.services import topics as services
from forums.services.moves import make_move
from forums.views.topic_page import acting_for
from hub.attempts import sent
from organisations.acting import ActingRequest, able, act_as
from organisations.attempts import attempt_by


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: ActingRequest, pk: int, name: str) -> HttpResponse:
    """The form of one move: what it does, what it needs."""
    topic = access.topic_for(request.user, pk)
    leading = procedures.procedure_of(topic)
    kind = leading.move(name)
    if kind is None or kind.automatic:
        raise Http404
    stage = leading.stage_of(topic, timezone.now())
    if request.method != "POST":
        actor = able(request.actor, kind.rule, topic, acting_for(topic, request.actor))
        if actor is None:
            raise PermissionDenied
        act_as(request, actor)
        form = MoveForm(move=kind, initial={"seen_stage": stage})
        return _show(request, topic, kind, form)
    form = MoveForm(request.POST, request.FILES, move=kind)
    tried = attempt_by(
        request, form, lambda actor: make_move(topic=topic, actor=actor, move=name, **form.given)
    )
    if not tried.done:
        topic = access.topic_for(request.user, pk)
        return _show(request, topic, kind, form, tried.status)
    messages.success(request, _("Done: %(what)s.") % {"what": kind.done})
    return redirect(topic)


def _show(
    request: ActingRequest, topic: Topic, kind: MoveKind, form: MoveForm, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    context = {
        "topic": topic,
        "move": kind,
        "form": form,
        "stage": procedures.current_stage(topic, now),
        "to_stage": procedures.procedure_of(topic).stage(kind.to_stage),
    }
    return render(request, "forums/move.html", context, status=status)


class Act:
    """An act of the hosts that needs a reason."""

    def __init__(
        self, service: Callable[..., None], label: Promise, hint: Promise, done: Promise
    ) -> None:
        self.service = service
        self.label = label
        self.hint = hint
        self.done = done


ACTS = {
    "lock": Act(
        services.lock_topic,
        gettext_lazy("Lock the topic"),
        gettext_lazy("Nobody can add anything until a host unlocks it. It stays readable."),
        gettext_lazy("The topic is locked."),
    ),
    "unlock": Act(
        services.unlock_topic,
        gettext_lazy("Unlock the topic"),
        gettext_lazy("The conversation can go on."),
        gettext_lazy("The topic is unlocked."),
    ),
    "hide": Act(
        services.hide_topic,
        gettext_lazy("Take the topic out of view"),
        gettext_lazy("Only editors of the hosts still find it. The reason is kept."),
        gettext_lazy("The topic is out of view."),
    ),
    "show": Act(
        services.show_topic,
        gettext_lazy("Show the topic again"),
        gettext_lazy("Everyone who may read the forum sees it again."),
        gettext_lazy("The topic is shown again."),
    ),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def moderate(request: ActingRequest, pk: int, name: str) -> HttpResponse:
    """Lock, unlock, hide or show a topic, with a reason."""
    topic = access.topic_for(request.user, pk)
    act = ACTS[name]
    form = ReasonForm(sent(request))
    if request.method != "POST":
        host = able(request.actor, "forums.moderate", topic, acting_for(topic, request.actor))
        if host is None:
            raise PermissionDenied
        act_as(request, host)
    tried = attempt_by(
        request, form, lambda actor: act.service(topic=topic, actor=actor, **form.cleaned_data)
    )
    if tried.done:
        messages.success(request, str(act.done))
        return redirect(topic)
    context = {"form": form, "topic": topic, "act": act}
    return render(request, "forums/moderate.html", context, status=tried.status)


@login_required
@require_POST
def pin(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep a topic on top (`pinned=yes`), or no longer."""
    topic = access.topic_for(request.user, pk)
    services.pin_topic(topic=topic, actor=request.actor, pinned=request.POST.get("pinned") == "yes")
    return redirect(topic.forum)
