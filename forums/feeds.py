"""The Atom feed of a forum: its newest topics, for programs and for journalists."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from forums import access
from forums.models import Forum, Post, Topic
from hub.text import plain_text

ENTRIES = 30


class ForumFeed(Feed[Topic, Forum]):
    """What was opened lately, with the first words of each opening post."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Forum:
        """The forum, where this reader may see it."""
        return access.forum_for(request.user, kwargs["slug"])

    def title(self, forum: Forum) -> str:
        """The forum's title."""
        return forum.title

    def subtitle(self, forum: Forum) -> str:
        """What is talked about there."""
        return forum.purpose

    def link(self, forum: Forum) -> str:
        """The forum's page."""
        return forum.get_absolute_url()

    def items(self, forum: Forum) -> list[Topic]:
        """The newest topics, each with its opening post; one query and one more."""
        rows = Topic.objects.listed().filter(forum=forum).select_related("person", "organisation")
        topics = list(rows.order_by("-opened", "-pk")[:ENTRIES])
        openings = Post.objects.filter(topic__in=topics, number=1, hidden=None)
        bodies = dict(openings.values_list("topic_id", "body"))
        for topic in topics:
            shown: Any = topic
            shown.opening = bodies.get(topic.pk, "")
        return topics

    def item_title(self, item: Topic) -> str:
        """The topic's title."""
        return item.title

    def item_description(self, item: Any) -> str:
        """The first words."""
        return plain_text(item.opening, 500)

    def item_author_name(self, item: Topic) -> str:
        """Person, and for whom."""
        if item.organisation is None:
            return str(item.person)
        words = _("%(person)s for %(organisation)s")
        return words % {"person": item.person, "organisation": item.organisation}

    def item_pubdate(self, item: Topic) -> datetime:
        """When it was opened."""
        return item.opened

    def item_updateddate(self, item: Topic) -> datetime:
        """When something was last written."""
        return item.last_post_at
