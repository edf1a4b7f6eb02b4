"""Makes forums, topics, posts and consultations for tests: through services, or plain rows."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from forums.consultations.services import prepare_consultation
from forums.models import Forum, Post, Topic
from forums.services.forums import open_forum
from forums.services.posts import post_reply
from forums.services.topics import open_topic
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.factories import make_member, make_municipality, make_organisation, make_user

_numbers = count(1)
KINDS = ["discussion", "announcement", "consultation"]


def make_forum(owner: Organisation | None = None, **fields: Any) -> Forum:
    """A public forum for every kind of topic, opened by a new editor of `owner`."""
    owner = owner or make_organisation()
    number = next(_numbers)
    fields = {
        "title": f"Forum {number}",
        "purpose": "Whatever concerns us.",
        "rules": "",
        "kinds": KINDS,
        **fields,
    }
    return open_forum(actor=Actor(make_member(owner, "editor"), owner), **fields)


def make_topic(forum: Forum | None = None, actor: Actor | None = None, **fields: Any) -> Topic:
    """An open discussion in `forum`."""
    fields = {"kind": "discussion", "title": "School buses", "body": "When do they go?", **fields}
    return open_topic(forum=forum or make_forum(), actor=actor or Actor(make_user()), **fields)


def make_reply(topic: Topic, actor: Actor | None = None, body: str = "At seven.") -> Post:
    """One more post in `topic`."""
    return post_reply(topic=topic, actor=actor or Actor(make_user()), body=body)


def fill_topic(topic: Topic, posts: int, person: User | None = None) -> None:
    """`posts` more posts as plain rows, without the services: for long topics."""
    person = person or make_user()
    first = topic.post_count + 1
    Post.objects.bulk_create(
        Post(topic=topic, number=number, person=person, body="Yes.", html="<p>Yes.</p>")
        for number in range(first, first + posts)
    )
    Topic.objects.filter(pk=topic.pk).update(post_count=topic.post_count + posts)
    topic.refresh_from_db()


def make_inviter(municipality: Organisation | None = None) -> Actor:
    """An editor acting for a verified municipality."""
    municipality = municipality or make_municipality()
    return Actor(make_member(municipality, "editor"), municipality)


def make_consultation(actor: Actor | None = None, **fields: Any) -> Topic:
    """An open consultation of a municipality in a forum of its own, closing in ten days."""
    actor = actor or make_inviter()
    forum = fields.pop("forum", None) or make_forum(actor.organisation)
    fields = {
        "title": "The budget of next year",
        "body": "What should it pay for?",
        "closes": in_days(10),
        "publish_now": True,
        **fields,
    }
    topic = prepare_consultation(forum=forum, actor=actor, **fields)
    return Topic.objects.select_related("consultation", "forum", "organisation").get(pk=topic.pk)


def in_days(days: int) -> date:
    """The day that comes `days` after today."""
    return timezone.localdate() + timedelta(days=days)
