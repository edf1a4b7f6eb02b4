"""Feeds over HTTP: what they hold, when they have changed, and how little that costs to say."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import icalendar
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activities import services
from activities.models import Activity, FeedToken
from activities.recurrence import Rule
from hub import deadlines
from hub.deadlines import Deadline, Named, register_deadlines
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.activities import readers
from tests.conftest import SignIn
from tests.factories import make_actor, make_membership, make_organisation, make_place
from tests.factories_activities import editor_of, make_activity, make_days, make_when

FEED = "/calendar/feed.ics"
QUIET = f"{FEED}?deadlines=no"


@pytest.fixture
def actor(editor: User, organisation: Organisation) -> Actor:
    return make_actor(editor, organisation)


@pytest.fixture(autouse=True)
def deadline(monkeypatch: pytest.MonkeyPatch) -> list[Deadline]:
    """What the hub's rooms know of deadlines: here what a test puts into this list."""
    kept: list[Deadline] = []
    monkeypatch.setattr(deadlines, "_providers", {})
    register_deadlines("answer", "Answers due", lambda user, first, last: kept)
    return kept


def events(body: bytes) -> dict[str, icalendar.cal.Component]:
    return {str(e["SUMMARY"]): e for e in icalendar.Calendar.from_ical(body).walk("VEVENT")}


def titles(client: Client, query: str = "") -> list[str]:
    answer = client.get(FEED + query)
    assert answer.status_code == 200, answer.content
    return [event.title for event in readers.with_icalendar(answer.content)]


def etag(client: Client, address: str = QUIET) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer["ETag"])


def again(client: Client, answer: Any, address: str = QUIET) -> int:
    """The status for a program that has this answer already."""
    return client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code


def since(client: Client, answer: Any, address: str = QUIET) -> int:
    return client.get(address, headers={"If-Modified-Since": answer["Last-Modified"]}).status_code


# What it holds ------------------------------------------------------------------------------


def test_feed_is_read_whole_by_three_programs(client: Client, actor: Actor) -> None:
    for number in range(20):
        day = date(2027, 3, 20) + timedelta(days=number)
        make_activity(
            f"{number}. საჯარო განხილვა; Разговор, 👩‍👩‍👧 “Tryezë”",
            actor=actor,
            when=make_when(day, tzid=["Europe/Belgrade", "Asia/Tbilisi", "UTC"][number % 3]),
            description="Дълъг текст. " * 40,
        )
    make_activity("All day", actor=actor, when=make_days(date(2027, 5, 1), date(2027, 5, 3)))

    with time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC)):
        body = client.get(FEED).content

    expected = [
        (
            str(row.uid),
            row.summary,
            readers.said(row.when.first_day if row.all_day else row.dtstart),
        )
        for row in Activity.objects.order_by("dtstart", "pk")
    ]
    assert len(expected) == 21
    for read in (readers.with_icalendar, readers.with_vobject, readers.with_ical_js):
        assert [found[:3] for found in read(body)] == expected
    assert max(len(line) for line in body.split(b"\r\n")) <= 75


def test_feed_says_what_programs_want_to_know(client: Client, actor: Actor, settings: Any) -> None:
    make_activity(actor=actor)

    answer = client.get(FEED)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'inline; filename="calendar.ics"'
    assert answer["Cache-Control"] == "public, no-cache"
    assert "Vary" not in answer
    assert not answer.cookies
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]) == settings.HUB_NAME
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert "METHOD" not in calendar
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Tirane"]


def test_empty_feed_is_a_calendar(client: Client, db: None) -> None:
    body = client.get(FEED).content

    assert (
        readers.with_icalendar(body)
        == readers.with_ical_js(body)
        == readers.with_vobject(body)
        == []
    )


@pytest.mark.parametrize("accept", ["text/html", "text/calendar,text/plain;q=0.8,*/*;q=0.5", ""])
@pytest.mark.parametrize("language", ["sq", "ka;q=0.9", "xx"])
def test_feed_does_not_negotiate(client: Client, actor: Actor, accept: Any, language: Any) -> None:
    make_activity(actor=actor)
    plain = client.get(FEED)

    answer = client.get(FEED, headers={"Accept": accept, "Accept-Language": language})

    assert (answer.status_code, answer.content) == (200, plain.content)
    assert answer["Content-Language"] == "en"


def test_head_says_the_same_without_the_body(client: Client, actor: Actor) -> None:
    make_activity(actor=actor)

    got, head = client.get(FEED), client.head(FEED)

    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(got.headers)


def test_feed_is_only_read(client: Client, db: None) -> None:
    assert client.post(FEED).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        f"{FEED}/",
        "/calendar/feed",
        "/calendar/feeds/x",
        "/calendar/FEED.ics",
        "/calendar/feeds/%00.ics",
    ],
)
def test_addresses_beside_the_feed_do_not_redirect(client: Client, db: None, address: Any) -> None:
    assert client.get(address).status_code == 404


def test_window_of_the_feed(client: Client, actor: Actor) -> None:
    today = timezone.localdate()
    for name, days in [("ninety", -89), ("older", -92), ("ahead", 540), ("farther", 560)]:
        make_activity(name, actor=actor, when=make_when(today + timedelta(days=days)))

    assert titles(client) == ["ninety", "ahead"]


def test_series_stays_in_the_feed_while_it_repeats(client: Client, actor: Actor) -> None:
    day = timezone.localdate() - timedelta(days=300)
    make_activity("Long", actor=actor, when=make_when(day), rule=Rule("WEEKLY", count=52))
    make_activity("Short", actor=actor, when=make_when(day), rule=Rule("WEEKLY", count=10))

    assert titles(client) == ["Long"]


def test_cancelled_activity_is_marked_in_the_feeds_language(client: Client, actor: Actor) -> None:
    activity = make_activity("Kuvend", actor=actor)
    services.cancel_activity(activity=activity, actor=actor, reason="Rain")

    (event,) = events(client.get(FEED).content).values()
    assert (str(event["SUMMARY"]), str(event["STATUS"])) == ("Cancelled: Kuvend", "CANCELLED")
    single = client.get(f"/calendar/activities/{activity.uid}.ics")
    assert list(events(single.content)) == ["Cancelled: Kuvend"]
    assert "Cancelled" not in activity.ical


def test_cancelled_activity_leaves_thirty_days_after_its_end(client: Client, actor: Actor) -> None:
    activity = make_activity(actor=actor)
    services.cancel_activity(activity=activity, actor=actor, reason="Rain")

    with time_machine.travel(activity.ends + timedelta(days=29, hours=23)):
        assert len(titles(client)) == 1
    with time_machine.travel(activity.ends + timedelta(days=30, hours=1)):
        assert titles(client) == []


def test_activity_for_members_is_in_no_public_feed(
    client: Client, actor: Actor, signed_in: SignIn, editor: User, organisation: Organisation
) -> None:
    make_activity(actor=actor, visibility="members")

    assert titles(client) == []
    assert titles(signed_in(editor, organisation)) == []


# Filters ------------------------------------------------------------------------------------


@pytest.fixture
def filled(actor: Actor, organisation: Organisation) -> Any:
    country = make_place("test-country", level="country")
    town = make_place("test-town", parent=country, names={"en": "Test town"})
    partner = make_organisation("Radio Kroi", slug="radio-kroi")
    make_activity("Training", actor=actor, kind="training", tags=["Rini"], place=town)
    joint = make_activity("Debate", actor=actor, kind="debate", co_organisers=[partner])
    make_activity("Kroi only", actor=editor_of(partner), kind="meeting", location="Ура")
    services.answer_request(asked=joint.co_organisers.get(), actor=editor_of(partner), accept=True)
    return organisation


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Training", "Debate", "Kroi only"}),
        ("?organisation=radio-kroi", {"Debate", "Kroi only"}),
        ("?place=test-town", {"Training"}),
        ("?place=test-country", {"Training"}),
        ("?tag=rini", {"Training"}),
        ("?kind=debate", {"Debate"}),
        ("?q=ura", {"Kroi only"}),
        ("?q=radio+kroi", {"Debate", "Kroi only"}),
        ("?organisation=radio-kroi&kind=debate", {"Debate"}),
        ("?kind=campaign", set()),
        ("?language=en", {"Training", "Debate", "Kroi only"}),
    ],
)
def test_feed_of_a_filter_holds_what_the_filter_asks_for(
    client: Client, filled: Any, query: str, found: Any
) -> None:
    assert set(titles(client, query)) == found


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?organisation=no-such", "no-such"),
        ("?place=no-such", "no-such"),
        ("?tag=no-such", "no-such"),
        ("?kind=trainig", "kind: “trainig” is no kind of activity."),
        ("?deadlines=maybe", "deadlines: “maybe” is no kind of deadline."),
        ("?organization=radio-kroi", "“organization” is no filter."),
        ("?kind=debate&kind=training", "“kind” is given twice."),
        ("?language=xx", "language"),
        (f"?q={'x' * 200}", "q: "),
    ],
)
def test_misspelt_filter_is_refused_in_words(
    client: Client, filled: Any, query: str, words: Any
) -> None:
    answer = client.get(FEED + query)

    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert words in answer.content.decode()
    assert "ETag" not in answer


def test_feed_is_named_after_its_filter(client: Client, filled: Any, settings: Any) -> None:
    body = client.get(f"{FEED}?organisation=radio-kroi&place=test-town&kind=debate").content

    name = str(icalendar.Calendar.from_ical(body)["NAME"])
    assert name == f"{settings.HUB_NAME} · Radio Kroi · Test town · debate"


# Has it changed? ----------------------------------------------------------------------------


def test_two_requests_without_a_change_are_byte_equal(
    client: Client, actor: Actor, deadline: list[Deadline]
) -> None:
    make_activity(actor=actor, tags=["b", "a"], co_organisers=[make_organisation()])
    deadline.append(make_deadline(1))

    first = client.get(FEED)
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        second = client.get(FEED)

    assert (first.content, first["ETag"], first["Last-Modified"]) == (
        second.content,
        second["ETag"],
        second["Last-Modified"],
    )
    assert again(client, first, FEED) == 304


def test_answer_that_nothing_changed_costs_one_query(
    client: Client, actor: Actor, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        make_activity(f"{number}", actor=actor)
    answers = [client.get(QUIET), client.get(f"{QUIET}&kind=round-table")]

    for address, answer in zip((QUIET, f"{QUIET}&kind=round-table"), answers, strict=True):
        with django_assert_num_queries(1):
            assert again(client, answer, address) == 304
        with django_assert_num_queries(1):
            assert since(client, answer, address) == 304


def test_not_modified_answer_carries_the_same_marks(client: Client, actor: Actor) -> None:
    make_activity(actor=actor)
    answer = client.get(QUIET)

    same = client.get(QUIET, headers={"If-None-Match": answer["ETag"]})

    assert (same.status_code, same.content) == (304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control"):
        assert same[name] == answer[name]


def test_every_kind_of_change_is_noticed(client: Client, actor: Actor) -> None:
    activity = make_activity(actor=actor)
    partner = make_organisation()
    marks, moment = [etag(client)], timezone.now()

    def after(what: Any) -> None:
        nonlocal moment
        moment += timedelta(minutes=1)
        before = client.get(QUIET)
        with time_machine.travel(moment, tick=False):
            what()
            assert again(client, before) == 200
            assert since(client, before) == 200
            marks.append(etag(client))

    after(lambda: make_activity(actor=actor))
    after(lambda: services.change_activity(activity=activity, actor=actor, summary="Other words"))
    after(lambda: services.change_activity(activity=activity, actor=actor, tags=["new"]))
    after(
        lambda: services.ask_co_organisers(activity=activity, actor=actor, organisations=[partner])
    )
    asked = activity.co_organisers.get()
    after(lambda: services.answer_request(asked=asked, actor=editor_of(partner), accept=True))
    after(lambda: services.cancel_activity(activity=activity, actor=actor, reason="Rain"))
    after(lambda: services.reinstate_activity(activity=activity, actor=actor))
    after(lambda: services.delete_activity(activity=activity, actor=actor, reason="Twice"))
    assert len(set(marks)) == len(marks)


def test_activity_that_becomes_hidden_is_noticed(client: Client, actor: Actor) -> None:
    activity = make_activity(actor=actor)
    make_activity("Later", actor=actor)
    before = client.get(QUIET)

    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        services.change_activity(activity=activity, actor=actor, visibility="members")
        assert (again(client, before), since(client, before)) == (200, 200)


def test_activity_that_leaves_by_age_is_noticed(client: Client, actor: Actor) -> None:
    activity = make_activity(actor=actor)
    make_activity("Later", actor=actor, when=make_when(timezone.localdate() + timedelta(days=60)))

    with time_machine.travel(activity.leaves - timedelta(minutes=5), tick=False):
        before = client.get(QUIET)
        assert len(events(before.content)) == 2
    with time_machine.travel(activity.leaves + timedelta(minutes=5), tick=False):
        assert (again(client, before), since(client, before)) == (200, 200)
        assert list(events(client.get(QUIET).content)) == ["Later"]


def test_activity_that_comes_near_enough_is_noticed(client: Client, actor: Actor) -> None:
    make_activity("Now", actor=actor)
    far = make_activity("Far", actor=actor, when=make_when(timezone.localdate() + timedelta(600)))
    comes = far.dtstart - timedelta(days=548)

    with time_machine.travel(comes - timedelta(minutes=5), tick=False):
        before = client.get(QUIET)
        assert list(events(before.content)) == ["Now"]
    with time_machine.travel(comes + timedelta(minutes=5), tick=False):
        assert (again(client, before), since(client, before)) == (200, 200)
        assert list(events(client.get(QUIET).content)) == ["Now", "Far"]


def test_change_elsewhere_keeps_the_mark_of_a_filtered_feed(client: Client, actor: Actor) -> None:
    make_activity("Training", actor=actor, kind="training")
    before = client.get(f"{QUIET}&kind=training")

    make_activity("Debate", actor=actor, kind="debate")

    assert again(client, before, f"{QUIET}&kind=training") == 304


def test_feeds_of_different_filters_have_different_marks(client: Client, actor: Actor) -> None:
    make_activity(actor=actor, kind="training")

    assert etag(client) != etag(client, f"{QUIET}&kind=training")
    assert etag(client) != etag(client, FEED)


# Deadlines ----------------------------------------------------------------------------------


def make_deadline(number: int, **more: Any) -> Deadline:
    more = {"day": timezone.localdate() + timedelta(days=number), **more}
    return Deadline(
        kind="answer",
        object_id=number,
        title=f"Answer {number} due",
        url=f"/answers/{number}/",
        last_modified=datetime(2026, 1, number, tzinfo=UTC),
        **more,
    )


def test_deadlines_stand_in_the_feed_as_days_or_quarter_hours(
    client: Client, db: None, deadline: list[Deadline], settings: Any
) -> None:
    moment = timezone.now().replace(microsecond=0) + timedelta(days=2)
    deadline += [
        make_deadline(1, organisations=(Named(1, "Town hall", "town-hall"),)),
        make_deadline(2, day=None, moment=moment, tzid="Europe/Sofia"),
    ]

    found = events(client.get(FEED).content)

    whole, timed = found["Answer 1 due"], found["Answer 2 due"]
    assert whole["DTSTART"].dt == timezone.localdate() + timedelta(days=1)
    assert whole["DTEND"].dt == timezone.localdate() + timedelta(days=2)
    assert str(whole["DESCRIPTION"]) == f"Town hall\n\n{settings.HUB_BASE_URL}/answers/1/"
    assert (timed["DTSTART"].dt, timed["DTEND"].dt) == (moment, moment + timedelta(minutes=15))
    assert str(timed["DTSTART"].params["TZID"]) == "Europe/Sofia"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Answer 1 due", "Answer 2 due"]),
        ("?deadlines=yes", ["Answer 1 due", "Answer 2 due"]),
        ("?deadlines=no", []),
        ("?deadlines=answer", ["Answer 1 due", "Answer 2 due"]),
        ("?organisation=town-hall", ["Answer 1 due"]),
        ("?place=test-town", ["Answer 2 due"]),
        ("?place=test-country", ["Answer 2 due"]),
        ("?q=town+hall", ["Answer 1 due"]),
        ("?kind=training", []),
    ],
)
def test_deadlines_follow_the_filter(
    client: Client, db: None, deadline: list[Deadline], query: str, found: Any
) -> None:
    country = make_place("test-country", level="country")
    make_place("test-town", parent=country)
    make_organisation("Town hall", slug="town-hall")
    deadline += [
        make_deadline(1, organisations=(Named(1, "Town hall", "town-hall"),)),
        make_deadline(2, place_codes=("test-town",)),
    ]

    assert titles(client, query) == found


def test_deadline_that_moves_or_goes_is_noticed(
    client: Client, db: None, deadline: list[Deadline]
) -> None:
    deadline.append(make_deadline(1))
    marks = [etag(client, FEED)]
    deadline[0] = make_deadline(1, sequence=1, day=timezone.localdate() + timedelta(days=9))
    marks.append(etag(client, FEED))
    deadline.clear()
    marks.append(etag(client, FEED))

    assert len(set(marks)) == 3


def test_cancelled_deadline_is_marked(client: Client, db: None, deadline: list[Deadline]) -> None:
    deadline.append(make_deadline(1, cancelled=True))

    (event,) = events(client.get(FEED).content).values()
    assert (str(event["SUMMARY"]), str(event["STATUS"])) == (
        "Cancelled: Answer 1 due",
        "CANCELLED",
    )


# One activity -------------------------------------------------------------------------------


def test_single_file_holds_one_activity(client: Client, actor: Actor) -> None:
    activity = make_activity("Only this", actor=actor)
    make_activity("Not this", actor=actor)

    answer = client.get(f"/calendar/activities/{activity.uid}.ics")

    assert list(events(answer.content)) == ["Only this"]
    assert answer["Content-Disposition"] == f'attachment; filename="{activity.uid}.ics"'
    assert again(client, answer, f"/calendar/activities/{activity.uid}.ics") == 304


def test_deleted_activity_is_gone_and_unknown_one_not_found(client: Client, actor: Actor) -> None:
    activity = make_activity(actor=actor)
    services.delete_activity(activity=activity, actor=actor, reason="Twice")

    assert client.get(f"/calendar/activities/{activity.uid}.ics").status_code == 410
    assert client.get(f"/calendar/activities/{uuid4()}.ics").status_code == 404


def test_members_activity_as_a_file_is_for_members(
    client: Client, signed_in: SignIn, actor: Actor, member: User, outsider: User
) -> None:
    activity = make_activity(actor=actor, visibility="members")
    address = f"/calendar/activities/{activity.uid}.ics"

    assert [
        client.get(address).status_code,
        signed_in(outsider).get(address).status_code,
        signed_in(member).get(address).status_code,
    ] == [404, 404, 200]
    assert signed_in(member).get(address)["Cache-Control"] == "private, no-cache"


# One's own feeds ----------------------------------------------------------------------------


@pytest.fixture
def token(member: User) -> FeedToken:
    return services.make_feed(actor=make_actor(member), name="My phone", language="en")


def own(client: Client, token: FeedToken) -> list[str]:
    return list(events(client.get(token.get_absolute_url()).content))


def test_own_feed_holds_what_ones_organisations_take_part_in(
    client: Client, actor: Actor, organisation: Organisation, token: FeedToken
) -> None:
    stranger = make_organisation()
    make_activity("Ours, for members", actor=actor, visibility="members")
    asked = make_activity("We are asked", organisation=stranger, co_organisers=[organisation])
    make_activity("Theirs", organisation=stranger)

    assert set(own(client, token)) == {"Ours, for members", "We are asked"}
    actor = make_actor(actor.person, organisation)
    services.answer_request(asked=asked.co_organisers.get(), actor=actor, accept=False)
    assert own(client, token) == ["Ours, for members"]


def test_own_feed_holds_the_public_part_of_what_one_follows(client: Client, member: User) -> None:
    followed, place = make_organisation(), make_place()
    make_activity("Followed", organisation=followed)
    make_activity("Not for me", organisation=followed, visibility="members")
    make_activity("There", place=place)
    make_activity("Elsewhere")
    token = services.make_feed(
        actor=make_actor(member), name="More", organisations=[followed], places=[place]
    )

    assert set(own(client, token)) == {"Followed", "There"}


def test_own_feed_holds_deadlines_of_ones_own(
    client: Client,
    organisation: Organisation,
    token: FeedToken,
    deadline: list[Deadline],
    member: User,
) -> None:
    mine = Named(organisation.pk, organisation.name, organisation.slug)
    deadline += [make_deadline(1, organisations=(mine,)), make_deadline(2)]

    assert own(client, token) == ["Answer 1 due"]
    quiet = services.make_feed(actor=make_actor(member), name="Quiet", with_deadlines=False)
    assert own(client, quiet) == []


def test_own_feed_changes_when_a_membership_ends(
    client: Client, actor: Actor, member: User, organisation: Organisation, token: FeedToken
) -> None:
    make_activity("Ours", actor=actor, visibility="members")
    before = client.get(token.get_absolute_url())
    assert again(client, before, token.get_absolute_url()) == 304

    membership = member.memberships.get()
    membership.end_date = timezone.now()
    membership.save(update_fields=["end_date"])

    after = client.get(token.get_absolute_url(), headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, list(events(after.content))) == (200, [])
    make_membership(member, organisation)
    assert own(client, token) == ["Ours"]


def test_own_feed_is_private_and_remembers_when_it_was_fetched(
    client: Client, token: FeedToken
) -> None:
    answer = client.get(token.get_absolute_url())

    assert answer["Cache-Control"] == "private, no-cache"
    token.refresh_from_db()
    assert token.last_fetched is not None


def test_own_feed_notes_its_reading_seldom(
    client: Client, token: FeedToken, django_assert_num_queries: Any
) -> None:
    token.with_deadlines = False
    token.save(update_fields=["with_deadlines"])
    answer = client.get(token.get_absolute_url())

    with django_assert_num_queries(2):  # the token; the state
        assert again(client, answer, token.get_absolute_url()) == 304


def test_revoked_feed_answers_gone_and_unknown_not_found(
    client: Client, token: FeedToken, member: User
) -> None:
    services.revoke_feed(token=token, actor=make_actor(member))

    answer = client.get(token.get_absolute_url())
    assert (answer.status_code, answer["Content-Type"]) == (410, "text/plain; charset=utf-8")
    unknown = reverse("activities:personal-feed", args=["x" * 32])
    assert client.get(unknown).status_code == 404


def test_feed_of_a_suspended_account_answers_gone(
    client: Client, token: FeedToken, member: User
) -> None:
    member.is_active = False
    member.save(update_fields=["is_active"])

    assert client.get(token.get_absolute_url()).status_code == 410


def test_tokens_cannot_be_guessed_from_each_other(member: User) -> None:
    tokens = {
        services.make_feed(actor=make_actor(member), name=f"{number}").token for number in range(9)
    }

    assert len(tokens) == 9
    assert all(len(token) == 32 for token in tokens)
    assert FeedToken.objects.count() == 9


def test_robots_may_read_feeds(client: Client, db: None) -> None:
    allowed = client.get("/robots.txt").content.decode()

    assert "Disallow: /calendar" not in allowed
