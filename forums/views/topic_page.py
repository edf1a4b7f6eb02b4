"""The page of a topic, which several views show: plainly, or with a reply that was refused."""

from http import HTTPStatus
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from forums import procedures
from forums.forms import ReplyForm
from forums.models import Follow, Topic
from forums.models.post import PER_PAGE, page_of
from forums.presenting import head_context, render_window
from forums.services.posts import refusal
from forums.services.reading import mark_read
from hub.live.publish import position
from organisations.acting import ActingRequest, Actor, able


def topic_page(
    request: ActingRequest,
    topic: Topic,
    form: ReplyForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The page in a fixed number of queries, whatever the topic's length.

    The live position is read before the posts: an event may then come twice, never be missed.
    """
    seq = position(topic.stream)
    now = timezone.now()
    page, start = _window(request, topic, at_end=form is not None)
    posts = render_window(topic, start)
    last = min(start + len(posts) - 1, topic.post_count) if posts else 0
    actor: Actor = request.actor
    organisations = acting_for(topic, actor)
    context: dict[str, Any] = {
        **head_context(topic, now),
        "seq": seq,
        "page": page,
        "opening": posts[0] if start == 1 and posts else "",
        "posts": posts[1:] if start == 1 else posts,
        "holds_last": last >= topic.post_count,
        "form": form or ReplyForm(),
        "refused": refusal(topic, actor, now),
        "offered": offered_moves(topic, actor, now),
        "edit_url": _edit_url(topic),
        "host_actor": able(actor, "forums.moderate", topic, organisations),
        "may_rename": able(actor, "forums.close_topic", topic, organisations) is not None,
        **_reading(request, topic, last),
    }
    return render(request, "forums/topic_detail.html", context, status=status)


def offered_moves(topic: Topic, actor: Actor, now: Any) -> list[procedures.MoveKind]:
    """Moves that the reader may make now, for themselves or for an organisation of theirs."""
    if not actor.is_authenticated or topic.is_locked or topic.forum.is_archived:
        return []
    leading = procedures.procedure_of(topic)
    organisations = acting_for(topic, actor)
    return [
        move
        for move in leading.moves_from(leading.stage_of(topic, now))
        if able(actor, move.rule, topic, organisations) is not None
    ]


def _edit_url(topic: Topic) -> str:
    leading = procedures.procedure_of(topic)
    return leading.edit_url(topic) if leading.edit_url else ""


def acting_for(topic: Topic, actor: Actor) -> list[Any]:
    """Organisations that acts on a topic may be done for: its own, and the forum's hosts."""
    if not actor.roles:
        return []
    return [topic.organisation, topic.forum.owner, *topic.forum.hosts.all()]


def _window(request: ActingRequest, topic: Topic, *, at_end: bool) -> tuple[Page[int], int]:
    """The page asked for and the number of its first post; nonsense gives the nearest page."""
    pages = Paginator(range(1, topic.post_count + 1), PER_PAGE)
    after = request.GET.get("after", "")
    if at_end or request.GET.get("page") == "last":
        page = pages.get_page(pages.num_pages)
    elif "page" not in request.GET and after.isdecimal() and len(after) < 10:
        number = min(int(after) + 1, max(topic.post_count, 1))
        return pages.get_page(page_of(number)), number
    else:
        page = pages.get_page(request.GET.get("page"))
    return page, max(page.start_index(), 1)


def _reading(request: ActingRequest, topic: Topic, last: int) -> dict[str, Any]:
    """How far the reader had read, and whether they follow; the mark moves on."""
    if not request.user.is_authenticated:
        return {"unread": 0, "first_unread": 0, "follows": False}
    before = mark_read(person=request.user, topic=topic, number=last)
    unread = max(topic.post_count - before, 0) if before else 0
    return {
        "unread": unread,
        "first_unread": before + 1 if unread else 0,
        "unread_page": page_of(before + 1),
        "follows": Follow.objects.filter(person=request.user, topic=topic, active=True).exists(),
    }
