"""Opening and changing forums."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from forums.models import Forum
from hub.audit import record
from hub.permissions import require
from hub.text import fold, render_markdown, unique_slug
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Organisation

FIELDS = ("title", "purpose", "rules", "place", "visibility", "opening", "kinds")


@write
def open_forum(*, actor: Actor, hosts: Iterable[Organisation] = (), **fields: Any) -> Forum:
    """Open a forum of the organisation that `actor` acts for.

    `fields` are those of `FIELDS`.  Raises PermissionDenied unless the actor is an editor of a
    verified organisation.
    """
    require(actor, "forums.open_forum")
    assert actor.organisation is not None  # the rule says so; this tells the type checker
    forum = Forum(
        owner=actor.organisation,
        slug=unique_slug(Forum.objects.all(), fields["title"], max_length=80),
        **fields,
    )
    _derive(forum)
    forum.save()
    forum.hosts.set(host for host in hosts if host != forum.owner)
    record("forums.forum.opened", target=forum, actor=actor)
    return forum


@write
def change_forum(
    *, forum: Forum, actor: Actor, hosts: Iterable[Organisation], **fields: Any
) -> Forum:
    """Change what `fields` name; the address stays, so that links stay true."""
    require(actor, "forums.edit_forum", forum)
    changes = {
        name: (str(getattr(forum, name)), str(value))
        for name, value in fields.items()
        if getattr(forum, name) != value
    }
    for name, value in fields.items():
        setattr(forum, name, value)
    _derive(forum)
    forum.save(update_fields=[*fields, "rules_html", "folded", "last_modified"])
    forum.hosts.set(host for host in hosts if host != forum.owner)
    record("forums.forum.changed", target=forum, actor=actor, changes=changes)
    return forum


@write
def archive_forum(*, forum: Forum, actor: Actor, reason: str) -> None:
    """Nothing new may be written; everything stays readable."""
    _set_archived(forum, actor, timezone.now(), reason, "forums.forum.archived")


@write
def unarchive_forum(*, forum: Forum, actor: Actor, reason: str) -> None:
    """Open an archived forum again."""
    _set_archived(forum, actor, None, reason, "forums.forum.unarchived")


def _set_archived(forum: Forum, actor: Actor, moment: Any, reason: str, action: str) -> None:
    require(actor, "forums.edit_forum", forum)
    forum.archived = moment
    forum.save(update_fields=["archived", "last_modified"])
    record(action, target=forum, actor=actor, reason=reason)


def _derive(forum: Forum) -> None:
    """What is computed once, when the words change."""
    forum.rules_html = render_markdown(forum.rules)
    forum.folded = fold(f"{forum.title} {forum.purpose}")
