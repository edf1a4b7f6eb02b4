"""Procedures: what stages a kind of topic passes through, who may move it, and what that sets off.

A kind registers its procedure in `ready()`.  The forum knows no kind by name: what a room such
as consultations adds to the topic page, it adds through its procedure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from forums.models import Forum, Move, Topic
from hub.refusals import Refused

Words = str | Promise


class Need(StrEnum):
    """What a person must give to make a move."""

    REASON = "reason"
    DATE = "date"
    TEXT = "text"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Stage:
    """One stage.  `tone` colours its chip: good, accent, official, warn, bad or quiet.

    A stage that is `usual` for its kind needs no chip in lists: only what differs is told.
    """

    name: str
    label: Words
    accepts_posts: bool = False
    tone: str = "quiet"
    usual: bool = False


@dataclass
class MoveContext:
    """What an effect is given: the topic after the move, and what the person wrote."""

    topic: Topic
    actor: Any
    move: Move
    now: datetime
    data: dict[str, Any] = field(default_factory=dict)


Effect = Callable[[MoveContext], None]


@dataclass(frozen=True)
class MoveKind:
    """A step that may be made.

    `label` is the verb on the button, `done` what the history says afterwards.  `rule` names
    the right.  `check` runs before the stage changes and raises Refused; `effect` changes rows
    of the room, `announce` gives notices.  `automatic` moves are made by the hub on a date;
    a `leading` one is what its stage waits for, a `dangerous` one cannot be taken back.
    """

    name: str
    label: Words
    done: Words
    from_stages: tuple[str, ...]
    to_stage: str
    rule: str
    needs: frozenset[Need] = frozenset()
    offers: frozenset[Need] = frozenset()
    hint: Words = ""
    check: Effect | None = None
    effect: Effect | None = None
    announce: Effect | None = None
    automatic: bool = False
    leading: bool = False
    dangerous: bool = False

    @property
    def fields(self) -> frozenset[Need]:
        """Everything its form shows."""
        return self.needs | self.offers


def _stored_stage(topic: Topic, now: datetime) -> str:
    return topic.stage


def _nothing_due(topic: Topic, now: datetime) -> str | None:
    return None


def _never_refuses(topic: Topic, actor: Any, now: datetime) -> Refused | None:
    return None


def _no_head(topic: Topic, actor: Any, now: datetime) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Procedure:
    """All that a kind of topic is.

    `stage_of` gives the stage at a moment (a date may have passed that no row knows of yet),
    `due_move` the automatic move that is due then.  `refuses_post` adds conditions of the kind
    for writing.  `head_template` is shown above the posts with what `head` returns; it must not
    differ by reader, because it is also sent as a live event.  `related` are joins for lists.
    """

    kind: str
    label: Words
    explained: Words
    icon: str
    stages: tuple[Stage, ...]
    moves: tuple[MoveKind, ...]
    open_rule: str = "forums.open_topic"
    related: tuple[str, ...] = ()
    stage_of: Callable[[Topic, datetime], str] = _stored_stage
    due_move: Callable[[Topic, datetime], str | None] = _nothing_due
    refuses_post: Callable[[Topic, Any, datetime], Refused | None] = _never_refuses
    head: Callable[[Topic, Any, datetime], dict[str, Any]] = _no_head
    head_template: str = ""
    create_url: Callable[[Forum], str] | None = None
    edit_url: Callable[[Topic], str] | None = None
    replies_label: Words = ""

    @property
    def initial(self) -> str:
        """The stage a topic begins in: the first one."""
        return self.stages[0].name

    def stage(self, name: str) -> Stage:
        """The stage called `name`; a stage that was taken away reads as its name."""
        return next((stage for stage in self.stages if stage.name == name), Stage(name, name))

    def move(self, name: str) -> MoveKind | None:
        """The move called `name`."""
        return next((move for move in self.moves if move.name == name), None)

    def moves_from(self, stage: str) -> list[MoveKind]:
        """Moves that a person might make in `stage`, in the order of the declaration."""
        return [move for move in self.moves if stage in move.from_stages and not move.automatic]


_procedures: dict[str, Procedure] = {}


def register_procedure(procedure: Procedure) -> None:
    """Make `procedure` known.  Raises ValueError where a stage or a kind is named wrongly."""
    if procedure.kind in _procedures:
        raise ValueError(f"The kind {procedure.kind} exists already.")
    known = {stage.name for stage in procedure.stages}
    for move in procedure.moves:
        if unknown := {*move.from_stages, move.to_stage} - known:
            raise ValueError(f"{procedure.kind}.{move.name} names unknown stages {unknown}.")
    _procedures[procedure.kind] = procedure


def procedure_of(topic: Topic) -> Procedure:
    """The procedure that leads `topic`."""
    return _procedures[topic.kind]


def procedure(kind: str) -> Procedure | None:
    """The procedure of `kind`, if there is one."""
    return _procedures.get(kind)


def procedures() -> list[Procedure]:
    """All procedures in the order of registration."""
    return list(_procedures.values())


def kind_choices() -> list[tuple[str, Words]]:
    """Kinds of topic for forms and filters."""
    return [(each.kind, each.label) for each in _procedures.values()]


def related() -> list[str]:
    """Joins that make `stage_of` free of queries, for every list and page of topics."""
    return sorted({join for each in _procedures.values() for join in each.related})


def current_stage(topic: Topic, now: datetime) -> Stage:
    """Where `topic` stands at `now`."""
    leading = procedure_of(topic)
    return leading.stage(leading.stage_of(topic, now))


def stage_names() -> Iterable[tuple[str, Words]]:
    """Every stage of every kind once, for the filter by status."""
    seen: dict[str, Words] = {}
    for each in _procedures.values():
        for stage in each.stages:
            seen.setdefault(stage.name, stage.label)
    return seen.items()
