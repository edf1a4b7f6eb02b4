"""Writing, editing and hiding posts; the page of one post."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forums import access
from forums.forms import EditPostForm, ReasonForm, ReplyForm
from forums.models import Post
from forums.presenting import render_post
from forums.services import posts as services
from forums.views.topic_page import acting_for, topic_page
from hub.attempts import sent
from hub.permissions import may
from hub.ratelimit import REPLIES, within
from organisations.acting import ActingRequest, able, act_as
from organisations.attempts import attempt_by


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: ActingRequest, pk: int) -> HttpResponse:
    """Add a post.  A browser with script asks for JSON and gets the post as its part."""
    topic = access.topic_for(request.user, pk)
    if request.method != "POST":
        return redirect(topic)
    wants_json = "application/json" in request.headers.get("Accept", "")
    if not request.user.is_authenticated:
        if wants_json:
            error = _("You are signed out. Sign in again in another window, then send.")
            return JsonResponse({"error": error}, status=HTTPStatus.UNAUTHORIZED)
        return redirect_to_login(topic.get_absolute_url())
    form = ReplyForm(request.POST)
    tried = attempt_by(
        request,
        form,
        within(
            request,
            REPLIES,
            lambda actor: services.post_reply(topic=topic, actor=actor, **form.cleaned_data),
        ),
    )
    post = tried.result
    if post is None and wants_json:
        errors = [error for found in form.errors.values() for error in found]
        return JsonResponse({"error": " ".join(map(str, errors))}, status=tried.status)
    if post is None:
        topic = access.topic_for(request.user, pk)
        return topic_page(request, topic, form, tried.status)
    url = _in_topic(post)
    if wants_json:
        return JsonResponse({"number": post.number, "html": render_post(post), "url": url})
    return redirect(url)


@require_safe
def post_detail(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """One post by itself: an address to quote, and where its author and the hosts act on it."""
    post = access.post_for(request.user, pk, number)
    host = able(request.actor, "forums.moderate", post, acting_for(post.topic, request.actor))
    context = {
        "post": post,
        "topic": post.topic,
        "part": render_post(post),
        "in_topic": _in_topic(post),
        "may_edit": may(request.actor, "forums.edit_post", post),
        "host": host,
        "host_organisation": host.organisation if host else None,
    }
    return render(request, "forums/post_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Change one's own post."""
    post = access.post_for(request.user, pk, number)
    if request.method != "POST":
        if not may(request.actor, "forums.edit_post", post):
            raise PermissionDenied
        if post.organisation is not None:
            act_as(request, request.actor.on_behalf_of(post.organisation))
        initial = {"body": post.body, "version": post.version}
        form = EditPostForm(initial=initial)
        return render(request, "forums/post_edit.html", {"form": form, "post": post})
    form = EditPostForm(request.POST)
    tried = attempt_by(
        request, form, lambda actor: services.edit_post(post=post, actor=actor, **form.cleaned_data)
    )
    if tried.result is None:
        post.refresh_from_db(fields=["body", "version"])
        context: dict[str, Any] = {"form": form, "post": post}
        if tried.status == HTTPStatus.CONFLICT:
            context["current"] = post.body
        return render(request, "forums/post_edit.html", context, status=tried.status)
    return redirect(_in_topic(tried.result))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def post_hide(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Take a post out of view, or bring a hidden one back."""
    post = access.post_for(request.user, pk, number)
    service = services.show_post if post.is_hidden else services.hide_post
    form = ReasonForm(sent(request))
    if request.method != "POST":
        host = able(request.actor, "forums.moderate", post, acting_for(post.topic, request.actor))
        if host is None:
            raise PermissionDenied
        act_as(request, host)
    tried = attempt_by(
        request, form, lambda actor: service(post=post, actor=actor, **form.cleaned_data)
    )
    if tried.done:
        messages.success(
            request,
            _("The post is out of view.") if post.is_hidden else _("The post is shown again."),
        )
        return redirect(_in_topic(post))
    context = {"form": form, "post": post, "topic": post.topic}
    return render(request, "forums/post_hide.html", context, status=tried.status)


def _in_topic(post: Post) -> str:
    """The post where it stands among the others."""
    url = reverse("forums:topic", args=[post.topic_id, post.topic.slug])
    page = f"?page={post.page}" if post.page > 1 else ""
    return f"{url}{page}#post-{post.number}"
