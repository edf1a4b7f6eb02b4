"""Planning, changing, cancelling, deleting; and what must follow from each."""

from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from activities import services
from activities.models import Activity, CoOrganiser, Occurrence, Tombstone
from activities.recurrence import Rule
from activities.times import When
from hub.audit import history
from hub.files.models import StoredFile
from hub.live.models import Event
from hub.notifications.models import Notification
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.factories import make_actor, make_member, make_organisation, make_place
from tests.factories_activities import editor_of, make_activity, make_days, make_when

DAY = date(2027, 3, 15)


@pytest.fixture
def actor(editor: User, organisation: Organisation) -> Actor:
    return make_actor(editor, organisation)


@pytest.fixture
def activity(actor: Actor) -> Activity:
    return make_activity(actor=actor, when=make_when(DAY), location="Library")


def lines(activity: Activity) -> Any:
    activity.refresh_from_db()
    return activity.ical.replace("\r\n ", "").split("\r\n")


def notices() -> Any:
    return sorted(Notification.objects.values_list("kind", "recipient__display_name"))


def events() -> Any:
    return list(Event.objects.values_list("kind", "payload"))


def test_planned_activity_is_kept_with_what_follows_from_it(
    actor: Actor, organisation: Organisation
) -> None:
    place = make_place("xk-gjilan-2", names={"en": "Gjilan", "sr": "Гњилане"})

    activity = make_activity(
        "Разговор о буџету",
        actor=actor,
        when=make_when(DAY),
        place=place,
        tags=["Youth ", "youth", "Budget"],
        description="**Bold** words",
    )

    activity = Activity.objects.get(pk=activity.pk)
    assert (activity.organisation, activity.person) == (organisation, actor.person)
    assert (activity.status, activity.sequence) == ("CONFIRMED", 0)
    assert activity.dtstart.isoformat() == "2027-03-15T09:00:00+00:00"
    assert activity.ends == activity.dtend
    assert activity.leaves == activity.dtend + timedelta(days=90)
    assert sorted(activity.tags.names()) == ["budget", "youth"]
    assert "razgovor o budzetu" in activity.folded
    assert "gnjilane" in activity.folded
    assert [entry.action for entry in history(activity)] == ["activities.activity.created"]
    assert events() == [("activity.created", {"activity": activity.pk})]


def test_feed_text_is_kept_and_ends_with_the_link(activity: Activity, settings: Any) -> None:
    written = lines(activity)

    (description,) = [line for line in written if line.startswith("DESCRIPTION:")]
    assert description.endswith(f"{settings.HUB_BASE_URL}/calendar/activities/{activity.uid}/")
    assert f"UID:{activity.uid}" in written
    assert f'ORGANIZER;CN="Green Valley":mailto:{settings.DEFAULT_FROM_EMAIL}' in written


def test_place_is_named_in_the_feed_as_the_signs_there_have_it(actor: Actor) -> None:
    place = make_place(country="GE", names={"en": "Kutaisi", "ka": "ქუთაისი"})

    activity = make_activity(actor=actor, location="Hall", place=place)

    assert "LOCATION:Hall\\, ქუთაისი" in lines(activity)


def test_members_activity_is_not_told_to_the_public_stream(actor: Actor) -> None:
    make_activity(actor=actor, visibility="members")

    assert events() == []


@pytest.mark.parametrize(
    ("changes", "sequence"),
    [
        ({"summary": "Another title"}, 0),
        ({"description": "More words"}, 0),
        ({"kind": "debate"}, 0),
        ({"tags": ["new"]}, 0),
        ({"visibility": "members"}, 0),
        ({"location": "Town hall"}, 1),
        ({"conference_url": "https://meet.example/x"}, 1),
        ({"latitude": 42.1, "longitude": 21.1}, 1),
        ({"when": make_when(DAY, "11:00", "12:00")}, 1),
        ({"when": make_when(DAY, tzid="Europe/Sofia")}, 1),
        ({"when": make_days(DAY)}, 1),
        ({"when": make_when(DAY), "rule": Rule("WEEKLY", count=3)}, 1),
    ],
)
def test_sequence_rises_with_time_and_place_only(
    activity: Activity, actor: Actor, changes: Any, sequence: Any
) -> None:
    before = activity.last_modified

    services.change_activity(activity=activity, actor=actor, **changes)

    written = lines(activity)
    assert (activity.sequence, activity.last_modified > before) == (sequence, True)
    assert f"SEQUENCE:{sequence}" in written
    assert f"DTSTAMP:{activity.last_modified:%Y%m%dT%H%M%SZ}" in written


def test_change_of_nothing_changes_nothing(activity: Activity, actor: Actor) -> None:
    before = lines(activity), activity.last_modified

    services.change_activity(
        activity=activity, actor=actor, when=make_when(DAY), location="Library", tags=[]
    )

    assert (lines(activity), activity.last_modified) == before
    assert [entry.action for entry in history(activity)] == ["activities.activity.created"]


def test_change_is_kept_in_the_trail_with_old_and_new(activity: Activity, actor: Actor) -> None:
    services.change_activity(activity=activity, actor=actor, location="Town hall")

    (changed, _created) = history(activity)
    assert changed.changes == {"location": ["Library", "Town hall"]}
    assert changed.organisation_name == "Green Valley"


def test_stamps_rise_even_when_the_clock_goes_back(activity: Activity, actor: Actor) -> None:
    before = activity.last_modified

    with time_machine.travel(before - timedelta(hours=2), tick=False):
        services.change_activity(activity=activity, actor=actor, summary="New")

    assert activity.last_modified > before


def test_cancelled_activity_keeps_its_reason_and_leaves_sooner(
    activity: Activity, actor: Actor
) -> None:
    services.cancel_activity(activity=activity, actor=actor, reason=" The hall is flooded. ")

    written = lines(activity)
    assert (activity.status, activity.sequence) == ("CANCELLED", 1)
    assert activity.cancelled_because == "The hall is flooded."
    assert activity.leaves == activity.ends + timedelta(days=30)
    assert "STATUS:CANCELLED" in written
    assert any(line.startswith("DESCRIPTION:The hall is flooded.\\n\\n") for line in written)
    assert events()[-1] == ("activity.cancelled", {"activity": activity.pk})
    assert history(activity)[0].reason == "The hall is flooded."


def test_cancelling_needs_a_reason_and_happens_once(activity: Activity, actor: Actor) -> None:
    with pytest.raises(ValidationError):
        services.cancel_activity(activity=activity, actor=actor, reason="  ")
    services.cancel_activity(activity=activity, actor=actor, reason="Rain")
    with pytest.raises(PermissionDenied):
        services.cancel_activity(activity=activity, actor=actor, reason="Rain again")

    activity.refresh_from_db()
    assert (activity.sequence, activity.cancelled_because) == (1, "Rain")


def test_reinstated_activity_is_on_again(activity: Activity, actor: Actor) -> None:
    services.cancel_activity(activity=activity, actor=actor, reason="Rain")

    services.reinstate_activity(activity=activity, actor=actor)

    assert "STATUS:CONFIRMED" in lines(activity)
    assert (activity.sequence, activity.cancelled, activity.cancelled_because) == (2, None, "")
    assert activity.leaves == activity.ends + timedelta(days=90)


def test_deleted_activity_leaves_a_tombstone_and_no_file(
    activity: Activity,
    actor: Actor,
    settings: Any,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("plan.txt", b"the plan")
    services.change_activity(activity=activity, actor=actor, documents=[upload])
    assert [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()] == [b"the plan"]

    with django_capture_on_commit_callbacks(execute=True):
        services.delete_activity(activity=activity, actor=actor, reason="Entered twice")

    assert (Activity.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert Tombstone.objects.get().uid == activity.uid
    assert events()[-1] == ("activity.deleted", {"uid": str(activity.uid)})


def test_document_stands_in_the_feed_of_a_public_activity_only(
    activity: Activity, actor: Actor, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("plan.txt", b"the plan")

    services.change_activity(activity=activity, actor=actor, documents=[upload])

    (attached,) = [line for line in lines(activity) if line.startswith("ATTACH")]
    assert attached.startswith(f"ATTACH;FMTTYPE=text/plain:{settings.HUB_BASE_URL}/files/")
    services.change_activity(activity=activity, actor=actor, visibility="members")
    assert not any(line.startswith("ATTACH") for line in lines(activity))


# Organising together ------------------------------------------------------------------------


@pytest.fixture
def partner() -> Organisation:
    return make_organisation("Radio Kroi")


@pytest.fixture
def partner_editor(partner: Organisation) -> Actor:
    return editor_of(partner, make_member(partner, "editor", "Pia Partner"))


@pytest.fixture
def joint(actor: Actor, partner: Organisation, partner_editor: Actor) -> Activity:
    return make_activity(actor=actor, when=make_when(DAY), co_organisers=[partner])


def test_asked_organisation_gets_notice_and_the_activity_is_tentative(
    joint: Activity, partner: Organisation
) -> None:
    make_member(partner, "member", "No Editor")

    assert "STATUS:TENTATIVE" in lines(joint)
    assert notices() == [("activities.asked", "Pia Partner")]
    assert list(joint.co_organisers.values_list("organisation", "state")) == [
        (partner.pk, "invited")
    ]


def test_acceptance_confirms_and_names_the_partner(joint: Activity, partner_editor: Actor) -> None:
    services.answer_request(asked=joint.co_organisers.get(), actor=partner_editor, accept=True)

    written = lines(joint)
    assert ("STATUS:CONFIRMED" in written, joint.sequence) == (True, 1)
    assert any(line.startswith("DESCRIPTION:Green Valley + Radio Kroi\\n\\n") for line in written)
    assert ("activities.answered", "Edin Editor") in notices()
    answered = joint.co_organisers.get()
    assert (answered.state, answered.person) == ("accepted", partner_editor.person)
    assert history(joint)[0].organisation_name == "Radio Kroi"


def test_refusal_confirms_without_naming_them(joint: Activity, partner_editor: Actor) -> None:
    services.answer_request(asked=joint.co_organisers.get(), actor=partner_editor, accept=False)

    written = lines(joint)
    assert "STATUS:CONFIRMED" in written
    assert not any("Radio Kroi" in line for line in written)


def test_activity_stays_tentative_until_all_have_answered(
    actor: Actor, partner: Organisation, partner_editor: Actor
) -> None:
    other = make_organisation("Blue River")
    activity = make_activity(actor=actor, co_organisers=[partner, other])
    asked = activity.co_organisers.get(organisation=partner)

    services.answer_request(asked=asked, actor=partner_editor, accept=True)
    assert ("STATUS:TENTATIVE" in lines(activity), activity.sequence) == (True, 0)
    asked = activity.co_organisers.get(organisation=other)
    services.answer_request(asked=asked, actor=editor_of(other), accept=False)
    assert ("STATUS:CONFIRMED" in lines(activity), activity.sequence) == (True, 1)


def test_answer_may_change_its_mind(joint: Activity, partner_editor: Actor) -> None:
    for accept in (True, True, False):
        services.answer_request(
            asked=joint.co_organisers.get(), actor=partner_editor, accept=accept
        )

    assert joint.co_organisers.get().state == "declined"
    actions = [entry.action for entry in history(joint)]
    assert actions.count("activities.organiser.answered") == 2


def test_request_is_taken_back(joint: Activity, actor: Actor) -> None:
    services.withdraw_request(asked=joint.co_organisers.get(), actor=actor)

    assert ("STATUS:CONFIRMED" in lines(joint), joint.co_organisers.count()) == (True, 0)


def test_who_declined_may_be_asked_again_and_who_takes_part_is_not(
    joint: Activity, actor: Actor, partner: Organisation, partner_editor: Actor
) -> None:
    services.answer_request(asked=joint.co_organisers.get(), actor=partner_editor, accept=False)
    services.ask_co_organisers(activity=joint, actor=actor, organisations=[partner])
    assert joint.co_organisers.get().state == "invited"
    services.answer_request(asked=joint.co_organisers.get(), actor=partner_editor, accept=True)

    assert services.ask_co_organisers(activity=joint, actor=actor, organisations=[partner]) == []
    assert joint.co_organisers.get().state == "accepted"


def test_organiser_and_unverified_ones_cannot_be_asked(
    actor: Actor, organisation: Organisation
) -> None:
    for chosen in (organisation, make_organisation(status="pending")):
        with pytest.raises(ValidationError):
            make_activity(actor=actor, co_organisers=[chosen])
    assert Activity.objects.count() == 0


def test_partners_learn_of_changes_and_cancellation(
    joint: Activity, actor: Actor, partner_editor: Actor
) -> None:
    services.change_activity(activity=joint, actor=actor, location="Elsewhere")
    services.change_activity(activity=joint, actor=actor, summary="Only words")
    services.cancel_activity(activity=joint, actor=actor, reason="Rain")

    told = [kind for kind, who in notices() if who == "Pia Partner"]
    assert told == ["activities.asked", "activities.cancelled", "activities.changed"]


# Series -------------------------------------------------------------------------------------


@pytest.fixture
def series(actor: Actor) -> Activity:
    return make_activity(
        actor=actor, when=make_when(DAY, "10:00", "11:00"), rule=Rule("WEEKLY", count=4)
    )


def days_of(activity: Activity) -> Any:
    activity = Activity.objects.get(pk=activity.pk)
    return [(span.original.day, span.dtstart.day) for span in activity.spans()]


def test_series_ends_with_its_last_occurrence(series: Activity) -> None:
    assert series.ends.isoformat() == "2027-04-05T09:00:00+00:00"


def test_one_day_is_left_out_and_put_back(series: Activity, actor: Actor) -> None:
    day = date(2027, 3, 22)

    services.leave_out(activity=series, actor=actor, day=day, reason="Holiday")
    assert days_of(series) == [(15, 15), (29, 29), (5, 5)]
    assert "EXDATE;TZID=Europe/Tirane:20270322T100000" in lines(series)
    services.put_back(activity=series, actor=actor, day=day)
    assert days_of(series) == [(15, 15), (22, 22), (29, 29), (5, 5)]
    assert series.sequence == 2


def test_one_day_is_moved_and_put_back(series: Activity, actor: Actor) -> None:
    day = date(2027, 4, 5)
    start = datetime(2027, 4, 9, 18, 0)  # noqa: DTZ001 - local times are naive

    services.move_occurrence(
        activity=series, actor=actor, day=day, start=start, end=start + timedelta(hours=1)
    )
    assert days_of(series) == [(15, 15), (22, 22), (29, 29), (5, 9)]
    series.refresh_from_db()
    assert series.ends.isoformat() == "2027-04-09T17:00:00+00:00"
    services.put_back(activity=series, actor=actor, day=day)
    assert days_of(series)[-1] == (5, 5)
    assert Occurrence.objects.count() == 0


def test_day_without_an_occurrence_cannot_be_left_out_or_moved(
    series: Activity, actor: Actor
) -> None:
    when = make_when(DAY)
    with pytest.raises(ValidationError):
        services.leave_out(activity=series, actor=actor, day=date(2027, 3, 16))
    with pytest.raises(ValidationError):
        services.move_occurrence(
            activity=series, actor=actor, day=date(2027, 3, 16), start=when.start, end=when.end
        )


def test_last_day_left_cannot_be_left_out(actor: Actor) -> None:
    series = make_activity(actor=actor, when=make_when(DAY), rule=Rule("WEEKLY", count=2))
    services.leave_out(activity=series, actor=actor, day=DAY)

    with pytest.raises(ValidationError):
        services.leave_out(activity=series, actor=actor, day=date(2027, 3, 22))


def test_new_hour_keeps_exceptions_and_new_weekday_forgets_them(
    series: Activity, actor: Actor
) -> None:
    services.leave_out(activity=series, actor=actor, day=date(2027, 3, 22))
    rule = Rule("WEEKLY", count=4)

    services.change_activity(
        activity=series, actor=actor, when=make_when(DAY, "15:00", "16:00"), rule=rule
    )
    assert "EXDATE;TZID=Europe/Tirane:20270322T150000" in lines(series)
    tuesday = make_when(date(2027, 3, 16), "15:00", "16:00")
    services.change_activity(activity=series, actor=actor, when=tuesday, rule=rule)
    assert not any(line.startswith("EXDATE") for line in lines(series))


def test_series_that_becomes_single_forgets_moved_days(series: Activity, actor: Actor) -> None:
    when = make_when(date(2027, 3, 23), "10:00", "11:00")
    services.move_occurrence(
        activity=series, actor=actor, day=date(2027, 3, 22), start=when.start, end=when.end
    )

    services.change_activity(activity=series, actor=actor, when=make_when(DAY))

    assert lines(series).count("BEGIN:VEVENT") == 1
    assert Occurrence.objects.count() == 0


# Two at once --------------------------------------------------------------------------------


def test_change_is_made_on_the_row_as_it_is_and_not_as_it_was_read(
    activity: Activity, actor: Actor
) -> None:
    stale = Activity.objects.get(pk=activity.pk)
    services.change_activity(activity=activity, actor=actor, summary="First")

    services.change_activity(activity=stale, actor=actor, location="Second")

    assert (stale.summary, stale.location) == ("First", "Second")
    assert "SUMMARY:First" in lines(stale)


def test_deleted_activity_cannot_be_changed_any_more(activity: Activity, actor: Actor) -> None:
    stale = Activity.objects.get(pk=activity.pk)
    services.delete_activity(activity=activity, actor=actor, reason="Twice")

    with pytest.raises(ValidationError, match="deleted meanwhile"):
        services.change_activity(activity=stale, actor=actor, summary="Late")


def test_failed_service_keeps_nothing(actor: Actor, organisation: Organisation) -> None:
    with pytest.raises(ValidationError):
        make_activity(actor=actor, when=When(make_when(DAY).end, make_when(DAY).start, "UTC"))

    assert (Activity.objects.count(), CoOrganiser.objects.count(), Event.objects.count()) == (
        0,
        0,
        0,
    )


def test_texts_are_rewritten_only_where_they_differ(
    activity: Activity, actor: Actor, settings: Any
) -> None:
    before = activity.last_modified
    assert services.rewrite_texts(Activity.objects.all()) == 0

    settings.HUB_BASE_URL = "https://new.example"

    assert services.rewrite_texts(Activity.objects.all()) == 1
    assert "https://new.example/calendar/activities/" in Activity.objects.get().ical
    assert Activity.objects.get().last_modified == before
    assert timezone.now() > before


def test_start_writes_texts_anew_only_where_the_address_has_changed(
    activity: Activity, settings: Any, django_assert_max_num_queries: Any
) -> None:
    said = StringIO()
    with django_assert_max_num_queries(5):
        call_command("feed_texts", stdout=said)
    assert said.getvalue() == ""

    settings.HUB_BASE_URL = "https://new.example"
    call_command("feed_texts", stdout=said)

    assert said.getvalue() == "1 text of the feeds was out of date and is written anew.\n"
    assert "https://new.example/calendar/activities/" in Activity.objects.get().ical
