"""Three calendar programs read a feed; each says what it understood in the same words."""

import json
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import vobject

from tools import javascript


class Understood(NamedTuple):
    """One event: instants as ISO text in UTC, days as ISO days."""

    uid: str
    title: str
    start: str
    end: str


def said(moment: date) -> str:
    """A day, or an instant in UTC with milliseconds, as JavaScript writes it."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def with_icalendar(body: bytes) -> list[Understood]:
    """What our own library reads (it ignores the zone texts and asks the system)."""
    calendar = icalendar.Calendar.from_ical(body)
    return [
        Understood(
            str(event["UID"]),
            str(event["SUMMARY"]),
            said(event["DTSTART"].dt),
            said(event["DTEND"].dt),
        )
        for event in calendar.walk("VEVENT")
    ]


def with_vobject(body: bytes) -> list[Understood]:
    """What vobject reads, with the zones that the feed carries."""
    calendar: Any = vobject.readOne(body.decode())
    events = calendar.contents.get("vevent", [])
    return [
        Understood(
            event.uid.value, event.summary.value, said(event.dtstart.value), said(event.dtend.value)
        )
        for event in events
    ]


def with_ical_js(body: bytes) -> list[Understood]:
    """What ical.js reads (Thunderbird's engine), with the zones that the feed carries."""
    if not javascript.is_there():
        javascript.main()
    script = Path(__file__).with_name("read_ics.mjs")
    answer = subprocess.run(
        [javascript.node(), script, javascript.module() / "dist" / "ical.js"],
        input=body,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return [
        Understood(event["uid"], event["title"], event["start"], event["end"])
        for event in json.loads(answer.stdout)["events"]
    ]
