"""Pages of topics: one topic, opening one, renaming, following."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums import access, procedures
from forums.forms import TitleForm, TopicForm
from forums.models import Forum
from forums.services import topics as services
from forums.services.reading import follow
from forums.views.topic_page import topic_page
from hub.ratelimit import TOPICS, within
from organisations.acting import ActingRequest, Actor, able, act_as
from organisations.attempts import attempt_by


@require_safe
def topic_detail(request: ActingRequest, pk: int, slug: str = "") -> HttpResponse:
    """One page of a topic; a wrong or old slug leads to the right address."""
    topic = access.topic_for(request.user, pk)
    if slug != topic.slug:
        query = request.META.get("QUERY_STRING", "")
        url = topic.get_absolute_url()
        return redirect(f"{url}?{query}" if query else url, permanent=False)
    return topic_page(request, topic)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def topic_create(request: ActingRequest, slug: str) -> HttpResponse:
    """Open a topic in a forum; `?kind=` chooses the kind beforehand."""
    forum = access.forum_for(request.user, slug)
    if request.method == "POST":
        return _open(request, forum)
    kinds, actor = _kinds(request.actor, forum)
    wanted = procedures.procedure(request.GET.get("kind", ""))
    if wanted and wanted.create_url and wanted.kind in forum.kinds:
        return redirect(wanted.create_url(forum))
    if not kinds:
        raise PermissionDenied(_why_not(forum))
    act_as(request, actor)
    initial = {"kind": wanted.kind} if wanted in kinds else {}
    form = TopicForm(kinds=kinds, initial=initial)
    return render(request, "forums/topic_form.html", {"form": form, "forum": forum})


def _open(request: ActingRequest, forum: Forum) -> HttpResponse:
    plain = [each for each in _plain_kinds() if each.kind in forum.kinds]
    form = TopicForm(request.POST, kinds=plain)

    def act(actor: Actor) -> Any:
        given = {"comments": True, **form.cleaned_data}
        if given["kind"] != "announcement":
            given["comments"] = True
        return services.open_topic(forum=forum, actor=actor, **given)

    tried = attempt_by(request, form, within(request, TOPICS, act))
    if tried.result is None:
        context = {"form": form, "forum": forum}
        return render(request, "forums/topic_form.html", context, status=tried.status)
    return redirect(tried.result)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def topic_rename(request: ActingRequest, pk: int) -> HttpResponse:
    """Give a topic another title."""
    topic = access.topic_for(request.user, pk)
    hosts = [topic.organisation, topic.forum.owner, *topic.forum.hosts.all()]
    if request.method != "POST":
        actor = able(request.actor, "forums.close_topic", topic, hosts)
        if actor is None:
            raise PermissionDenied
        act_as(request, actor)
        form = TitleForm(initial={"title": topic.title})
        return render(request, "forums/topic_rename.html", {"form": form, "topic": topic})
    form = TitleForm(request.POST)
    tried = attempt_by(
        request,
        form,
        lambda actor: services.rename_topic(topic=topic, actor=actor, **form.cleaned_data),
    )
    if not tried.done:
        context = {"form": form, "topic": topic}
        return render(request, "forums/topic_rename.html", context, status=tried.status)
    return redirect(topic)


@login_required
@require_POST
def topic_follow(request: ActingRequest, pk: int) -> HttpResponse:
    """Follow a topic (`follow=yes`), or no longer (`follow=no`)."""
    topic = access.topic_for(request.user, pk)
    active = request.POST.get("follow") != "no"
    follow(person=request.user, topic=topic, active=active)
    messages.success(
        request,
        _("You follow this topic and get a notice when something new is written.")
        if active
        else _("You no longer follow this topic."),
    )
    return redirect(topic)


def _plain_kinds() -> list[procedures.Procedure]:
    """Kinds that this form can open; the others have a form of their own."""
    return [each for each in procedures.procedures() if each.create_url is None]


def _kinds(actor: Actor, forum: Forum) -> tuple[list[procedures.Procedure], Actor]:
    """What the reader may open here, and for whom: as they act now, else for a host."""
    plain = [each for each in _plain_kinds() if each.kind in forum.kinds]
    found = [each for each in plain if able(actor, each.open_rule, forum, []) is not None]
    if found:
        return found, actor
    for host in [forum.owner, *forum.hosts.all()]:
        other = actor.on_behalf_of(host)
        found = [each for each in plain if able(other, each.open_rule, forum, []) is not None]
        if found:
            return found, other
    return [], actor


def _why_not(forum: Forum) -> str:
    if forum.is_archived:
        return _("This forum is archived. It can be read, but nothing new is added.")
    if forum.opening == Forum.Opening.VERIFIED:
        return _(
            "Members of verified organisations open topics here. Choose above for which "
            "organisation you act."
        )
    return _("Only the hosts open topics in this forum.")
