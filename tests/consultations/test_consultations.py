"""A consultation from the draft to the answer."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from forums.consultations.models import Audience, Consultation, Response, Status
from forums.consultations.services import change_draft, prepare_consultation, sweep
from forums.models import Move, Topic
from forums.procedures import current_stage
from forums.services.moves import make_move
from forums.services.posts import post_reply
from hub.files.services import files_of
from hub.models import AuditEntry
from hub.notifications.kinds import words
from hub.notifications.models import Notification
from hub.refusals import Refused
from hub.zones import zone_of_country
from organisations.acting import Actor
from organisations.models import Membership, Organisation, User
from tests.factories import make_member, make_municipality, make_organisation, make_user
from tests.factories_forums import (
    in_days,
    make_consultation,
    make_forum,
    make_inviter,
    make_reply,
    make_topic,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def inviter_of(topic: Topic) -> Actor:
    return Actor(topic.person, topic.organisation)


def fresh(topic: Topic) -> Topic:
    rows = Topic.objects.select_related("forum", "organisation", "consultation__response")
    return rows.get(pk=topic.pk)


def stage(topic: Topic) -> str:
    return current_stage(fresh(topic), timezone.now()).name


def notices(person: User) -> list[str]:
    return list(
        Notification.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True)
    )


# The invitation -------------------------------------------------------------------------------


def test_a_draft_is_seen_by_its_editors_only(client: Client) -> None:
    topic = make_consultation(publish_now=False)
    plain = make_member(topic.organisation, "member")
    assert Topic.objects.visible_to(topic.person).filter(pk=topic.pk).exists()
    assert not Topic.objects.visible_to(plain).filter(pk=topic.pk).exists()
    assert client.get(topic.get_absolute_url()).status_code == 404
    topic.forum.refresh_from_db()
    assert topic.forum.topic_count == 0


def test_publishing_lists_it_and_tells_the_invited() -> None:
    invited = make_organisation("Green Valley")
    told = [make_member(invited), make_member(invited, "administrator")]
    topic = make_consultation(publish_now=False, audience="invited", invited=[invited])
    assert [notices(person) for person in told] == [[], []]

    make_move(topic=topic, actor=inviter_of(topic), move="publish")

    topic = fresh(topic)
    assert (topic.stage, topic.forum.topic_count, topic.forum.post_count) == ("open", 1, 1)
    assert [notices(person) for person in told] == [["consultations.invited"]] * 2
    notice = words(Notification.objects.filter(recipient=told[0]).get())
    assert notice is not None
    assert topic.title in notice.text
    assert notice.url == topic.get_absolute_url()


def test_the_answer_is_due_thirty_days_after_the_closing_day() -> None:
    topic = make_consultation(closes=in_days(10))
    assert topic.consultation.answer_due == in_days(40)


@pytest.mark.parametrize(
    ("country", "zone"),
    [("XK", "Europe/Belgrade"), ("AL", "Europe/Tirane"), ("GE", "Asia/Tbilisi")],
)
def test_it_closes_at_midnight_of_its_own_country(country: str, zone: str) -> None:
    municipality = make_municipality(country=country)
    topic = make_consultation(make_inviter(municipality), closes=in_days(10))
    assert zone_of_country(municipality.country) == topic.consultation.tzid == zone
    ends = topic.consultation.closes_at.astimezone(ZoneInfo(zone))
    assert ends == datetime.combine(in_days(11), datetime.min.time(), ZoneInfo(zone))


@pytest.mark.parametrize("role", ["member", None])
def test_who_may_not_invite(role: str | None) -> None:
    municipality = make_municipality()
    forum = make_forum(municipality)
    person = make_member(municipality, role) if role else make_user()
    with pytest.raises(PermissionDenied):
        prepare_consultation(
            forum=forum, actor=Actor(person, municipality), title="T", body="B", closes=in_days(9)
        )


def test_an_organisation_that_is_not_official_does_not_invite(organisation: Organisation) -> None:
    actor = Actor(make_member(organisation, "administrator"), organisation)
    with pytest.raises(PermissionDenied):
        make_consultation(actor)


def test_nobody_invites_in_a_forum_of_others() -> None:
    with pytest.raises(PermissionDenied):
        make_consultation(forum=make_forum())


def test_the_same_key_prepares_one_invitation() -> None:
    actor = make_inviter()
    forum = make_forum(actor.organisation)
    sent = {"title": "T", "body": "B", "closes": in_days(9), "key": "0123456789abcdef"}
    first = prepare_consultation(forum=forum, actor=actor, publish_now=True, **sent)
    again = prepare_consultation(forum=forum, actor=actor, publish_now=True, **sent)
    assert first.pk == again.pk
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"audience": "invited"}, "invited"),
        ({"answer_due": date(2000, 1, 1)}, "answer_due"),
    ],
)
def test_terms_that_do_not_fit_are_refused(fields: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        make_consultation(**fields)
    assert (refused.value.status, refused.value.field) == (422, field)
    assert not Topic.objects.exists()


def test_the_invited_must_be_able_to_read_the_forum(organisation: Organisation) -> None:
    actor = make_inviter()
    forum = make_forum(actor.organisation, visibility="members")
    with pytest.raises(Refused) as refused:
        make_consultation(actor, forum=forum, invited=[organisation])
    assert refused.value.field == "forum"


def test_a_draft_with_a_past_day_is_not_published() -> None:
    topic = make_consultation(publish_now=False, closes=in_days(1))
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        with pytest.raises(Refused) as refused:
            make_move(topic=topic, actor=inviter_of(topic), move="publish")
        assert (refused.value.status, refused.value.field) == (422, "closes")
        change_draft(
            topic=topic, actor=inviter_of(topic), title="Later", body="B", closes=in_days(5)
        )
        make_move(topic=fresh(topic), actor=inviter_of(topic), move="publish")
        assert stage(topic) == "open"


def test_a_published_invitation_is_no_longer_changed() -> None:
    topic = make_consultation()
    with pytest.raises(Refused) as refused:
        change_draft(
            topic=topic, actor=inviter_of(topic), title="Other", body="B", closes=in_days(5)
        )
    assert refused.value.status == 409
    assert fresh(topic).title == "The budget of next year"


# Contributions ----------------------------------------------------------------------------------


def test_everyone_who_is_signed_in_contributes(outsider: User) -> None:
    topic = make_consultation()
    post_reply(topic=topic, actor=Actor(outsider), body="More light.")
    assert fresh(topic).post_count == 2


def test_only_the_invited_contribute_where_it_says_so(
    organisation: Organisation,
    member: User,
    removed: User,
    outsider: User,
    other_organisation: Organisation,
) -> None:
    topic = make_consultation(audience=Audience.INVITED, invited=[organisation])
    for actor in (
        Actor(outsider, other_organisation),
        Actor(outsider),
        Actor(member),
        Actor(removed, organisation),
    ):
        with pytest.raises(Refused, match="Only the invited") as refused:
            post_reply(topic=topic, actor=actor, body="Listen.")
        assert refused.value.status == 403
    post_reply(topic=topic, actor=Actor(member, organisation), body="More light.")
    post_reply(topic=topic, actor=inviter_of(topic), body="Noted.")
    assert fresh(topic).post_count == 3


def test_others_read_what_only_the_invited_may_write(
    client: Client, organisation: Organisation
) -> None:
    topic = make_consultation(audience=Audience.INVITED, invited=[organisation])
    assert client.get(topic.get_absolute_url()).status_code == 200


def test_the_last_day_counts_to_its_end_and_no_further() -> None:
    with time_machine.travel(NOON, tick=False):
        topic = make_consultation(closes=date(2026, 11, 22))
    in_time = datetime(2026, 11, 22, 23, 59, 59, tzinfo=ZoneInfo("Europe/Belgrade"))
    with time_machine.travel(in_time, tick=False):
        make_reply(topic)
        assert stage(topic) == "open"
    with time_machine.travel(in_time + timedelta(seconds=1), tick=False):
        with pytest.raises(Refused, match="closed on Sunday") as refused:
            make_reply(topic, body="Too late.")
        assert refused.value.status == 409
        assert stage(topic) == "closed"
        assert fresh(topic).stage == "open"  # no sweep has run: the date alone decides
        listed = Consultation.objects.listed()
        assert [listed.standing(name).count() for name in Status.values] == [0, 1, 0, 0]
    assert fresh(topic).post_count == 2


def test_the_sweep_closes_once_and_at_the_right_moment() -> None:
    with time_machine.travel(NOON, tick=False):
        topic = make_consultation(closes=date(2026, 11, 22))
        make_consultation(closes=date(2026, 12, 24))
    with time_machine.travel(NOON + timedelta(days=5), tick=False):
        assert [sweep(), sweep()] == [1, 0]
    move = Move.objects.get(topic=topic, name="close_on_time")
    assert (move.person, move.from_stage, move.to_stage) == (None, "open", "closed")
    assert move.at == fresh(topic).consultation.closed == fresh(topic).consultation.closes_at
    assert notices(topic.person) == ["consultations.closed"]
    assert AuditEntry.objects.get(action="forums.move.consultation.close_on_time").person is None


def test_the_command_sweeps(capsys: pytest.CaptureFixture[str]) -> None:
    topic = make_consultation(closes=in_days(1))
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        call_command("sweep_consultations")
    assert capsys.readouterr().out == "1 closed\n"
    assert fresh(topic).stage == "closed"


def test_a_move_after_the_day_closes_first() -> None:
    topic = make_consultation(closes=in_days(1))
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        make_move(topic=topic, actor=inviter_of(topic), move="answer", text="We take it up.")
    moves = list(Move.objects.filter(topic=topic).values_list("name", flat=True))
    assert moves == ["publish", "close_on_time", "answer"]


# What the municipality does ----------------------------------------------------------------------


def test_the_answer_leads_the_page_and_contributors_hear_of_it(
    client: Client, outsider: User
) -> None:
    topic = make_consultation()
    make_reply(topic, Actor(outsider))
    paper = SimpleUploadedFile("answer.pdf", b"%PDF-1.7 answer")
    make_move(topic=topic, actor=inviter_of(topic), move="close", reason="All is said.")
    make_move(
        topic=topic, actor=inviter_of(topic), move="answer", text="We **do**.", documents=[paper]
    )

    response = Response.objects.get(consultation=topic.consultation)
    assert response.html == "<p>We <strong>do</strong>.</p>\n"
    assert [each.name for each in files_of(response)] == ["answer.pdf"]
    assert notices(outsider) == ["consultations.answered"]
    text = client.get(topic.get_absolute_url()).text
    assert text.index("We <strong>do</strong>.") < text.index("What should it pay for?")
    assert "answer.pdf" in text


def test_an_extension_moves_both_days_and_keeps_the_old_ones(outsider: User) -> None:
    topic = make_consultation(closes=in_days(10))
    make_reply(topic, Actor(outsider))
    before = topic.consultation.sequence
    reason = {"reason": "Two festivals fall into it."}
    make_move(topic=topic, actor=inviter_of(topic), move="extend", date=in_days(24), **reason)

    consultation = fresh(topic).consultation
    assert (consultation.closes, consultation.answer_due) == (in_days(24), in_days(54))
    assert consultation.sequence > before
    move = Move.objects.get(topic=topic, name="extend")
    assert move.details == {"from": in_days(10).isoformat(), "to": in_days(24).isoformat()}
    assert notices(outsider) == ["consultations.extended"]


@pytest.mark.parametrize("days", [-1, 0, 10])
def test_an_extension_goes_forward(days: int) -> None:
    topic = make_consultation(closes=in_days(10))
    with pytest.raises(Refused) as refused:
        make_move(
            topic=topic, actor=inviter_of(topic), move="extend", date=in_days(days), reason="So."
        )
    assert (refused.value.status, refused.value.field) == (422, "date")


def test_an_extension_after_closing_opens_it_again(outsider: User) -> None:
    topic = make_consultation()
    make_move(topic=topic, actor=inviter_of(topic), move="close", reason="All is said.")
    make_move(
        topic=topic, actor=inviter_of(topic), move="extend", date=in_days(30), reason="It was not."
    )
    make_reply(fresh(topic), Actor(outsider))
    assert stage(topic) == "open"
    assert fresh(topic).consultation.closed is None


def test_the_answer_is_postponed_with_a_reason() -> None:
    topic = make_consultation(closes=in_days(10))
    make_move(topic=topic, actor=inviter_of(topic), move="close", reason="All is said.")
    given = {"date": in_days(70), "reason": "The council sits later."}
    make_move(topic=topic, actor=inviter_of(topic), move="postpone", **given)
    assert fresh(topic).consultation.answer_due == in_days(70)
    with pytest.raises(Refused) as refused:
        make_move(topic=topic, actor=inviter_of(topic), move="postpone", **given)
    assert refused.value.field == "date"


def test_withdrawing_keeps_what_was_written(client: Client, outsider: User) -> None:
    topic = make_consultation()
    make_reply(topic, Actor(outsider), "More light.")
    make_move(topic=topic, actor=inviter_of(topic), move="withdraw", reason="The law changed.")
    text = client.get(topic.get_absolute_url()).text
    assert "More light." in text
    assert "The law changed." in text
    with pytest.raises(Refused, match="withdrawn"):
        make_reply(fresh(topic))
    assert notices(outsider) == ["consultations.withdrawn"]


@pytest.mark.parametrize("move", ["publish", "close", "extend", "withdraw", "answer", "postpone"])
def test_only_the_inviting_organisation_moves_it(
    move: str, outsider: User, other_organisation: Organisation, coordinator: User
) -> None:
    topic = make_consultation()
    Topic.objects.filter(pk=topic.pk).update(stage="closed" if move != "close" else "open")
    left = topic.person
    Membership.objects.filter(person=left).update(end_date=timezone.now())
    plain = make_member(topic.organisation, "member")
    for actor in (
        Actor(outsider, other_organisation),
        Actor(coordinator),
        Actor(plain, topic.organisation),
        Actor(left, topic.organisation),
    ):
        with pytest.raises(PermissionDenied):
            make_move(
                topic=fresh(topic), actor=actor, move=move, reason="x", text="x", date=in_days(90)
            )


def test_a_discussion_is_not_a_consultation(outsider: User) -> None:
    topic = make_topic(actor=Actor(outsider))
    assert not Consultation.objects.filter(topic=topic).exists()
