"""The zone texts are right: read back by another program, they give the instants of the system."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz

from activities.vtimezone import vtimezone
from activities.zones import choices, default_zone, is_zone, zone
from tests.factories import make_place, make_user

OURS = ["Europe/Tirane", "Europe/Belgrade", "Europe/Sofia", "Asia/Tbilisi", "UTC"]
CHANGED = ["Europe/Istanbul", "Europe/Kyiv", "Asia/Amman", "Africa/Casablanca", "America/Nuuk"]
ODD = ["Europe/Dublin", "Asia/Jerusalem", "Asia/Kathmandu", "Europe/Chisinau", "Asia/Yerevan"]


def read(tzid: str) -> tz.tzical:
    return tz.tzical(StringIO(vtimezone(tzid).replace("\r\n", "\n"))).get(tzid)


def differing_hours(tzid: str, first: datetime, last: datetime, step: timedelta) -> list[datetime]:
    """Local times that exist once and mean another instant in the text than in the system."""
    mine, system = read(tzid), ZoneInfo(tzid)
    moment, wrong = first, []
    while moment < last:
        local = moment.astimezone(system).replace(tzinfo=None)
        once = (
            local.replace(tzinfo=system).utcoffset()
            == local.replace(tzinfo=system, fold=1).utcoffset()
        )
        if once and local.replace(tzinfo=mine).utcoffset() != moment.astimezone(system).utcoffset():
            wrong.append(moment)
        moment += step
    return wrong


@pytest.mark.parametrize("tzid", [*OURS, *ODD])
def test_zone_text_gives_the_instants_of_the_system_around_each_change(tzid: str) -> None:
    for year in range(2024, 2031):
        for month in (3, 10):
            first = datetime(year, month, 24, tzinfo=UTC)
            last = first + timedelta(days=10)
            assert differing_hours(tzid, first, last, timedelta(minutes=30)) == []


@pytest.mark.parametrize("tzid", [*OURS, *CHANGED, *ODD])
def test_zone_text_is_right_from_2010_to_2037(tzid: str) -> None:
    first, last = datetime(2010, 2, 1, tzinfo=UTC), datetime(2037, 12, 31, tzinfo=UTC)

    assert differing_hours(tzid, first, last, timedelta(days=5, hours=1)) == []


@pytest.mark.parametrize("tzid", OURS[:3])
def test_zone_text_of_summer_time_is_two_rules_since_1970(tzid: str) -> None:
    text = vtimezone(tzid)

    assert text.count("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU") == 1
    assert text.count("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU") == 1
    assert [line for line in text.split("\r\n") if line.startswith("DTSTART")] == [
        f"DTSTART:19701025T{'04' if tzid == 'Europe/Sofia' else '03'}0000",
        f"DTSTART:19700329T{'03' if tzid == 'Europe/Sofia' else '02'}0000",
    ]
    assert "RDATE" not in text


def test_zone_text_without_summer_time_is_one_standard() -> None:
    text = vtimezone("Asia/Tbilisi")

    assert (text.count("BEGIN:STANDARD"), text.count("BEGIN:DAYLIGHT")) == (1, 0)
    assert "TZOFFSETTO:+0400\r\n" in text


def test_zone_text_exists_for_every_zone_on_offer() -> None:
    offered = [name for _label, group in choices() for name, _words in group]

    assert len(offered) == len(set(offered)) > 400
    for name in offered:
        text = vtimezone(name)
        assert text.startswith(f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n")
        assert all(len(line) <= 75 for line in text.split("\r\n"))


def test_unknown_zone_is_refused() -> None:
    assert not is_zone("Europe/Atlantis")
    with pytest.raises(ValueError, match="Atlantis"):
        zone("Europe/Atlantis")


def test_zone_offered_first_is_the_places_then_the_persons_then_the_hubs(db: None) -> None:
    georgian = make_place(country="GE")
    traveller = make_user(time_zone="Europe/Sofia")

    assert default_zone(place=georgian, person=traveller) == "Asia/Tbilisi"
    assert default_zone(person=traveller) == "Europe/Sofia"
    assert default_zone(person=make_user(time_zone="")) == "Europe/Tirane"
    assert default_zone(place=make_place(country="XK")) == "Europe/Belgrade"
