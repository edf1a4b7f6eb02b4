"""The calendar in a browser: each page without a fault, and news that come by themselves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from activities import services
from activities.models import Activity
from activities.recurrence import Rule
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.factories import make_organisation
from tests.factories_activities import make_activity, make_days, make_when

pytestmark = pytest.mark.browser
NewPage = Callable[..., Page]


@pytest.fixture
def actor(editor: User, organisation: Organisation) -> Actor:
    """Who plans."""
    return Actor(editor, organisation)


@pytest.fixture
def series(actor: Actor) -> Activity:
    """A series with all that a page can show: partners, a moved day, a point, tags."""
    day = timezone.localdate() + timedelta(days=3)
    activity = make_activity(
        "Отворени разговор са грађанима о буџету",
        actor=actor,
        when=make_when(day, "10:00", "11:00", "Asia/Tbilisi"),
        rule=Rule("WEEKLY", count=5),
        description="**Come** and see.\n\n- one\n- two",
        location="City library",
        latitude=42.46,
        longitude=21.47,
        tags=["budget"],
        co_organisers=[make_organisation("Radio Kroi"), make_organisation("Gratë e Dritës")],
    )
    services.leave_out(activity=activity, actor=actor, day=day + timedelta(weeks=1))
    moved = make_when(day + timedelta(days=15), "12:00", "13:00", "Asia/Tbilisi")
    services.move_occurrence(
        activity=activity,
        actor=actor,
        day=day + timedelta(weeks=2),
        start=moved.start,
        end=moved.end,
        location="Park",
    )
    return activity


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/",
        "/calendar/agenda/",
        "/calendar/agenda/?kind=nothing",
        "/calendar/subscribe/",
        "/calendar/subscribe/own/",
        "/calendar/activities/new/",
        "{activity}",
        "{activity}edit/",
        "{activity}cancel/",
        "{activity}delete/",
        "{activity}days/{day}/move/",
        "{activity}days/{day}/cancel/",
    ],
)
def test_editor_opens_the_page_without_a_fault(
    new_page: NewPage,
    accessible: Callable[[Page], None],
    editor: User,
    organisation: Organisation,
    series: Activity,
    path: str,
) -> None:
    address = path.format(activity=series.get_absolute_url(), day=series.when.first_day)
    for width, theme in ((360, "dark"), (1280, "light")):
        page = new_page(editor, organisation=organisation, width=width, theme=theme)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == (400 if "nothing" in path else 200)
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        accessible(page)


def test_cancelled_and_deleted_activities_have_pages_without_a_fault(
    new_page: NewPage, accessible: Callable[[Page], None], actor: Actor
) -> None:
    cancelled, deleted = make_activity("Off", actor=actor), make_activity("Gone", actor=actor)
    services.cancel_activity(activity=cancelled, actor=actor, reason="The hall is flooded.")
    services.delete_activity(activity=deleted, actor=actor, reason="Twice")
    page = new_page(width=360)

    for activity in (cancelled, deleted):
        page.goto(activity.get_absolute_url())
        accessible(page)


def test_phones_read_the_agenda_and_wide_screens_the_month(new_page: NewPage, actor: Actor) -> None:
    today = timezone.localdate()
    make_activity("Today's campaign", actor=actor, when=make_days(today))

    phone, desk = new_page(width=360), new_page(width=1280)
    phone.goto("/calendar/")
    desk.goto("/calendar/")

    expect(phone.locator(".agenda__day--today")).to_contain_text("Today's campaign")
    expect(phone.locator("table.month")).not_to_be_visible()
    expect(desk.locator(".month__day--today .month__entry")).to_have_text("Today's campaign")
    expect(desk.locator(".agenda")).not_to_be_visible()


def test_open_calendar_hears_of_a_new_activity(
    new_page: NewPage, editor: User, organisation: Organisation
) -> None:
    reader, writer = new_page(width=360), new_page(editor, organisation=organisation)
    reader.goto("/calendar/")
    reader.wait_for_function("document.documentElement.dataset.line === 'open'")

    writer.goto("/calendar/activities/new/")
    writer.select_option("#id_kind", "debate")
    writer.fill("#id_summary", "Debate on the square")
    writer.fill("#id_start_time", "18:00")
    writer.fill("#id_end_time", "20:00")
    writer.click("main form button.button--primary")
    expect(writer.locator("h1")).to_have_text("Debate on the square")

    news = reader.locator("#calendar-news")
    expect(news).to_contain_text("New in the calendar: Debate on the square", timeout=3000)
    news.get_by_role("link").click()
    expect(reader.locator("h1")).to_have_text("Debate on the square")


def test_form_that_fails_says_where_and_keeps_what_was_typed(
    new_page: NewPage, accessible: Callable[[Page], None], editor: User, organisation: Organisation
) -> None:
    page = new_page(editor, organisation=organisation, width=360)
    page.goto("/calendar/activities/new/")
    page.fill("#id_summary", "Debate")
    page.fill("#id_description", "What we want to say")
    page.fill("#id_start_time", "18:00")
    page.fill("#id_end_time", "17:00")
    page.click("main form button.button--primary")

    expect(page.locator("#id_end_time_error, .field--bad")).not_to_have_count(0)
    expect(page.get_by_text("The end must come after the start.").first).to_be_visible()
    expect(page.locator("#id_description")).to_have_value("What we want to say")
    accessible(page)
