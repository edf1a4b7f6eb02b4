"""The pages: what they show to whom, and how many questions they ask the database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from activities import services
from activities.models import Activity
from activities.recurrence import Rule
from hub import deadlines, panels
from hub.deadlines import Deadline, register_deadlines
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.conftest import SignIn
from tests.factories import make_actor, make_organisation, make_place
from tests.factories_activities import editor_of, make_activity, make_days, make_when

MONTH, AGENDA = "/calendar/?month=2027-03", "/calendar/agenda/?month=2027-03"
DAY = date(2027, 3, 15)


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this room: no deadlines and no panels of others."""
    monkeypatch.setattr(deadlines, "_providers", {})
    monkeypatch.setattr(panels, "_providers", {})


@pytest.fixture
def actor(editor: User, organisation: Organisation) -> Actor:
    return make_actor(editor, organisation)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def days(client: Client, address: str) -> list[tuple[date, list[str]]]:
    """The agenda as (day, titles)."""
    found = client.get(address).context["days"]
    return [(day.day, [entry.title for entry in day.entries]) for day in found]


def cells(client: Client, address: str) -> dict[date, list[str]]:
    """The month as day: titles, days without any left out."""
    weeks = client.get(address).context["weeks"]
    return {
        cell.day: [entry.title for entry in cell.entries]
        for week in weeks
        for cell in week
        if cell.entries
    }


# Month and agenda ---------------------------------------------------------------------------


def test_month_is_whole_weeks_from_monday_to_sunday(client: Client, db: None) -> None:
    weeks = client.get(MONTH).context["weeks"]

    assert (weeks[0][0].day, weeks[-1][-1].day) == (date(2027, 3, 1), date(2027, 4, 4))
    assert {len(week) for week in weeks} == {7}


def test_month_shows_each_day_of_a_longer_activity(client: Client, actor: Actor) -> None:
    make_activity("Campaign", actor=actor, when=make_days(DAY, DAY + timedelta(days=2)))
    make_activity(
        "Night", actor=actor, when=make_when(DAY, "20:00", "02:00", last=date(2027, 3, 16))
    )

    assert cells(client, MONTH) == {
        date(2027, 3, 15): ["Campaign", "Night"],
        date(2027, 3, 16): ["Campaign", "Night"],
        date(2027, 3, 17): ["Campaign"],
    }


def test_month_shows_the_occurrences_of_a_series(client: Client, actor: Actor) -> None:
    series = make_activity("Weekly", actor=actor, when=make_when(DAY), rule=Rule("WEEKLY", count=9))
    services.leave_out(activity=series, actor=actor, day=date(2027, 3, 22))

    assert sorted(cells(client, MONTH)) == [date(2027, 3, 15), date(2027, 3, 29)]
    assert sorted(cells(client, "/calendar/?month=2027-05"))[:2] == [
        date(2027, 4, 26),
        date(2027, 5, 3),
    ]


def test_month_says_how_much_more_a_full_day_holds(client: Client, actor: Actor) -> None:
    for number in range(6):
        make_activity(
            f"Meeting {number}", actor=actor, when=make_when(DAY, f"{9 + number:02}:00", "18:00")
        )

    assert cells(client, MONTH)[DAY] == ["Meeting 0", "Meeting 1", "Meeting 2"]
    assert "3 more" in page(client, MONTH)
    assert len(days(client, "/calendar/agenda/?day=2027-03-15")[0][1]) == 6


def test_agenda_goes_day_by_day_whole_days_first(client: Client, actor: Actor) -> None:
    make_activity("Evening", actor=actor, when=make_when(DAY, "19:00", "20:00"))
    make_activity("Morning", actor=actor, when=make_when(DAY, "08:00", "09:00"))
    make_activity("All day", actor=actor, when=make_days(DAY))
    make_activity("Next day", actor=actor, when=make_when(date(2027, 3, 16)))

    assert days(client, AGENDA) == [
        (DAY, ["All day", "Morning", "Evening"]),
        (date(2027, 3, 16), ["Next day"]),
    ]


def test_agenda_without_a_month_begins_today_with_what_still_goes_on(
    client: Client, actor: Actor
) -> None:
    with time_machine.travel(datetime(2027, 3, 16, 12, tzinfo=UTC), tick=False):
        make_activity("Over", actor=actor, when=make_when(date(2027, 3, 14)))
        make_activity("Goes on", actor=actor, when=make_days(DAY, date(2027, 3, 18)))
        make_activity("Soon", actor=actor, when=make_when(date(2027, 4, 10)))
        make_activity("Far", actor=actor, when=make_when(date(2027, 5, 10)))

        assert days(client, "/calendar/agenda/") == [
            (date(2027, 3, 16), ["Goes on"]),
            (date(2027, 4, 10), ["Soon"]),
        ]


def test_activity_stands_on_its_own_local_day_for_readers_everywhere(
    client: Client, signed_in: SignIn, actor: Actor, member: User
) -> None:
    late = make_when(DAY, "00:30", "02:00", "Asia/Tbilisi")
    make_activity("After midnight", actor=actor, when=late)
    member.time_zone = "Europe/Belgrade"
    member.save(update_fields=["time_zone"])

    client = signed_in(member)

    assert days(client, AGENDA) == [(DAY, ["After midnight"])]
    shown = page(client, AGENDA)
    assert "00:30–02:00" in shown
    assert "Tbilisi time; Sun 14 Mar, 21:30 on your clock" in shown


def test_time_is_shown_once_where_the_reader_has_the_same_clock(
    client: Client, actor: Actor
) -> None:
    make_activity(actor=actor, when=make_when(DAY, tzid="Europe/Belgrade"))

    assert "on your clock" not in page(client, AGENDA)


def test_deadlines_stand_among_the_activities_and_can_be_left_out(
    client: Client, actor: Actor
) -> None:
    entry = Deadline(
        kind="answer", object_id=1, title="Answer due", url="/a/", day=DAY,
        last_modified=timezone.now(),
    )  # fmt: skip
    register_deadlines("answer", "Answers due", lambda user, first, last: [entry])
    make_activity("Meeting", actor=actor, when=make_when(DAY))

    assert days(client, AGENDA) == [(DAY, ["Answer due", "Meeting"])]
    assert cells(client, MONTH) == {DAY: ["Answer due", "Meeting"]}
    assert days(client, f"{AGENDA}&deadlines=no") == [(DAY, ["Meeting"])]


@pytest.mark.parametrize("address", ["/calendar/", "/calendar/agenda/", "/calendar/subscribe/"])
@pytest.mark.parametrize(
    "query",
    [
        "month=2027-13",
        "month=1999-12",
        "month=x",
        "kind=nothing",
        "deadlines=perhaps",
        f"q={'x' * 200}",
    ],
)
def test_wrong_query_is_answered_with_a_page_that_says_so(
    client: Client, db: None, address: Any, query: str
) -> None:
    answer = client.get(f"{address}?{query}")

    known = "subscribe" in address and query.startswith("month")
    assert answer.status_code == (200 if known else 400)
    if not known:
        assert answer.context["form"].errors


@pytest.mark.parametrize("month", ["2000-01", "2037-12"])
def test_first_and_last_month_have_a_page(client: Client, db: None, month: Any) -> None:
    page(client, f"/calendar/?month={month}")
    page(client, f"/calendar/agenda/?month={month}")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("organisation=radio-kroi", ["Debate"]),
        ("kind=training", ["Training"]),
        ("tag=rini", ["Training"]),
        ("place=test-town", ["Debate"]),
        ("q=kroi", ["Debate"]),
        ("q=nothing+like+it", []),
    ],
)
def test_filter_of_the_pages_is_the_filter_of_the_feed(
    client: Client, actor: Actor, query: str, found: Any
) -> None:
    partner = make_organisation("Radio Kroi", slug="radio-kroi")
    place = make_place("test-town")
    make_activity("Training", actor=actor, when=make_when(DAY), kind="training", tags=["rini"])
    make_activity("Debate", actor=editor_of(partner), when=make_when(DAY), place=place)

    assert [
        title for _day, titles in days(client, f"{AGENDA}&{query}") for title in titles
    ] == found
    shown = page(client, f"{AGENDA}&{query}")
    assert f"/calendar/feed.ics?{query}" in shown
    assert f"/calendar/subscribe/?{query}" in shown
    if found:
        with time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC)):
            feed = client.get(f"/calendar/feed.ics?{query}").content.decode()
        assert [title in feed for title in ("Training", "Debate")] == [
            title in found for title in ("Training", "Debate")
        ]


def test_long_agenda_has_pages(client: Client, actor: Actor) -> None:
    make_activity(actor=actor, when=make_when(DAY, "10:00", "11:00"), rule=Rule("DAILY", count=16))
    for number in range(8):
        make_activity(
            f"{number}",
            actor=actor,
            when=make_when(DAY, "10:00", "11:00"),
            rule=Rule("DAILY", count=8),
        )

    assert sum(len(titles) for _day, titles in days(client, AGENDA)) == 60
    assert sum(len(titles) for _day, titles in days(client, f"{AGENDA}&page=2")) == 20


@pytest.mark.parametrize("address", [MONTH, AGENDA])
def test_lists_ask_the_same_number_of_questions_for_one_and_for_many(
    client: Client, actor: Actor, address: Any, django_assert_num_queries: Any
) -> None:
    partner, place = make_organisation(), make_place()

    def add(number: int) -> None:
        for _ in range(number):
            activity = make_activity(
                actor=editor_of(make_organisation()),
                when=make_when(DAY, "10:00", "11:00"),
                rule=Rule("WEEKLY", count=4),
                co_organisers=[partner],
                tags=["x"],
                place=place,
            )
            asked = activity.co_organisers.get()
            services.answer_request(asked=asked, actor=editor_of(partner), accept=True)

    add(1)
    # position; offered organisations, places, tags; activities and their moved days;
    # organisers, places and co-organisers of those shown
    with django_assert_num_queries(9):
        page(client, address)
    add(5)
    cache.clear()
    with django_assert_num_queries(9):
        page(client, address)


@pytest.mark.parametrize(("form", "kind"), [("csv", "text/csv"), ("json", "application/json")])
def test_agenda_comes_in_other_forms(client: Client, actor: Actor, form: Any, kind: Any) -> None:
    activity = make_activity("Meeting", actor=actor, when=make_when(DAY), location="Library")

    answer = client.get(f"{AGENDA}&format={form}")

    assert answer["Content-Type"].startswith(kind)
    body = answer.content.decode()
    assert str(activity.uid) in body
    assert "2027-03-15T09:00:00+00:00" in body
    assert "Library" in body


def test_json_agenda_holds_whole_days_as_days(client: Client, actor: Actor) -> None:
    make_activity("Campaign", actor=actor, when=make_days(DAY, date(2027, 3, 17)))

    (row,) = client.get(f"{AGENDA}&format=json").json()

    assert (row["dtstart"], row["dtend"], row["all_day"]) == ("2027-03-15", "2027-03-17", True)
    assert row["organisations"] == "Green Valley"


# One activity -------------------------------------------------------------------------------


@pytest.fixture
def activity(actor: Actor) -> Activity:
    return make_activity("Round table", actor=actor, when=make_when(DAY), description="**Come!**")


def test_page_of_an_activity_says_what_when_and_who(client: Client, activity: Activity) -> None:
    shown = page(client, activity.get_absolute_url())

    assert "<strong>Come!</strong>" in shown
    assert "Monday, 15 March 2027, 10:00–12:00" in shown
    assert "Green Valley" in shown
    assert f"/calendar/activities/{activity.uid}.ics" in shown


def test_description_cannot_bring_a_script(client: Client, actor: Actor) -> None:
    activity = make_activity(actor=actor, description="<script>alert(1)</script>[x](javascript:1)")

    shown = page(client, activity.get_absolute_url())

    assert "<script>alert" not in shown
    assert 'href="javascript' not in shown


def test_page_shows_the_readers_clock_where_it_differs(
    signed_in: SignIn, member: User, activity: Activity
) -> None:
    member.time_zone = "Asia/Tbilisi"
    member.save(update_fields=["time_zone"])

    shown = page(signed_in(member), activity.get_absolute_url())

    assert "10:00–12:00 (Tirane time)" in shown.replace("Tirana", "Tirane")
    assert "On your clock: Monday, 15 March 2027, 13:00–15:00" in shown


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule("DAILY", count=3), "Repeats every day, 3 times in all."),
        (Rule("WEEKLY", interval=2, count=3), "Repeats every 2 weeks, 3 times in all."),
        (
            Rule("MONTHLY", position=3, until=date(2027, 6, 30)),
            "Repeats every month, on the third Monday until Wednesday, 30 June 2027.",
        ),
    ],
)
def test_page_says_how_a_series_repeats(
    client: Client, actor: Actor, rule: Rule, words: Any
) -> None:
    activity = make_activity(actor=actor, when=make_when(DAY), rule=rule)

    assert words in page(client, activity.get_absolute_url()).replace(
        "Wednesday 30", "Wednesday, 30"
    )


def test_page_of_a_series_leads_with_the_next_occurrence(client: Client, actor: Actor) -> None:
    activity = make_activity(actor=actor, when=make_when(DAY), rule=Rule("WEEKLY", count=3))

    for moment, number in ((14, 15), (16, 22)):
        with time_machine.travel(datetime(2027, 3, moment, 20, tzinfo=UTC)):
            entry = client.get(activity.get_absolute_url()).context["entry"]
            assert entry.first_day == date(2027, 3, number)


def test_cancelled_activity_says_why(client: Client, activity: Activity, actor: Actor) -> None:
    services.cancel_activity(activity=activity, actor=actor, reason="The hall is flooded.")

    shown = page(client, activity.get_absolute_url())

    assert "This activity is cancelled" in shown
    assert "The hall is flooded." in shown
    assert "Into my calendar" not in shown


def test_page_shows_who_was_asked_and_what_they_said(client: Client, actor: Actor) -> None:
    partners = [make_organisation(name) for name in ("Yes", "No", "Silent")]
    activity = make_activity(actor=actor, co_organisers=partners)
    for asked, accept in zip(activity.co_organisers.all(), (True, False), strict=False):
        services.answer_request(asked=asked, actor=editor_of(asked.organisation), accept=accept)

    rows = client.get(activity.get_absolute_url()).context["partners"]

    assert [(row.organisation.name, row.state) for row in rows] == [
        ("Yes", "accepted"),
        ("No", "declined"),
        ("Silent", "invited"),
    ]


def test_asked_editor_is_asked_on_the_page_and_nobody_else(
    client: Client, signed_in: SignIn, actor: Actor, member: User
) -> None:
    partner = make_organisation("Partner")
    activity = make_activity(actor=actor, co_organisers=[partner])
    address = activity.get_absolute_url()
    question = "asks Partner to organise this together"

    assert question in page(signed_in(editor_of(partner).person), address)
    assert question not in page(signed_in(member), address)
    assert question not in page(client, address)


def test_deleted_activity_has_a_page_that_says_so(
    client: Client, activity: Activity, actor: Actor
) -> None:
    services.delete_activity(activity=activity, actor=actor, reason="Twice")

    answer = client.get(activity.get_absolute_url())

    assert answer.status_code == 410
    assert "This activity was deleted" in answer.content.decode()


def test_page_of_an_activity_asks_a_fixed_number_of_questions(
    client: Client, actor: Actor, django_assert_num_queries: Any
) -> Any:
    def made(number: int) -> str:
        activity = make_activity(
            actor=actor,
            when=make_when(DAY, "10:00", "11:00"),
            rule=Rule("WEEKLY", count=10),
            co_organisers=[make_organisation() for _ in range(number)],
            tags=[f"tag {n}" for n in range(number)],
        )
        return activity.get_absolute_url()

    one, many = made(1), made(6)
    page(client, one)
    # tombstone; position; activity; co-organisers; moved days; documents; tags
    with django_assert_num_queries(7):
        page(client, one)
    with django_assert_num_queries(7):
        page(client, many)


# Subscribing --------------------------------------------------------------------------------


def test_subscribe_page_offers_the_filtered_feed_to_every_program(
    client: Client, db: None, settings: Any
) -> None:
    settings.HUB_BASE_URL = "https://hub.example"

    links = client.get("/calendar/subscribe/?kind=training").context["links"]

    feed = "hub.example/calendar/feed.ics?kind=training"
    escaped = "hub.example%2Fcalendar%2Ffeed.ics%3Fkind%3Dtraining"
    assert links == {
        "plain": f"https://{feed}",
        "webcal": f"webcal://{feed}",
        "google": f"https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F{escaped}",
        "outlook": "https://outlook.live.com/calendar/0/addfromweb"
        f"?url=https%3A%2F%2F{escaped}&name=Coordination%20Hub",
        "office": "https://outlook.office.com/calendar/0/addfromweb"
        f"?url=https%3A%2F%2F{escaped}&name=Coordination%20Hub",
    }


def test_subscribe_page_offers_the_feed_in_the_readers_language(client: Client, db: None) -> None:
    answer = client.get("/calendar/subscribe/", headers={"Accept-Language": "ka"})

    assert answer.context["links"]["plain"].endswith("/calendar/feed.ics?language=ka")


def test_own_feeds_are_made_and_taken_back(signed_in: SignIn, member: User) -> None:
    client = signed_in(member)

    made = client.post(
        "/calendar/subscribe/own/", {"name": "My phone", "language": "sq", "with_deadlines": "on"}
    )
    assert made.status_code == 302
    token = member.feed_tokens.get()
    assert (token.name, token.language, token.with_deadlines) == ("My phone", "sq", True)
    assert token.token in page(client, "/calendar/subscribe/own/")
    assert client.post(f"/calendar/subscribe/own/{token.pk}/revoke/").status_code == 302
    assert token.token not in page(client, "/calendar/subscribe/own/")


def test_own_feed_of_somebody_else_is_not_there(
    signed_in: SignIn, member: User, outsider: User
) -> None:
    token = services.make_feed(actor=make_actor(member), name="Mine")

    answer = signed_in(outsider).post(f"/calendar/subscribe/own/{token.pk}/revoke/")

    assert answer.status_code == 404
    token.refresh_from_db()
    assert token.revoked is None


def test_stranger_is_sent_to_sign_in_for_own_feeds(client: Client, db: None) -> None:
    assert client.get("/calendar/subscribe/own/").status_code == 302
