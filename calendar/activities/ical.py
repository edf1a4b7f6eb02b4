"""Writing iCalendar (RFC 5545, RFC 7986): pure functions from plain values to text.

One event is written once, when it changes, and kept; a feed is a join of such parts.  So no
part may hold anything that depends on the reader or on the moment of reading: stamps are the
time of the last change, and the one word that depends on the language (the mark before the
title of a cancelled activity) is put in when a feed is joined.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from uuid import UUID, uuid5

from icalendar.parser import Contentline, Parameters

from activities.recurrence import Moved
from activities.times import When, wall
from activities.vtimezone import vtimezone

PRODID = "-//Coordination Hub//Calendar//EN"
# Raised when the text of parts or feeds takes another form, so that no program keeps the old.
FORM = "1"
_DEADLINES = UUID("6f1c0d5e-3b77-4c43-9a35-0d2f7f0f8a51")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Entry:
    """What one event says.  `stamp` is the last change; addresses are absolute."""

    uid: str
    summary: str
    when: When
    stamp: datetime
    status: str = "CONFIRMED"
    sequence: int = 0
    created: datetime | None = None
    description: str = ""
    location: str = ""
    latitude: float | None = None
    longitude: float | None = None
    url: str = ""
    categories: tuple[str, ...] = ()
    organiser: str = ""
    organiser_mail: str = ""
    conference: str = ""
    attachments: tuple[tuple[str, str], ...] = ()
    rrule: str = ""
    exdates: tuple[date, ...] = ()
    moved: Mapping[date, Moved] = field(default_factory=dict)


def line(name: str, value: str) -> str:
    """One content line with its end, folded at 75 octets and never inside a character."""
    whole = f"{name}:{value}"
    if len(whole.encode()) > 74:
        whole = Contentline(whole).to_ical().decode()
    return f"{whole}\r\n"


def text(value: str) -> str:
    """A TEXT value, escaped (section 3.3.11); characters that no text may hold are left out."""
    clean = _NOT_TEXT.sub("", value).replace("\r\n", "\n").replace("\r", "\n")
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def utc(moment: datetime) -> str:
    """A DATE-TIME in UTC, from an instant."""
    return f"{wall(moment, 'UTC'):%Y%m%dT%H%M%SZ}"


def event_text(entry: Entry) -> str:
    """The VEVENT of `entry`, followed by one for each moved occurrence."""
    master = [
        *_head(entry),
        *_times(entry.when),
        *([line("RRULE", entry.rrule)] if entry.rrule else []),
        *(_local("EXDATE", _start_on(entry.when, day), entry.when) for day in entry.exdates),
        *_body(entry, entry.location),
    ]
    others = [
        part for day, moved in sorted(entry.moved.items()) for part in _override(entry, day, moved)
    ]
    return "".join([*master, *others])


def _head(entry: Entry) -> list[str]:
    return [
        "BEGIN:VEVENT\r\n",
        line("UID", entry.uid),
        f"DTSTAMP:{utc(entry.stamp)}\r\n",
        f"LAST-MODIFIED:{utc(entry.stamp)}\r\n",
        *([f"CREATED:{utc(entry.created)}\r\n"] if entry.created else []),
        f"SEQUENCE:{entry.sequence}\r\n",
    ]


def _override(entry: Entry, day: date, moved: Moved) -> list[str]:
    when = When.between(moved.dtstart, moved.dtend, entry.when.tzid, entry.when.all_day)
    return [
        *_head(entry),
        _local("RECURRENCE-ID", _start_on(entry.when, day), entry.when),
        *_times(when),
        *_body(entry, moved.location or entry.location),
    ]


def _start_on(when: When, day: date) -> datetime:
    return datetime.combine(day, when.start.time())


def _local(name: str, moment: datetime, when: When) -> str:
    if when.all_day:
        return f"{name};VALUE=DATE:{moment:%Y%m%d}\r\n"
    if when.tzid == "UTC":
        return f"{name}:{moment:%Y%m%dT%H%M%SZ}\r\n"
    return f"{name};TZID={when.tzid}:{moment:%Y%m%dT%H%M%S}\r\n"


def _times(when: When) -> list[str]:
    return [_local("DTSTART", when.start, when), _local("DTEND", when.end, when)]


def _body(entry: Entry, location: str) -> list[str]:
    lines = [f"STATUS:{entry.status}\r\n", line("SUMMARY", text(entry.summary))]
    if entry.description:
        lines.append(line("DESCRIPTION", text(entry.description)))
    if location:
        lines.append(line("LOCATION", text(location)))
    if entry.latitude is not None and entry.longitude is not None:
        lines.append(f"GEO:{entry.latitude:.6f};{entry.longitude:.6f}\r\n")
    if entry.url:
        lines.append(line("URL", entry.url))
    if entry.categories:
        lines.append(line("CATEGORIES", ",".join(text(name) for name in entry.categories)))
    if entry.organiser_mail:
        name = _parameters(ORGANIZER="", CN=entry.organiser)
        lines.append(line(name, f"mailto:{entry.organiser_mail}"))
    if entry.conference:
        lines.append(line("CONFERENCE;VALUE=URI", entry.conference))
    for address, kind in entry.attachments:
        lines.append(line(_parameters(ATTACH="", FMTTYPE=kind.partition(";")[0]), address))
    lines.append(f"TRANSP:{'TRANSPARENT' if entry.when.all_day else 'OPAQUE'}\r\n")
    lines.append("END:VEVENT\r\n")
    return lines


def _parameters(**names: str) -> str:
    """`NAME;KEY=value`: the first keyword is the property, the others its parameters."""
    (prop, _empty), *given = names.items()
    cleaned = {key: _NOT_TEXT.sub("", value).replace("\n", " ") for key, value in given}
    return f"{prop};{Parameters(cleaned).to_ical().decode()}"


def deadline_text(
    *,
    kind: str,
    object_id: int,
    summary: str,
    when: When,
    stamp: datetime,
    sequence: int,
    cancelled: bool,
    description: str,
    url: str,
) -> str:
    """The VEVENT of a deadline: its UID follows from what it belongs to, and blocks no time."""
    entry = Entry(
        uid=str(uuid5(_DEADLINES, f"{kind}:{object_id}")),
        summary=summary,
        when=when,
        stamp=stamp,
        sequence=sequence,
        status="CANCELLED" if cancelled else "CONFIRMED",
        description=description,
        url=url,
    )
    return event_text(entry).replace("TRANSP:OPAQUE", "TRANSP:TRANSPARENT")


def with_title(part: str, old: str, new: str) -> str:
    """A stored part with another title: for the mark before cancelled ones."""
    return part.replace(line("SUMMARY", text(old)), line("SUMMARY", text(new)))


def digest(part: str) -> int:
    """A number of 44 bits for a part: sums of up to half a million stay within 63 bits."""
    return int.from_bytes(blake2b(part.encode(), digest_size=6).digest()) >> 4


def calendar_text(name: str, parts: Iterable[str], zones: Iterable[str], *, fallback: str) -> str:
    """A whole calendar of stored parts, with one VTIMEZONE for each of `zones`.

    A calendar needs at least one component (section 3.6), so an empty one carries the zone
    `fallback`.  There is no METHOD: this is a feed, not an invitation.
    """
    body = "".join(parts)
    used = sorted(set(zones)) or ([] if body else [fallback])
    return "".join(
        [
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            f"PRODID:{PRODID}\r\nCALSCALE:GREGORIAN\r\n",
            line("NAME", text(name)),
            line("X-WR-CALNAME", text(name)),
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n",
            *(vtimezone(tzid) for tzid in used),
            body,
            "END:VCALENDAR\r\n",
        ]
    )
