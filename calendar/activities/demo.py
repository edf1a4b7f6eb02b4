"""The calendar's share of the demo network: 120 activities around today, through the services.

`--scale` adds plain copies in bulk (`demo_copies`).  Hands on `demo.store["activities"]`: the
activities that were planned one by one, in the order of their first day.
"""

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone, translation

from activities.demo_copies import make_copies
from activities.models import Activity, Kind, Visibility
from activities.recurrence import Rule
from activities.services import (
    answer_request,
    cancel_activity,
    leave_out,
    move_occurrence,
    plan_activity,
)
from activities.times import When, exists
from activities.zones import default_zone
from hub.demo import Demo, register_demo
from hub.notifications.models import Notification
from organisations.acting import Actor
from organisations.models import Organisation

FILE = Path(__file__).resolve().parent / "data" / "demo.json"
HOW_MANY = 120
# From two months back to half a year ahead, most of it in the weeks around today.
FIRST, NEAR, FAR = -60, 45, 170
_HOURS = [(9, 11), (10, 12), (10, 13), (14, 16), (17, 19), (18, 20)]
_KINDS_FOR = {
    "municipality": ["hearing", "meeting", "round-table", "debate", "assembly"],
    "institution": ["training", "meeting", "debate", "conference"],
    "media": ["debate", "training", "meeting", "round-table"],
    "informal": ["field-work", "campaign", "meeting", "assembly"],
    "cso": ["round-table", "training", "meeting", "campaign", "conference", "field-work"],
}


def build(demo: Demo) -> None:
    """Plan the activities, answer for those asked, cancel and move some."""
    texts = json.loads(FILE.read_text(encoding="utf-8"))
    organisations = list(demo.organisations.values())
    made = [
        _activity(demo, number, organisations[number * 7 % len(organisations)], texts)
        for number in range(HOW_MANY)
    ]
    demo.store["activities"] = sorted(made, key=lambda activity: (activity.dtstart, activity.pk))
    old = Notification.objects.filter(kind__startswith="activities.")
    old.exclude(kind="activities.asked").update(read_at=demo.now)
    make_copies(demo, made)


def _activity(
    demo: Demo, number: int, organisation: Organisation, texts: dict[str, Any]
) -> Activity:
    language = _language(demo, organisation)
    words, random = texts[language], demo.random
    kinds = _KINDS_FOR[organisation.kind]
    kind = kinds[(number + number // len(demo.organisations)) % len(kinds)]
    title, description = words["forms"][kind]
    topic = words["topics"][number % len(words["topics"])]
    when, rule = _when(demo, number, organisation, kind)
    online = number % 7 == 2
    place = organisation.place
    with translation.override(language):
        activity = plan_activity(
            actor=_actor(demo, organisation),
            kind=Kind(kind).value,
            summary=title.format(topic=topic),
            description=description,
            when=when,
            rule=rule,
            location="" if online else random.choice(words["venues"]),
            place=place,
            latitude=None if online else organisation.latitude,
            longitude=None if online else organisation.longitude,
            conference_url=f"https://meet.example/{organisation.slug}" if online else "",
            visibility=Visibility.MEMBERS if number % 20 == 11 else Visibility.PUBLIC,
            tags=[tag.name for tag in organisation.tags.all()[:2]],
            co_organisers=_partners(demo, number, organisation),
        )
        _answers(demo, number, activity)
        _exceptions(demo, number, activity, words)
        if number % 13 == 5:
            cancel_activity(
                activity=activity,
                actor=_actor(demo, organisation),
                reason=words["cancelled"],
            )
    return activity


def _language(demo: Demo, organisation: Organisation) -> str:
    """The language its people read in; those with a published sign-in have none of their own."""
    people = [person for person, _role in demo.store["members"][organisation.slug]]
    return next((person.language for person in people if person.language), "en")


def _actor(demo: Demo, organisation: Organisation) -> Actor:
    """The first person of the organisation: an administrator."""
    person, _role = demo.store["members"][organisation.slug][0]
    return Actor(person, organisation)


def _when(
    demo: Demo, number: int, organisation: Organisation, kind: str
) -> tuple[When, Rule | None]:
    random = demo.random
    tzid = default_zone(place=organisation.place)
    near = HOW_MANY * 4 // 5
    offset = FIRST + (NEAR - FIRST) * number // near
    if number >= near:
        offset = NEAR + (FAR - NEAR) * (number - near) // (HOW_MANY - near)
    day = timezone.localdate(demo.now) + timedelta(days=offset)
    if kind == "campaign" or number % 9 == 4:
        last = day + timedelta(days=random.choice([1, 4, 9]) if number % 3 else 0)
        return When.days(day, last, tzid), None
    begins, ends = random.choice(_HOURS)
    last = day + timedelta(days=1 if number % 15 == 7 else 0)
    when = When(datetime.combine(day, time(begins)), datetime.combine(last, time(ends)), tzid)
    assert exists(when.start, tzid), "clocks change at night, and nobody meets then"
    if number % 10 != 3 or last != day:
        return when, None
    return when, random.choice(
        [
            Rule("WEEKLY", count=10),
            Rule("WEEKLY", interval=2, until=day + timedelta(days=120)),
            Rule("MONTHLY", count=6, position=min((day.day - 1) // 7 + 1, 4)),
        ]
    )


def _partners(demo: Demo, number: int, organisation: Organisation) -> list[Organisation]:
    """For every second activity one or two partners, of the same country where there are any."""
    if number % 2:
        return []
    near = [
        other
        for other in demo.organisations.values()
        if other.country == organisation.country and other != organisation
    ]
    return demo.random.sample(near, min(len(near), 1 + number % 3 // 2))


def _answers(demo: Demo, number: int, activity: Activity) -> None:
    """Most accept; some have not answered, a few declined."""
    for place, asked in enumerate(activity.co_organisers.select_related("organisation")):
        if (number + place) % 8 == 6 and activity.dtstart > demo.now:
            continue
        asked.activity = activity
        answer_request(
            asked=asked,
            actor=_actor(demo, asked.organisation),
            accept=(number + place) % 8 != 4,
        )


def _exceptions(demo: Demo, number: int, activity: Activity, words: dict[str, Any]) -> None:
    """In some series one day is left out and one is moved to the day after."""
    if not activity.rrule or number % 20 != 3:
        return
    actor = _actor(demo, activity.organisation)
    second, third = (span.original for span in activity.spans()[1:3])
    assert second is not None
    assert third is not None
    leave_out(activity=activity, actor=actor, day=second, reason=words["moved_day"])
    when = activity.when
    start = datetime.combine(third + timedelta(days=1), when.start.time())
    move_occurrence(
        activity=activity, actor=actor, day=third, start=start, end=start + (when.end - when.start)
    )


register_demo(30, "activities", build)
