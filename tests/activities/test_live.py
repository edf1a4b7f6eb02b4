"""Open calendars hear what everyone may know, in their own language."""

import pytest
from django.test import Client
from django.utils import translation

from activities import services
from hub.live.models import Event
from hub.live.publish import position
from hub.live.registry import may_follow, render_event
from hub.notifications.kinds import words
from hub.notifications.models import Notification
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.factories import make_actor, make_organisation
from tests.factories_activities import editor_of, make_activity


@pytest.fixture
def actor(editor: User, organisation: Organisation) -> Actor:
    return make_actor(editor, organisation)


def told() -> list[tuple[str, str]]:
    return [
        (event.kind, render_event(event.kind, event.payload))
        for event in Event.objects.order_by("seq")
    ]


def test_everyone_may_listen_to_the_calendar_and_to_nothing_like_it(
    db: None, outsider: User
) -> None:
    assert may_follow(outsider, "calendar")
    assert not may_follow(outsider, "calendar:1")


def test_new_activity_is_one_line_of_news(actor: Actor) -> None:
    activity = make_activity("<b>Bold</b>", actor=actor)

    ((kind, html),) = told()
    assert kind == "activity.created"
    assert 'data-live="append" data-live-target="#calendar-news"' in html
    assert f'id="calendar-news-{activity.pk}"' in html
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html
    assert activity.get_absolute_url() in html


def test_change_and_cancellation_are_told(actor: Actor) -> None:
    activity = make_activity("Debate", actor=actor)
    services.change_activity(activity=activity, actor=actor, location="Park")
    services.cancel_activity(activity=activity, actor=actor, reason="Rain")

    assert [kind for kind, _html in told()] == [
        "activity.created",
        "activity.changed",
        "activity.cancelled",
    ]
    assert "Cancelled:" in told()[-1][1]


def test_activity_that_was_hidden_meanwhile_is_not_told(actor: Actor) -> None:
    activity = make_activity("Secret", actor=actor)
    services.change_activity(activity=activity, actor=actor, visibility="members")

    assert [html for _kind, html in told()] == [""]


def test_pages_carry_the_position_they_were_made_at(client: Client, actor: Actor) -> None:
    activity = make_activity(actor=actor)

    for address in ("/calendar/", "/calendar/agenda/", activity.get_absolute_url()):
        shown = client.get(address).content.decode()
        assert f'data-stream="calendar" data-seq="{position("calendar")}"' in shown


def test_notices_say_who_wants_what(actor: Actor) -> None:
    partner = make_organisation("Radio Kroi")
    theirs = editor_of(partner)
    activity = make_activity("Debate", actor=actor, co_organisers=[partner])
    asked = activity.co_organisers.get()
    services.answer_request(asked=asked, actor=theirs, accept=True)
    services.answer_request(asked=asked, actor=theirs, accept=False)
    services.change_activity(activity=activity, actor=actor, location="Park")
    services.ask_co_organisers(activity=activity, actor=actor, organisations=[partner])
    services.change_activity(activity=activity, actor=actor, location="Library")
    services.cancel_activity(activity=activity, actor=actor, reason="Rain")
    services.reinstate_activity(activity=activity, actor=actor)

    said = [words(notice) for notice in Notification.objects.order_by("pk")]

    assert [notice.text for notice in said if notice] == [
        "Green Valley asks Radio Kroi to organise “Debate” together.",
        "Radio Kroi takes part in “Debate”.",
        "Radio Kroi does not take part in “Debate”.",
        "Green Valley asks Radio Kroi to organise “Debate” together.",
        "Green Valley changed the time or the place of “Debate”.",
        "Green Valley cancelled “Debate”.",
        "“Debate” takes place after all.",
    ]
    assert {notice.url for notice in said if notice} == {activity.get_absolute_url()}


def test_news_are_rendered_in_the_listeners_language(actor: Actor) -> None:
    make_activity("Debate", actor=actor)
    (event,) = Event.objects.all()

    with translation.override("ka"):
        assert "Debate" in render_event(event.kind, event.payload)
