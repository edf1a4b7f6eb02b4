"""Every stage of every kind against every move, and what a move needs."""

import pytest
from django.core.exceptions import PermissionDenied

from forums.models import Forum, Move, Topic
from forums.procedures import MoveKind, Procedure, Stage, procedures, register_procedure
from forums.services.moves import make_move
from hub.models import AuditEntry
from hub.refusals import Refused
from organisations.acting import Actor
from organisations.models import User
from tests.factories_forums import in_days, make_consultation, make_topic

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("discussion", "open", "close"): "closed",
    ("discussion", "closed", "reopen"): "open",
    ("announcement", "current", "retire"): "past",
    ("announcement", "past", "renew"): "current",
    ("consultation", "draft", "publish"): "open",
    ("consultation", "draft", "withdraw"): "withdrawn",
    ("consultation", "open", "extend"): "open",
    ("consultation", "open", "close"): "closed",
    ("consultation", "open", "withdraw"): "withdrawn",
    ("consultation", "closed", "extend"): "open",
    ("consultation", "closed", "answer"): "answered",
    ("consultation", "closed", "postpone"): "closed",
    ("consultation", "closed", "withdraw"): "withdrawn",
}
PAIRS = [
    (each.kind, stage.name, move.name)
    for each in procedures()
    for stage in each.stages
    for move in each.moves
    if not move.automatic
]
GIVEN = {"reason": "It is time.", "date": in_days(60), "text": "We take it up."}


def stand_at(kind: str, stage: str, forum: Forum, host: Actor) -> tuple[Topic, Actor]:
    """A topic of `kind` that stands at `stage`, and who may move it."""
    if kind != "consultation":
        topic, actor = make_topic(forum, host, kind=kind), host
    else:
        topic = make_consultation(publish_now=stage != "draft")
        actor = Actor(topic.person, topic.organisation)
    Topic.objects.filter(pk=topic.pk).update(stage=stage)
    topic.refresh_from_db(fields=["stage"])
    return topic, actor


@pytest.mark.parametrize(("kind", "stage", "move"), PAIRS)
def test_each_move_from_each_stage(
    kind: str, stage: str, move: str, forum: Forum, host: Actor
) -> None:
    topic, actor = stand_at(kind, stage, forum, host)
    expected = ALLOWED.get((kind, stage, move))

    if expected is None:
        with pytest.raises(Refused) as refused:
            make_move(topic=topic, actor=actor, move=move, **GIVEN)
        assert refused.value.status == 409
        assert not Move.objects.filter(topic=topic, from_stage=stage, name=move).exists()
        return
    made = make_move(topic=topic, actor=actor, move=move, **GIVEN)
    topic.refresh_from_db(fields=["stage"])
    assert (made.from_stage, made.to_stage, topic.stage) == (stage, expected, expected)
    assert (made.person, made.organisation) == (actor.person, actor.organisation)
    entry = AuditEntry.objects.get(action=f"forums.move.{kind}.{move}")
    assert entry.changes == {"stage": [stage, expected]}


def test_the_table_names_real_moves_only() -> None:
    assert set(ALLOWED) <= set(PAIRS)


@pytest.mark.parametrize("kind", ["discussion", "consultation"])
def test_a_stranger_moves_nothing(
    kind: str, forum: Forum, host: Actor, outsider: User, removed: User
) -> None:
    topic, _actor = stand_at(kind, "open", forum, host)
    for person in (outsider, removed):
        with pytest.raises(PermissionDenied):
            make_move(topic=topic, actor=Actor(person), move="close", reason="Because.")


def test_a_move_without_its_reason_is_refused(topic: Topic, host: Actor) -> None:
    with pytest.raises(Refused) as refused:
        make_move(topic=topic, actor=host, move="close", reason="  ")
    assert (refused.value.status, refused.value.field) == (422, "reason")


def test_the_author_closes_their_own_discussion(topic: Topic, member: User) -> None:
    make_move(topic=topic, actor=Actor(member), move="close", reason="Answered.")
    assert Topic.objects.get(pk=topic.pk).stage == "closed"


def test_of_two_who_move_at_once_the_second_is_told(topic: Topic, host: Actor) -> None:
    mine, theirs = Topic.objects.get(pk=topic.pk), Topic.objects.get(pk=topic.pk)
    make_move(topic=mine, actor=host, move="close", reason="Answered.")
    with pytest.raises(Refused, match="Closed") as refused:
        make_move(topic=theirs, actor=host, move="close", reason="Answered, too.")
    assert refused.value.status == 409
    assert Move.objects.filter(topic=topic).count() == 1


def test_what_the_person_saw_counts(topic: Topic, host: Actor) -> None:
    with pytest.raises(Refused) as refused:
        make_move(topic=topic, actor=host, move="close", reason="So.", seen_stage="closed")
    assert refused.value.status == 409


def test_an_automatic_move_is_the_hubs_alone(topic: Topic) -> None:
    consultation = make_consultation()
    inviter = Actor(consultation.person, consultation.organisation)
    with pytest.raises(Refused) as refused:
        make_move(topic=consultation, actor=inviter, move="close_on_time")
    assert refused.value.status == 422
    with pytest.raises(Refused):
        make_move(topic=consultation, actor=None, move="withdraw", reason="No.")
    with pytest.raises(Refused):
        make_move(topic=topic, actor=None, move="nonsense")


def test_a_procedure_with_an_unknown_stage_is_refused_at_the_start() -> None:
    move = MoveKind("go", "Go", "Gone", ("here",), "there", "forums.moderate")
    broken = Procedure("broken", "Broken", "", "forum", (Stage("here", "Here"),), (move,))
    with pytest.raises(ValueError, match="there"):
        register_procedure(broken)


def test_every_stage_of_a_topic_reads_as_words() -> None:
    for each in procedures():
        assert all(str(stage.label) for stage in each.stages)
        assert each.stage("long gone").label == "long gone"
