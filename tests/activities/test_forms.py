"""Planning and changing through the pages: what is taken, what is refused and how."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from activities import services
from activities.models import Activity
from activities.recurrence import Rule
from activities.times import When
from hub import panels
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.conftest import SignIn
from tests.factories import make_actor, make_member, make_organisation, make_place
from tests.factories_activities import editor_of, make_activity, make_days, make_when

NEW = "/calendar/activities/new/"
DAY = date(2027, 3, 15)


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_providers", {})


@pytest.fixture
def actor(editor: User, organisation: Organisation) -> Actor:
    return make_actor(editor, organisation)


@pytest.fixture
def writer(signed_in: SignIn, editor: User, organisation: Organisation) -> Any:
    return signed_in(editor, organisation)


def sent(**changes: Any) -> dict[str, Any]:
    """What the browser sends for a meeting on 15 March 2027, with changes; None leaves out."""
    fields = {
        "kind": "meeting",
        "summary": "Meeting",
        "description": "",
        "start_date": "2027-03-15",
        "start_time": "10:00",
        "end_date": "",
        "end_time": "12:00",
        "tzid": "Europe/Tirane",
        "repeat": "",
        "location": "",
        "place": "",
        "tags": "",
        "visibility": "public",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422, answer.status_code
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


def test_editor_plans_a_meeting(writer: Any, organisation: Organisation) -> None:
    place = make_place("test-town")

    answer = writer.post(
        NEW,
        sent(
            summary="  Round   table ",
            location="Library",
            place="test-town",
            tags="Youth, budget",
            latitude="42.46",
            longitude="21.47",
        ),
    )

    activity = Activity.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, activity.get_absolute_url())
    assert activity.when == make_when(DAY)
    assert (activity.summary, activity.organisation, activity.place) == (
        "Round table",
        organisation,
        place,
    )
    assert (activity.latitude, activity.longitude) == (42.46, 21.47)
    assert sorted(activity.tags.names()) == ["budget", "youth"]


def test_editor_plans_whole_days_with_the_last_day_included(writer: Any) -> None:
    writer.post(NEW, sent(all_day="on", start_time="", end_time="", end_date="2027-03-17"))

    assert Activity.objects.get().when == make_days(DAY, date(2027, 3, 17))


def test_editor_plans_over_midnight(writer: Any) -> None:
    writer.post(NEW, sent(start_time="20:00", end_time="01:00", end_date="2027-03-16"))

    assert Activity.objects.get().when == make_when(DAY, "20:00", "01:00", last=date(2027, 3, 16))


@pytest.mark.parametrize(
    ("fields", "rrule"),
    [
        ({"repeat": "WEEKLY", "repeat_count": "5"}, "FREQ=WEEKLY;COUNT=5"),
        (
            {"repeat": "DAILY", "repeat_every": "2", "repeat_until": "2027-03-30"},
            "FREQ=DAILY;INTERVAL=2;UNTIL=20270330T215959Z",
        ),
        ({"repeat": "MONTHLY", "repeat_count": "3"}, "FREQ=MONTHLY;COUNT=3"),
        ({"repeat": "WEEKDAY", "repeat_count": "3"}, "FREQ=MONTHLY;BYDAY=3MO;COUNT=3"),
    ],
)
def test_editor_plans_a_series(writer: Any, fields: Any, rrule: Any) -> None:
    writer.post(NEW, sent(**fields))

    assert Activity.objects.get().rrule == rrule


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"summary": ""}, {"summary"}),
        ({"summary": "x" * 201}, {"summary"}),
        ({"summary": "a\x00b"}, {"summary"}),
        ({"kind": "party"}, {"kind"}),
        ({"start_date": ""}, {"start_date"}),
        ({"start_date": "0001-01-01"}, {"start_date"}),
        ({"start_date": "9999-12-31"}, {"start_date"}),
        ({"start_date": "2027-02-30"}, {"start_date"}),
        ({"start_date": "tomorrow"}, {"start_date"}),
        ({"end_date": "9999-12-31", "all_day": "on"}, {"end_date"}),
        ({"end_date": "2027-03-14"}, {"end_date"}),
        ({"end_date": "2029-03-14", "all_day": "on"}, {"end_date"}),
        ({"start_time": "", "end_time": ""}, {"start_time", "end_time"}),
        ({"start_time": "25:00"}, {"start_time"}),
        ({"end_time": "09:00"}, {"end_time"}),
        ({"end_time": "10:00"}, {"end_time"}),
        ({"start_date": "2027-03-28", "start_time": "02:30"}, {"start_time"}),
        ({"tzid": "Europe/Atlantis"}, {"tzid"}),
        ({"tzid": None}, {"tzid"}),
        ({"repeat": "HOURLY"}, {"repeat"}),
        ({"repeat": "WEEKLY"}, {"repeat_until"}),
        ({"repeat": "WEEKLY", "repeat_count": "3", "repeat_until": "2027-05-01"}, {"repeat_count"}),
        ({"repeat": "DAILY", "repeat_count": "500"}, {"repeat_count"}),
        ({"repeat": "DAILY", "repeat_until": "2028-07-26"}, {"repeat_until"}),
        ({"repeat": "DAILY", "repeat_until": "9999-12-31"}, {"repeat_until"}),
        ({"repeat": "DAILY", "repeat_until": "2027-03-01"}, {"repeat_until"}),
        ({"repeat": "DAILY", "repeat_count": "3", "repeat_every": "0"}, {"repeat_every"}),
        (
            {"repeat": "DAILY", "repeat_count": "3", "all_day": "on", "end_date": "2027-03-17"},
            {"repeat"},
        ),
        ({"place": "nowhere"}, {"place"}),
        ({"latitude": "42"}, {"longitude"}),
        ({"latitude": "142", "longitude": "21"}, {"latitude"}),
        ({"latitude": "nan", "longitude": "21"}, {"latitude"}),
        ({"conference_url": "javascript:alert(1)"}, {"conference_url"}),
        ({"tags": ",".join(f"t{n}" for n in range(11))}, {"tags"}),
        ({"tags": "x" * 41}, {"tags"}),
        ({"visibility": "nobody"}, {"visibility"}),
        ({"description": "x" * 8001}, {"description"}),
        ({"co_organiser_1": "No such organisation"}, {"co_organiser_1"}),
        ({"co_organiser_2": "Green Valley"}, {"co_organiser_2"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_kept(
    writer: Any, fields: Any, wrong: Any
) -> None:
    answer = writer.post(NEW, sent(**{"description": "What I wrote", **fields}))

    assert set(errors(answer)) == wrong
    assert Activity.objects.count() == 0
    if "description" not in fields:
        assert "What I wrote" in answer.content.decode()


def test_co_organisers_are_found_by_name_whatever_its_letters(writer: Any) -> None:
    radio, grad = make_organisation("Radio Kroi"), make_organisation("Грађани за чисту воду")

    writer.post(NEW, sent(co_organiser_1="radio kroi", co_organiser_2="Gradjani za cistu vodu"))

    asked = Activity.objects.get().co_organisers.values_list("organisation", flat=True)
    assert list(asked) == [radio.pk, grad.pk]


def test_nearly_right_name_is_answered_with_the_right_one(writer: Any) -> None:
    make_organisation("Radio Kroi")

    answer = writer.post(NEW, sent(co_organiser_1="Kroi"))

    assert "Did you mean “Radio Kroi”?" in errors(answer)["co_organiser_1"][0]


def test_document_is_kept_beside_the_activity(
    writer: Any, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path

    writer.post(NEW, sent(document=SimpleUploadedFile("plan.txt", b"the plan")))

    activity = Activity.objects.get()
    assert "plan.txt" in client.get(activity.get_absolute_url()).content.decode()
    (attached,) = [line for line in activity.ical.split("\r\n") if line.startswith("ATTACH")]
    assert "FMTTYPE=text/plain" in attached


def test_document_of_a_members_activity_is_read_by_members_only(
    signed_in: SignIn,
    actor: Actor,
    member: User,
    outsider: User,
    client: Client,
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    activity = make_activity(actor=actor, visibility="members")
    services.change_activity(
        activity=activity, actor=actor, documents=[SimpleUploadedFile("plan.txt", b"the plan")]
    )
    (file,) = signed_in(member).get(activity.get_absolute_url()).context["documents"]

    answers = [
        reader.get(file.get_absolute_url())
        for reader in (client, signed_in(outsider), signed_in(member))
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 200]
    for answer in answers:
        answer.close()


def test_wrong_document_is_refused(writer: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path

    answer = writer.post(NEW, sent(document=SimpleUploadedFile("virus.exe", b"MZ")))

    assert set(errors(answer)) == {"document"}


# For whom -----------------------------------------------------------------------------------


def test_form_is_offered_in_the_organisations_time_and_place(signed_in: SignIn, db: None) -> None:
    place = make_place("test-town", country="GE")
    organisation = make_organisation(place=place)
    client = signed_in(editor_of(organisation).person, organisation)

    form = client.get(NEW).context["form"]

    assert (form["tzid"].value(), form["place"].value()) == ("Asia/Tbilisi", "test-town")


def test_who_acts_for_nobody_is_asked_for_whom(
    signed_in: SignIn, editor: User, organisation: Organisation
) -> None:
    answer = signed_in(editor).get(NEW)

    assert answer.status_code == 200
    assert answer.context["able"] == [organisation]


@pytest.mark.parametrize("person", ["member", "removed"])
def test_who_may_plan_for_nobody_is_told_so(signed_in: SignIn, request: Any, person: Any) -> None:
    assert signed_in(request.getfixturevalue(person)).get(NEW).status_code == 403


def test_editor_whose_membership_ended_meanwhile_keeps_what_was_typed(
    signed_in: SignIn, editor: User, organisation: Organisation
) -> None:
    client = signed_in(editor, organisation)
    editor.memberships.update(end_date=timezone.now())

    answer = client.post(NEW, sent(description="An hour's work", acting_for=organisation.slug))

    assert answer.status_code == 403
    assert "An hour&#x27;s work" in answer.content.decode()
    assert Activity.objects.count() == 0


# Changing -----------------------------------------------------------------------------------


@pytest.fixture
def series(actor: Actor) -> Activity:
    return make_activity(
        "Weekly",
        actor=actor,
        when=make_when(DAY, "10:00", "11:00"),
        rule=Rule("WEEKLY", interval=2, count=4),
        tags=["one", "two"],
        location="Library",
    )


def as_shown(client: Client, address: str) -> dict[str, Any]:
    """What the browser would send if nothing was changed."""
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value not in (None, "", False)}


@pytest.mark.parametrize(
    "when",
    [
        make_when(DAY),
        make_days(DAY, date(2027, 3, 17)),
        make_when(DAY, "20:00", "00:00", last=date(2027, 3, 16)),
    ],
)
def test_form_sent_back_unchanged_changes_nothing(writer: Any, actor: Actor, when: When) -> None:
    activity = make_activity(actor=actor, when=when, tags=["b", "a"], location="Library")
    address = f"{activity.get_absolute_url()}edit/"
    before = activity.last_modified

    answer = writer.post(address, as_shown(writer, address))

    activity.refresh_from_db()
    assert (answer.status_code, activity.last_modified, activity.when) == (302, before, when)


def test_series_sent_back_unchanged_changes_nothing(writer: Any, series: Activity) -> None:
    address = f"{series.get_absolute_url()}edit/"

    writer.post(address, as_shown(writer, address))

    before = series.last_modified, series.rrule
    series.refresh_from_db()
    assert (series.last_modified, series.rrule) == before


def test_editor_changes_time_and_place(writer: Any, series: Activity) -> None:
    address = f"{series.get_absolute_url()}edit/"

    writer.post(address, {**as_shown(writer, address), "start_time": "09:00", "location": "Park"})

    series.refresh_from_db()
    assert (series.when.start.hour, series.location, series.sequence) == (9, "Park", 1)


def test_second_of_two_writers_is_told_and_may_insist(
    writer: Any, series: Activity, actor: Actor
) -> None:
    address = f"{series.get_absolute_url()}edit/"
    mine = {**as_shown(writer, address), "summary": "My title"}
    services.change_activity(activity=series, actor=actor, summary="Their title")

    answer = writer.post(address, mine)

    assert answer.status_code == 409
    assert "Somebody changed this activity" in answer.content.decode()
    assert answer.context["form"]["summary"].value() == "My title"
    again = {**mine, "version": answer.context["form"]["version"].value()}
    assert writer.post(address, again).status_code == 302
    series.refresh_from_db()
    assert series.summary == "My title"


def test_cancelling_through_the_page_needs_a_reason(writer: Any, series: Activity) -> None:
    address = f"{series.get_absolute_url()}cancel/"

    assert set(errors(writer.post(address, {"reason": " "}))) == {"reason"}
    assert writer.post(address, {"reason": "Rain"}).status_code == 302
    series.refresh_from_db()
    assert (series.status, series.cancelled_because) == ("CANCELLED", "Rain")
    assert writer.post(f"{series.get_absolute_url()}reinstate/").status_code == 302
    series.refresh_from_db()
    assert series.status == "CONFIRMED"


def test_deleting_through_the_page(writer: Any, series: Activity) -> None:
    answer = writer.post(f"{series.get_absolute_url()}delete/", {"reason": "Entered twice"})

    assert (answer.status_code, answer["Location"]) == (302, "/calendar/")
    assert Activity.objects.count() == 0


def test_one_day_is_cancelled_moved_and_put_back_through_the_pages(
    writer: Any, series: Activity
) -> None:
    address = f"{series.get_absolute_url()}days"
    moved = {"start_date": "2027-03-30", "start_time": "18:00", "end_time": "19:00"}

    assert writer.post(f"{address}/2027-03-15/cancel/", {"reason": "Holiday"}).status_code == 302
    assert writer.post(f"{address}/2027-03-29/move/", moved).status_code == 302
    series = Activity.objects.get()
    assert [str(span.dtstart)[:16] for span in series.spans()][:2] == [
        "2027-03-30 16:00",
        "2027-04-12 08:00",
    ]
    for day in ("2027-03-15", "2027-03-29"):
        assert writer.post(f"{address}/{day}/put-back/").status_code == 302
    assert len(Activity.objects.get().spans()) == 4


@pytest.mark.parametrize("day", ["2027-03-16", "2027-13-01", "x", "99999999999"])
@pytest.mark.parametrize("what", ["cancel", "move", "put-back"])
def test_day_that_the_series_has_not_is_not_found(
    writer: Any, series: Activity, day: date, what: Any
) -> None:
    answer = writer.post(f"{series.get_absolute_url()}days/{day}/{what}/", {"reason": "x"})

    assert answer.status_code == 404


def test_moving_to_a_time_that_cannot_be_is_refused_at_its_field(
    writer: Any, series: Activity
) -> None:
    moved = {"start_date": "2027-03-28", "start_time": "02:30", "end_time": "04:00"}

    answer = writer.post(f"{series.get_absolute_url()}days/2027-03-29/move/", moved)

    assert set(errors(answer)) == {"start_time"}


# Organising together ------------------------------------------------------------------------


def test_asking_and_answering_through_the_pages(
    writer: Any, signed_in: SignIn, series: Activity
) -> None:
    partner = make_organisation("Radio Kroi")
    address = series.get_absolute_url()

    assert writer.post(f"{address}organisers/", {"organisation": "Radio Kroi"}).status_code == 302
    asked = series.co_organisers.get()
    theirs = signed_in(make_member(partner, "editor"))
    answer = theirs.post(f"{address}organisers/{asked.pk}/answer/", {"answer": "accept"})
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert asked.state == "accepted"
    theirs.post(f"{address}organisers/{asked.pk}/answer/", {"answer": "perhaps"})
    asked.refresh_from_db()
    assert asked.state == "accepted"
    assert writer.post(f"{address}organisers/{asked.pk}/withdraw/").status_code == 302
    assert series.co_organisers.count() == 0


def test_asking_an_unknown_organisation_keeps_what_was_typed(writer: Any, series: Activity) -> None:
    answer = writer.post(f"{series.get_absolute_url()}organisers/", {"organisation": "Nobody"})

    assert answer.status_code == 422
    assert 'value="Nobody"' in answer.content.decode()


def test_activity_something_rests_on_is_cancelled_instead_of_deleted(
    writer: Any, series: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    def protected(self: Activity) -> None:
        raise ProtectedError("used", set())

    monkeypatch.setattr(Activity, "delete", protected)

    answer = writer.post(f"{series.get_absolute_url()}delete/", {"reason": "Twice"})

    assert "Cancel it instead" in errors(answer)["__all__"][0]
    assert Activity.objects.get().last_modified == series.last_modified
