"""Writing, editing and hiding posts."""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus

from django.db import IntegrityError
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums import procedures
from forums.models import Follow, Forum, LastRead, Post, Topic
from forums.models.post import fresh_key
from forums.rules import speaks_rightly
from forums.services.topics import sent_already
from hub.audit import record
from hub.live.publish import publish
from hub.notifications.services import notify
from hub.permissions import may, require
from hub.refusals import Refused
from hub.text import fold, render_markdown
from hub.writes import write
from organisations.acting import Actor
from organisations.models import User

UNVERIFIED = _(
    "The organisation you act for is not verified yet. Until it is, you can write for yourself."
)


def post_reply(*, topic: Topic, actor: Actor, body: str, key: str = "") -> Post:
    """Add a post to `topic`; the same `key` sent twice is one post, and both sends get it.

    Raises PermissionDenied where the actor may not even read, and Refused (with words for the
    person) where the topic takes no posts, or none of theirs.
    """
    try:
        return _post_reply(topic, actor, body, key)
    except IntegrityError:  # the same key came at the same moment into another topic
        sent = sent_already(actor, key)
        if sent is None:
            raise
        return _same_topic(sent, topic)


@write
def _post_reply(topic: Topic, actor: Actor, body: str, key: str) -> Post:
    locked = _lock(topic)  # from here on one writer at a time: numbers have no gaps
    if sent := sent_already(actor, key):
        return _same_topic(sent, topic)
    now = timezone.now()
    if refused := refusal(locked, actor, now):
        raise refused
    post = Post.objects.create(
        topic=locked,
        number=locked.post_count + 1,
        person=actor.person,
        organisation=actor.organisation,
        body=body,
        html=render_markdown(body),
        folded=fold(body),
        key=key or fresh_key(),
        created=now,
    )
    Topic.objects.filter(pk=topic.pk).update(post_count=post.number, last_post_at=now)
    Forum.objects.filter(pk=topic.forum_id).update(post_count=F("post_count") + 1, last_post_at=now)
    _follow(post)
    record("forums.post.written", target=post, actor=actor)
    notify(_waiting(post), "forums.reply", actor=actor, target=locked, number=post.number)
    publish(locked.stream, "post.created", post=post.pk)
    publish(locked.forum.stream, "topic.changed", topic=locked.pk)
    return post


def refusal(topic: Topic, actor: Actor, now: datetime) -> Refused | None:
    """Why `actor` cannot write in `topic` now, in words; None where they can.

    How the topic stands comes first: nobody is asked to sign in to a closed room.
    """
    if topic.forum.is_archived:
        return Refused(_("This forum is archived. It can be read, but nothing new is added."))
    if topic.is_draft:
        return Refused(_("This is a draft. Publish it before anyone can reply."))
    if topic.is_locked:
        return Refused(_("The hosts have locked this topic. Nothing can be added."))
    if not topic.comments:
        return Refused(_("Replies are switched off for this topic."))
    leading = procedures.procedure_of(topic)
    if not leading.stage(leading.stage_of(topic, now)).accepts_posts:
        return leading.refuses_post(topic, actor, now) or Refused(
            _("This topic is closed. Nothing can be added.")
        )
    return _not_theirs(topic, actor) or leading.refuses_post(topic, actor, now)


def _not_theirs(topic: Topic, actor: Actor) -> Refused | None:
    """Why this actor in particular cannot write where others can."""
    if not actor.is_authenticated:
        return Refused(_("Sign in to write here."), status=HTTPStatus.FORBIDDEN)
    if not speaks_rightly(actor):
        return Refused(UNVERIFIED, status=HTTPStatus.FORBIDDEN)
    if not may(actor, "forums.reply", topic):
        return Refused(_("You may not write here."), status=HTTPStatus.FORBIDDEN)
    return None


@write
def edit_post(*, post: Post, actor: Actor, body: str, version: int | None = None) -> Post:
    """Change one's own words.  `version` is what the form was made from: 409 where it is old."""
    require(actor, "forums.edit_post", post)
    if refused := _editing_refused(post.topic):
        raise refused
    expected = post.version if version is None else version
    now = timezone.now()
    old = post.body
    changed = Post.objects.filter(pk=post.pk, version=expected, hidden=None).update(
        body=body,
        html=render_markdown(body),
        folded=fold(body),
        version=F("version") + 1,
        edited=now,
    )
    if not changed:
        raise Refused(
            _("This post was changed in the meantime. Compare your text with it and save again.")
        )
    post.refresh_from_db(fields=["body", "html", "folded", "version", "edited"])
    record("forums.post.edited", target=post, actor=actor, changes={"body": (old, body)})
    publish(post.topic.stream, "post.edited", post=post.pk)
    return post


@write
def hide_post(*, post: Post, actor: Actor, reason: str) -> None:
    """Take the words of a post out of view; its number and the reason stay."""
    _set_hidden(post, actor, timezone.now(), reason, _("This post is hidden already."))
    record("forums.post.hidden", target=post, actor=actor, reason=reason)
    notify([post.person], "forums.post_hidden", actor=actor, target=post, reason=reason)


@write
def show_post(*, post: Post, actor: Actor, reason: str = "") -> None:
    """Bring a hidden post back."""
    _set_hidden(post, actor, None, "", _("This post is not hidden."))
    record("forums.post.shown", target=post, actor=actor, reason=reason)


def _set_hidden(
    post: Post, actor: Actor, moment: datetime | None, reason: str, already: str | Promise
) -> None:
    require(actor, "forums.moderate", post)
    changed = Post.objects.filter(pk=post.pk, hidden__isnull=moment is not None).update(
        hidden=moment, hidden_reason=reason, version=F("version") + 1
    )
    if not changed:
        raise Refused(already)
    post.refresh_from_db(fields=["hidden", "hidden_reason", "version"])
    publish(post.topic.stream, "post.hidden", post=post.pk)


def _editing_refused(topic: Topic) -> Refused | None:
    if topic.forum.is_archived or topic.is_locked:
        return Refused(_("This topic is locked or archived. Posts can no longer be changed."))
    stage = procedures.current_stage(topic, timezone.now())
    if not topic.is_draft and not stage.accepts_posts:
        return Refused(_("This topic is closed. Posts can no longer be changed."))
    return None


def _lock(topic: Topic) -> Topic:
    rows = Topic.objects.select_for_update(of=("self",)).select_related(
        "forum", "forum__owner", *procedures.related()
    )
    return rows.get(pk=topic.pk)


def _same_topic(sent: Post, topic: Topic) -> Post:
    if sent.topic_id != topic.pk:
        raise Refused(_("This text was sent to another topic already."))
    return sent


def _follow(post: Post) -> None:
    """Whoever writes follows, unless they chose not to; and has read what they just wrote."""
    Follow.objects.get_or_create(person=post.person, topic=post.topic)
    LastRead.objects.filter(person=post.person, topic=post.topic, number=post.number - 1).update(
        number=post.number
    )


def _waiting(post: Post) -> Iterable[User]:
    """Followers who had read everything before `post`: one notice per visit, not per post."""
    follows = Q(followed_topics__topic=post.topic, followed_topics__active=True)
    caught_up = LastRead.objects.filter(topic=post.topic, number=post.number - 1)
    return User.objects.filter(follows, is_active=True, pk__in=caught_up.values("person_id"))
