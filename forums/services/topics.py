"""Opening topics and looking after them: lock, pin, hide."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.models import Follow, Forum, LastRead, Post, Topic
from forums.models.post import fresh_key
from forums.procedures import Procedure, procedure
from hub.audit import record
from hub.live.publish import publish
from hub.permissions import require
from hub.refusals import Refused
from hub.text import fold, render_markdown, unique_slug
from hub.writes import write
from organisations.acting import Actor


def open_topic(
    *,
    forum: Forum,
    actor: Actor,
    kind: str,
    title: str,
    body: str,
    key: str = "",
    comments: bool = True,
    publish_now: bool = True,
) -> Topic:
    """Open a topic of `kind` with its first post; the same `key` twice opens one topic.

    A kind with preparations (consultations) opens it as a draft: `publish_now` False.
    Raises PermissionDenied, or Refused where the forum does not take this kind.
    """
    try:
        return _open_topic(forum, actor, kind, title, body, key, comments, publish_now)
    except IntegrityError:
        sent = sent_already(actor, key)
        if sent is None:
            raise
        return sent.topic


@write
def _open_topic(
    forum: Forum,
    actor: Actor,
    kind: str,
    title: str,
    body: str,
    key: str,
    comments: bool,
    publish_now: bool,
) -> Topic:
    if sent := sent_already(actor, key):
        return sent.topic
    leading = _procedure_in(forum, kind)
    require(actor, leading.open_rule, forum)
    now = timezone.now()
    topic = Topic.objects.create(
        forum=forum,
        kind=kind,
        title=title,
        slug=unique_slug(Topic.objects.none(), title, max_length=80),
        person=actor.person,
        organisation=actor.organisation,
        stage=leading.initial,
        comments=comments,
        opened=now,
        post_count=1,
        last_post_at=now,
        folded=fold(title)[:250],
    )
    Post.objects.create(
        topic=topic,
        number=1,
        person=actor.person,
        organisation=actor.organisation,
        body=body,
        html=render_markdown(body),
        folded=fold(body),
        key=key or fresh_key(),
        created=now,
    )
    Follow.objects.create(person=actor.person, topic=topic)
    LastRead.objects.create(person=actor.person, topic=topic, number=1)
    record("forums.topic.opened", target=topic, actor=actor)
    if publish_now:
        list_topic(topic, now)
    return topic


def list_topic(topic: Topic, now: datetime) -> None:
    """Make a draft public: it enters the forum's list and counters.  Call it inside a `@write`."""
    topic.published = topic.opened = topic.last_post_at = now
    topic.save(update_fields=["published", "opened", "last_post_at", "last_modified"])
    Post.objects.filter(topic=topic, number=1).update(created=now)
    Forum.objects.filter(pk=topic.forum_id).update(
        topic_count=F("topic_count") + 1,
        post_count=F("post_count") + topic.post_count,
        last_post_at=now,
    )
    publish(topic.forum.stream, "topic.opened", topic=topic.pk)


def sent_already(actor: Actor, key: str) -> Post | None:
    """The post that this person sent with `key` before, if any."""
    if not key or not actor.is_authenticated:
        return None
    return Post.objects.select_related("topic__forum").filter(person=actor.person, key=key).first()


@write
def rename_topic(*, topic: Topic, actor: Actor, title: str) -> None:
    """Give a topic another title.  Old addresses lead to the new one."""
    require(actor, "forums.close_topic", topic)
    old, topic.title = topic.title, title
    topic.slug = unique_slug(Topic.objects.none(), title, max_length=80)
    topic.folded = fold(title)[:250]
    topic.save(update_fields=["title", "slug", "folded", "last_modified"])
    record("forums.topic.renamed", target=topic, actor=actor, changes={"title": (old, title)})
    _tell(topic)


@write
def lock_topic(*, topic: Topic, actor: Actor, reason: str) -> None:
    """Stop a conversation, whatever its stage.  409 where it is locked already."""
    _moderate(
        topic, actor, {"locked": None}, {"locked": timezone.now(), "locked_reason": reason},
        action="forums.topic.locked", reason=reason, already=_("This topic is locked already."),
    )  # fmt: skip


@write
def unlock_topic(*, topic: Topic, actor: Actor, reason: str = "") -> None:
    """Let a locked conversation go on."""
    _moderate(
        topic, actor, {"locked__isnull": False}, {"locked": None, "locked_reason": ""},
        action="forums.topic.unlocked", reason=reason, already=_("This topic is not locked."),
    )  # fmt: skip


@write
def hide_topic(*, topic: Topic, actor: Actor, reason: str) -> None:
    """Take a whole topic out of view; only the hosts' editors still find it."""
    _moderate(
        topic, actor, {"hidden": None}, {"hidden": timezone.now(), "hidden_reason": reason},
        action="forums.topic.hidden", reason=reason, already=_("This topic is hidden already."),
    )  # fmt: skip
    _count(topic, -1)


@write
def show_topic(*, topic: Topic, actor: Actor, reason: str = "") -> None:
    """Bring a hidden topic back."""
    _moderate(
        topic, actor, {"hidden__isnull": False}, {"hidden": None, "hidden_reason": ""},
        action="forums.topic.shown", reason=reason, already=_("This topic is not hidden."),
    )  # fmt: skip
    _count(topic, 1)


@write
def pin_topic(*, topic: Topic, actor: Actor, pinned: bool) -> None:
    """Keep a topic on top of its forum's list, or no longer.  Pressing twice is no fault."""
    require(actor, "forums.moderate", topic)
    if Topic.objects.filter(pk=topic.pk, pinned=not pinned).update(pinned=pinned):
        action = "forums.topic.pinned" if pinned else "forums.topic.unpinned"
        record(action, target=topic, actor=actor)
        _tell(topic)
    topic.pinned = pinned


def _moderate(
    topic: Topic,
    actor: Actor,
    expected: dict[str, Any],
    values: dict[str, Any],
    *,
    action: str,
    reason: str,
    already: Promise,
) -> None:
    """One conditional change: of two hosts who press at once, the second is told so."""
    require(actor, "forums.moderate", topic)
    if not Topic.objects.filter(pk=topic.pk, **expected).update(**values):
        raise Refused(already)
    for name, value in values.items():
        setattr(topic, name, value)
    record(action, target=topic, actor=actor, reason=reason)
    _tell(topic)


def _count(topic: Topic, step: int) -> None:
    if topic.published is not None:
        Forum.objects.filter(pk=topic.forum_id).update(
            topic_count=F("topic_count") + step,
            post_count=F("post_count") + step * topic.post_count,
        )


def _tell(topic: Topic) -> None:
    publish(topic.stream, "topic.amended", topic=topic.pk)
    publish(topic.forum.stream, "topic.changed", topic=topic.pk)


def _procedure_in(forum: Forum, kind: str) -> Procedure:
    leading = procedure(kind)
    if leading is None or kind not in forum.kinds:
        raise Refused(
            _("This forum does not take topics of this kind."),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            field="kind",
        )
    return leading
