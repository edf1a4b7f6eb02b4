"""The text of events: lines, characters, properties; and what other programs read in it."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities import ical
from activities.recurrence import Moved, Rule
from activities.times import When
from tests.activities import made, readers
from tests.activities.readers import Understood, said
from tests.factories_activities import make_days, make_when

NOW = datetime(2026, 11, 22, 12, 30, 15, 999, tzinfo=UTC)
GEORGIAN = "საჯარო განხილვა: ადგილობრივი თვითმმართველობის ბიუჯეტი და მოქალაქეების ჩართულობა " * 3
DAY = date(2027, 3, 15)


def entry(summary: str = "Round table", when: When | None = None, **more: Any) -> ical.Entry:
    return ical.Entry("3b1f", summary, when or make_when(DAY), NOW, **more)


def lines(text: str) -> list[str]:
    assert text.endswith("\r\n")
    return text[:-2].split("\r\n")


def event(text: str) -> icalendar.cal.Component:
    (found,) = icalendar.Calendar.from_ical(feed([text])).walk("VEVENT")
    return found


def feed(parts: list[str], zones: tuple[str, ...] = tuple(made.ZONES[:-1])) -> bytes:
    return ical.calendar_text("Test", parts, zones, fallback="UTC").encode()


def test_event_is_written_line_by_line_as_agreed() -> None:
    written = ical.event_text(
        entry(
            "Round table; budget, part 1",
            created=NOW,
            sequence=2,
            description="First.\n\nSecond.",
            location="City library, Gjilan",
            latitude=42.4635,
            longitude=21.4694,
            url="https://hub.example/a/",
            categories=("budget", "a,b"),
            organiser="Green: Valley",
            organiser_mail="hub@hub.example",
            conference="https://meet.example/x",
            attachments=(("https://hub.example/f.pdf", "application/pdf"),),
        )
    )

    assert lines(written) == [
        "BEGIN:VEVENT",
        "UID:3b1f",
        "DTSTAMP:20261122T123015Z",
        "LAST-MODIFIED:20261122T123015Z",
        "CREATED:20261122T123015Z",
        "SEQUENCE:2",
        "DTSTART;TZID=Europe/Tirane:20270315T100000",
        "DTEND;TZID=Europe/Tirane:20270315T120000",
        "STATUS:CONFIRMED",
        "SUMMARY:Round table\\; budget\\, part 1",
        "DESCRIPTION:First.\\n\\nSecond.",
        "LOCATION:City library\\, Gjilan",
        "GEO:42.463500;21.469400",
        "URL:https://hub.example/a/",
        "CATEGORIES:budget,a\\,b",
        'ORGANIZER;CN="Green: Valley":mailto:hub@hub.example',
        "CONFERENCE;VALUE=URI:https://meet.example/x",
        "ATTACH;FMTTYPE=application/pdf:https://hub.example/f.pdf",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ]


def test_whole_days_are_dates_with_the_end_not_included() -> None:
    written = lines(ical.event_text(entry(when=make_days(DAY, date(2027, 3, 17)))))

    assert "DTSTART;VALUE=DATE:20270315" in written
    assert "DTEND;VALUE=DATE:20270318" in written
    assert "TRANSP:TRANSPARENT" in written


def test_times_in_utc_need_no_zone() -> None:
    written = lines(ical.event_text(entry(when=make_when(DAY, tzid="UTC"))))

    assert "DTSTART:20270315T100000Z" in written


def test_series_names_the_days_left_out_and_the_moved_ones() -> None:
    when, rule = make_when(DAY, "10:00", "11:00"), Rule("WEEKLY", until=date(2027, 4, 30))
    moved = Moved(
        datetime(2027, 3, 30, 12, tzinfo=UTC), datetime(2027, 3, 30, 13, tzinfo=UTC), "Park"
    )

    written = lines(
        ical.event_text(
            entry(
                when=when,
                location="Library",
                rrule=rule.text(when),
                exdates=(date(2027, 3, 22),),
                moved={date(2027, 3, 29): moved},
            )
        )
    )

    assert written.count("BEGIN:VEVENT") == 2
    assert written.count("UID:3b1f") == 2
    assert "RRULE:FREQ=WEEKLY;UNTIL=20270430T215959Z" in written
    assert "EXDATE;TZID=Europe/Tirane:20270322T100000" in written
    override = written[written.index("END:VEVENT") :]
    assert "RECURRENCE-ID;TZID=Europe/Tirane:20270329T100000" in override
    assert "DTSTART;TZID=Europe/Tirane:20270330T140000" in override
    assert "LOCATION:Park" in override
    assert not any(line.startswith(("RRULE", "EXDATE")) for line in override)


def test_long_georgian_text_is_folded_between_characters() -> None:
    written = ical.event_text(entry(GEORGIAN[:200], description=GEORGIAN))

    assert max(len(line.encode()) for line in lines(written)) <= 75
    assert str(event(written)["SUMMARY"]) == GEORGIAN[:200]


def test_characters_that_no_text_may_hold_are_left_out() -> None:
    written = ical.event_text(
        entry(
            "a\x00b\x0bc",
            description="one\r\ntwo\rthree",
            organiser='O "N"\x07',
            organiser_mail="a@b.example",
        )
    )

    assert str(event(written)["SUMMARY"]) == "abc"
    assert str(event(written)["DESCRIPTION"]) == "one\ntwo\nthree"


def test_backslash_is_a_letter_like_others() -> None:
    written = ical.event_text(entry(r"C:\New\names; \N, \n \\"))

    assert str(event(written)["SUMMARY"]) == r"C:\New\names; \N, \n \\"


def test_title_is_exchanged_in_all_events_of_a_series() -> None:
    when, rule = make_when(DAY, "10:00", "11:00"), Rule("WEEKLY", count=5)
    moved = Moved(datetime(2027, 3, 30, 12, tzinfo=UTC), datetime(2027, 3, 30, 13, tzinfo=UTC))
    part = ical.event_text(
        entry(GEORGIAN[:150], when, rrule=rule.text(when), moved={date(2027, 3, 29): moved})
    )

    changed = ical.with_title(part, GEORGIAN[:150], f"Cancelled: {GEORGIAN[:150]}")

    titles = [
        str(e["SUMMARY"]) for e in icalendar.Calendar.from_ical(feed([changed])).walk("VEVENT")
    ]
    assert titles == [f"Cancelled: {GEORGIAN[:150]}"] * 2


def test_deadline_keeps_its_identifier_whatever_changes() -> None:
    first = ical.deadline_text(
        kind="consultation-closes", object_id=7, summary="Closes", when=make_days(DAY), stamp=NOW,
        sequence=0, cancelled=False, description="", url="https://hub.example/",
    )  # fmt: skip
    later = ical.deadline_text(
        kind="consultation-closes", object_id=7, summary="Closes later", stamp=NOW,
        when=make_when(DAY), sequence=1, cancelled=True, description="x", url="",
    )  # fmt: skip

    assert event(first)["UID"] == event(later)["UID"]
    assert str(event(later)["TRANSP"]) == "TRANSPARENT"
    assert str(event(later)["STATUS"]) == "CANCELLED"


def test_empty_calendar_still_holds_one_component() -> None:
    written = ical.calendar_text("Nothing, yet", [], [], fallback="Europe/Tirane")

    assert written.count("BEGIN:VTIMEZONE") == 1
    assert "NAME:Nothing\\, yet\r\nX-WR-CALNAME:Nothing\\, yet\r\n" in written
    assert "METHOD" not in written


def test_calendar_carries_each_zone_once() -> None:
    written = feed([ical.event_text(entry())] * 3, ("Europe/Sofia", "Europe/Sofia", "Asia/Tbilisi"))

    assert written.count(b"BEGIN:VTIMEZONE") == 2


@settings(max_examples=150, deadline=None)
@given(summary=made.words, description=made.words, location=made.words, organiser=made.titles)
def test_any_text_gives_lines_that_every_program_can_take(
    summary: str, description: str, location: str, organiser: str
) -> None:
    written = ical.event_text(
        entry(
            summary,
            description=description,
            location=location,
            organiser=organiser,
            organiser_mail="hub@hub.example",
            categories=(summary, location),
        )
    )

    for line in lines(written):
        assert len(line.encode()) <= 75
        assert not any(letter < " " and letter != "\t" for letter in line)
    assert event(written)["UID"] == "3b1f"
    assert str(event(written)["SUMMARY"]) == _kept(summary)


def _kept(text: str) -> str:
    return "".join(
        letter for letter in text if letter in "\t\n" or (letter >= " " and letter != "\x7f")
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=st.lists(st.tuples(made.titles, made.whens()), min_size=1, max_size=25))
def test_three_programs_read_the_same_events_titles_and_instants(made: Any) -> None:
    expected = [
        Understood(
            f"uid-{number}",
            title,
            said(when.first_day) if when.all_day else said(when.dtstart),
            said(when.end.date()) if when.all_day else said(when.dtend),
        )
        for number, (title, when) in enumerate(made)
    ]
    parts = [
        ical.event_text(ical.Entry(f"uid-{number}", title, when, NOW, description=title * 5))
        for number, (title, when) in enumerate(made)
    ]
    zones = tuple({when.tzid for _title, when in made} - {"UTC"})

    body = feed(parts, zones)

    assert readers.with_icalendar(body) == expected
    assert readers.with_ical_js(body) == expected
    assert readers.with_vobject(body) == expected


@pytest.mark.parametrize("tzid", made.ZONES)
@pytest.mark.parametrize("year", range(2024, 2031))
def test_programs_with_the_feeds_own_zones_agree_at_both_changes(tzid: str, year: int) -> None:
    whens = [
        make_when(date(year, month, day), f"{hour:02}:00", f"{hour + 1:02}:00", tzid)
        for month in (3, 10)
        for day in range(24, 32)
        for hour in (0, 5, 12)
    ]
    body = feed(
        [ical.event_text(ical.Entry(f"{n}", "x", when, NOW)) for n, when in enumerate(whens)],
        (tzid,),
    )

    starts = [said(when.dtstart) for when in whens]
    assert [found.start for found in readers.with_vobject(body)] == starts
    assert [found.start for found in readers.with_ical_js(body)] == starts
