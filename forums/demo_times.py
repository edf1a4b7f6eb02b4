"""Moves what the demo's services just made to its place in the past."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max

from forums.models import Follow, Forum, LastRead, Move, Post, Topic
from hub.demo import Demo
from hub.models import AuditEntry
from hub.notifications.models import Notification


def set_times(topic: Topic, moments: list[datetime]) -> None:
    """The posts of `topic` were written at `moments`; its moves came right after the last."""
    posts = list(Post.objects.filter(topic=topic).order_by("number"))
    for post, moment in zip(posts, moments, strict=True):
        post.created = moment
    Post.objects.bulk_update(posts, ["created"])
    first, last = moments[0], moments[-1]
    Topic.objects.filter(pk=topic.pk).update(opened=first, last_post_at=last)
    Topic.objects.filter(pk=topic.pk, published__isnull=False).update(published=first)
    Move.objects.filter(topic=topic).update(at=last + timedelta(hours=1))
    for marks in (Follow.objects.filter(topic=topic), LastRead.objects.filter(topic=topic)):
        marks.update(**{"since" if marks.model is Follow else "at": first})
    newest = Topic.objects.listed().filter(forum=topic.forum_id).aggregate(at=Max("last_post_at"))
    Forum.objects.filter(pk=topic.forum_id).update(last_post_at=newest["at"])
    _set_audit(topic, posts, last)


def calm_notices(demo: Demo) -> None:
    """Notices get the times of what they speak of; only those of the last days are unread."""
    kind = ContentType.objects.get_for_model(Topic)
    times = dict(Topic.objects.values_list("pk", "last_post_at"))
    rows = list(Notification.objects.filter(target_type=kind))
    fresh = demo.now - timedelta(days=3)
    for row in rows:
        row.created = times.get(int(row.target_id), demo.now)
        row.read_at = None if row.created > fresh else row.created + timedelta(hours=9)
    Notification.objects.bulk_update(rows, ["created", "read_at"], batch_size=500)


def _set_audit(topic: Topic, posts: list[Post], last: datetime) -> None:
    times = {str(post.pk): post.created for post in posts}
    written = AuditEntry.objects.filter(target_type="forums.post", target_id__in=list(times))
    entries = list(written)
    for entry in entries:
        entry.at = times[entry.target_id]
    AuditEntry.objects.bulk_update(entries, ["at"])
    about = AuditEntry.objects.filter(target_type="forums.topic", target_id=str(topic.pk))
    about.filter(action="forums.topic.opened").update(at=posts[0].created)
    about.exclude(action="forums.topic.opened").update(at=last + timedelta(hours=1))
