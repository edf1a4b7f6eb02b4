"""Parts of pages that are also live events: a post, the head of a topic, a row of a list.

They are the same for every reader.  A post is the dearest thing on the page, so its HTML is
kept in the cache under its number, its version, its speaker's names and the language.
"""

from datetime import datetime
from typing import Any
from zlib import crc32

from django.conf import settings
from django.core.cache import cache
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from forums import procedures
from forums.models import Post, Topic
from forums.models.post import PER_PAGE
from forums.models.topic import TopicQuerySet

KEPT_SECONDS = 24 * 3600
_SPEAKER = (
    "person__display_name",
    "organisation__name",
    "organisation__slug",
    "organisation__kind",
    "organisation__status",
)


def rows_of(topics: TopicQuerySet) -> TopicQuerySet:
    """`topics` with all that rows and heads show; no query per row."""
    return topics.select_related(
        "forum", "forum__owner", "person", "organisation", *procedures.related()
    )


def render_window(topic: Topic, start: int, size: int = PER_PAGE) -> list[SafeString]:
    """Posts number `start` to `start + size - 1` as HTML, from the cache where it has them.

    One query for what names the parts; a second one only for texts the cache does not hold.
    """
    names = Post.objects.filter(topic=topic).window(start, size)
    keys = {
        row[0]: _key(row[0], row[1], row[2:])
        for row in names.values_list("pk", "version", *_SPEAKER)
    }
    kept = cache.get_many(keys.values())
    missing = [pk for pk, key in keys.items() if key not in kept]
    if missing:
        rows = Post.objects.filter(pk__in=missing).select_related("person", "organisation")
        made = {keys[post.pk]: _render(post) for post in rows}
        cache.set_many(made, KEPT_SECONDS)
        kept.update(made)
    return [mark_safe(kept[key]) for key in keys.values()]  # noqa: S308 - our own template


def render_post(post: Post) -> SafeString:
    """One post as HTML, fresh, and kept for the pages that follow.

    `person` and `organisation` should be fetched with it.
    """
    html = _render(post)
    speaker: list[Any] = [post.person.display_name]
    organisation = post.organisation
    for name in ("name", "slug", "kind", "status"):
        speaker.append(getattr(organisation, name) if organisation else None)
    cache.set(_key(post.pk, post.version, speaker), html, KEPT_SECONDS)
    return mark_safe(html)  # noqa: S308 - our own template


def render_head(topic: Topic, now: datetime | None = None) -> SafeString:
    """The part above the posts: title, stage, and what the kind adds."""
    context = head_context(topic, now or timezone.now())
    return SafeString(get_template("forums/_head.html").render(context))


def head_context(topic: Topic, now: datetime) -> dict[str, Any]:
    """What `forums/_head.html` needs; the same for every reader."""
    leading = procedures.procedure_of(topic)
    moves = topic.moves.select_related("person", "organisation")
    return {
        "topic": topic,
        "procedure": leading,
        "stage": procedures.current_stage(topic, now),
        "moves": [(move, leading.move(move.name)) for move in moves],
        **leading.head(topic, None, now),
    }


def render_row(topic: Topic) -> SafeString:
    """A topic's row in its forum's list."""
    present([topic], timezone.now())
    return SafeString(get_template("forums/_topic_row.html").render({"topic": topic}))


def present(topics: list[Topic], now: datetime) -> list[Topic]:
    """Give each topic its `procedure` and its `stage_now` for the templates."""
    for topic in topics:
        shown: Any = topic
        shown.procedure = procedures.procedure_of(topic)
        shown.stage_now = procedures.current_stage(topic, now)
    return topics


def _render(post: Post) -> str:
    """The part in the hub's own time zone: readers in several zones get the same bytes."""
    with timezone.override(timezone.get_default_timezone()):
        return get_template("forums/_post.html").render({"post": post})


def _key(pk: int, version: int, speaker: Any) -> str:
    words = crc32(repr(tuple(speaker)).encode())
    return f"post:{pk}:{version}:{words:x}:{get_language() or settings.LANGUAGE_CODE}"
