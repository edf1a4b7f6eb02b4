"""Moving a topic from stage to stage."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.models import Move, Topic
from forums.procedures import MoveContext, MoveKind, Need, Procedure, procedure_of
from hub.audit import record
from hub.live.publish import publish
from hub.permissions import require
from hub.refusals import Refused
from hub.writes import write
from organisations.acting import Actor


@write
def make_move(
    *,
    topic: Topic,
    actor: Actor | None,
    move: str,
    reason: str = "",
    seen_stage: str | None = None,
    **data: Any,
) -> Move:
    """Make `move` on `topic`.  `actor` None is the hub itself: automatic moves only.

    `data` may hold `date`, `text` and `documents`, as the move needs.  `seen_stage` is the
    stage the person saw on the page.  A move whose day has passed is made first.  Raises
    Refused: 422 where something is missing, 409 where the stage is no longer the right one;
    of two people who move at once, the second gets the 409.
    """
    now = timezone.now()
    leading = procedure_of(topic)
    if actor is not None:
        settle(topic=topic, now=now)
    kind = leading.move(move)
    if kind is None or (actor is None) != kind.automatic:
        raise Refused(_("There is no such step."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if actor is not None:
        require(actor, kind.rule, topic)
    return _make(topic, actor, leading, kind, reason.strip(), seen_stage, now, data)


@write
def settle(*, topic: Topic, now: datetime | None = None) -> Move | None:
    """Make the automatic move that is due on `topic`, if one is.  Safe to call at any time."""
    now = now or timezone.now()
    due = procedure_of(topic).due_move(topic, now)
    if due is None:
        return None
    try:
        return make_move(topic=topic, actor=None, move=due)
    except Refused:  # someone else was quicker: it is made
        topic.refresh_from_db(fields=["stage"])
        return None


def _make(
    topic: Topic,
    actor: Actor | None,
    leading: Procedure,
    kind: MoveKind,
    reason: str,
    seen_stage: str | None,
    now: datetime,
    data: dict[str, Any],
) -> Move:
    before = topic.stage
    if before not in kind.from_stages or (seen_stage and seen_stage != before):
        raise _too_late(leading, before)
    _check_needs(kind, reason, data)
    row = Move(
        topic=topic,
        name=kind.name,
        from_stage=before,
        to_stage=kind.to_stage,
        person=actor.person if actor else None,
        organisation=actor.organisation if actor else None,
        reason=reason,
        at=now,
    )
    context = MoveContext(topic=topic, actor=actor, move=row, now=now, data=data)
    if kind.check:
        kind.check(context)
    claimed = Topic.objects.filter(pk=topic.pk, stage=before).update(
        stage=kind.to_stage, last_modified=now
    )
    if not claimed:
        topic.refresh_from_db(fields=["stage"])
        raise _too_late(leading, topic.stage)
    topic.stage = kind.to_stage
    row.save()
    if kind.effect:
        kind.effect(context)
    record(
        f"forums.move.{topic.kind}.{kind.name}",
        target=topic,
        actor=actor,
        changes={"stage": (before, kind.to_stage)},
        reason=reason,
    )
    if kind.announce:
        kind.announce(context)
    publish(topic.stream, "topic.moved", topic=topic.pk)
    publish(topic.forum.stream, "topic.changed", topic=topic.pk)
    return row


def _too_late(leading: Procedure, stage: str) -> Refused:
    label = leading.stage(stage).label
    return Refused(
        _("This step is not possible now: the topic stands at “%(stage)s”.") % {"stage": label}
    )


def _check_needs(kind: MoveKind, reason: str, data: dict[str, Any]) -> None:
    given = {
        Need.REASON: reason,
        Need.DATE: data.get("date"),
        Need.TEXT: data.get("text"),
        Need.DOCUMENT: data.get("documents"),
    }
    words = {
        Need.REASON: _("Give a reason."),
        Need.DATE: _("Give a date."),
        Need.TEXT: _("Write a text."),
        Need.DOCUMENT: _("Add a document."),
    }
    for need in Need:
        if need in kind.needs and not given[need]:
            raise Refused(words[need], status=HTTPStatus.UNPROCESSABLE_ENTITY, field=need.value)
