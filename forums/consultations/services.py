"""Preparing an invitation; what follows are moves of its procedure."""

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.consultations.effects import default_answer_day
from forums.consultations.models import Audience, Consultation
from forums.models import Forum, Post, Topic, Visibility
from forums.services.moves import make_move, settle
from forums.services.topics import open_topic
from hub.audit import record
from hub.files.services import store_file
from hub.permissions import require
from hub.refusals import Refused
from hub.text import fold, render_markdown, unique_slug
from hub.writes import write
from hub.zones import zone_of_country
from organisations.acting import Actor
from organisations.models import Organisation


@write
def prepare_consultation(
    *,
    forum: Forum,
    actor: Actor,
    title: str,
    body: str,
    closes: date,
    answer_due: date | None = None,
    audience: str = Audience.EVERYONE,
    invited: Iterable[Organisation] = (),
    documents: Iterable[Any] = (),
    key: str = "",
    publish_now: bool = False,
) -> Topic:
    """An invitation as a draft, or published at once; the same `key` twice makes one.

    Raises PermissionDenied unless the actor is an editor acting for a verified municipality or
    institution that hosts `forum`, and Refused (422) where the days or the audience do not fit.
    """
    require(actor, "consultations.invite", forum)
    assert actor.organisation is not None  # the rule says so; this tells the type checker
    topic = open_topic(
        forum=forum, actor=actor, kind="consultation", title=title, body=body, key=key,
        publish_now=False,
    )  # fmt: skip
    if Consultation.objects.filter(topic=topic).exists():
        return topic
    consultation = Consultation(topic=topic, tzid=zone_of_country(actor.represented().country))
    _set_terms(consultation, forum, closes, answer_due, audience, list(invited))
    _store(documents, actor, consultation)
    topic.consultation = consultation
    if publish_now:
        make_move(topic=topic, actor=actor, move="publish")
    return topic


@write
def change_draft(
    *,
    topic: Topic,
    actor: Actor,
    title: str,
    body: str,
    closes: date,
    answer_due: date | None = None,
    audience: str = Audience.EVERYONE,
    invited: Iterable[Organisation] = (),
    documents: Iterable[Any] = (),
) -> Topic:
    """Change an invitation that is not published yet.  409 where it has been meanwhile."""
    require(actor, "consultations.run", topic)
    claimed = Topic.objects.filter(pk=topic.pk, stage="draft").update(
        title=title,
        slug=unique_slug(Topic.objects.none(), title, max_length=80),
        folded=fold(title)[:250],
        last_modified=timezone.now(),
    )
    if not claimed:
        raise Refused(_("This invitation is published. Its text can no longer be changed here."))
    Post.objects.filter(topic=topic, number=1).update(
        body=body, html=render_markdown(body), folded=fold(body)
    )
    topic.refresh_from_db(fields=["title", "slug", "folded"])
    consultation = topic.consultation
    _set_terms(consultation, topic.forum, closes, answer_due, audience, list(invited))
    _store(documents, actor, consultation)
    record("consultations.draft.changed", target=topic, actor=actor)
    return topic


def sweep(now: Any = None) -> int:
    """Close every consultation whose last day has ended; how many that were.

    Each is a transaction of its own and safe to repeat: a second sweep finds nothing.
    """
    now = now or timezone.now()
    due = Consultation.objects.due_to_close(now)
    due = due.select_related("topic__forum", "topic__organisation")
    closed = 0
    for consultation in due.order_by("closes_at"):
        topic = consultation.topic
        topic.consultation = consultation
        closed += settle(topic=topic, now=now) is not None
    return closed


def _set_terms(
    consultation: Consultation,
    forum: Forum,
    closes: date,
    answer_due: date | None,
    audience: str,
    invited: list[Organisation],
) -> None:
    if audience == Audience.INVITED and not invited:
        raise _wrong(_("Choose whom you invite, or let everyone contribute."), "invited")
    if forum.visibility == Visibility.MEMBERS and any(
        each.pk not in forum.host_ids for each in invited
    ):
        raise _wrong(
            _("Some invited organisations cannot read this forum. Choose a public one."), "forum"
        )
    answer_due = answer_due or default_answer_day(closes)
    if answer_due <= closes:
        raise _wrong(_("The answer is due after the closing day."), "answer_due")
    consultation.set_closing(closes)
    consultation.answer_due = answer_due
    consultation.audience = audience
    consultation.save()
    consultation.invited.set(invited)


def _store(documents: Iterable[Any], actor: Actor, consultation: Consultation) -> None:
    for upload in documents:
        store_file(upload, actor=actor, attached_to=consultation)


def _wrong(message: str, field: str) -> Refused:
    return Refused(message, status=HTTPStatus.UNPROCESSABLE_ENTITY, field=field)
