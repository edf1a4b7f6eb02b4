"""Plain copies of the demo's activities, in bulk, for measuring with `--scale`."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from taggit.models import TaggedItem

from activities.models import Activity, CoOrganiser
from activities.services.texts import derive
from activities.times import When
from hub.demo import Demo
from organisations.models import Organisation, User

BATCH = 500
_COPIED = (
    "kind", "summary", "description", "all_day", "tzid", "location", "place", "latitude",
    "longitude", "conference_url", "visibility", "status", "cancelled", "cancelled_because",
    "sequence", "created", "last_modified",
)  # fmt: skip


def make_copies(demo: Demo, patterns: list[Activity]) -> None:
    """(scale - 1) copies of every activity, of the copied organisations, spread over two years."""
    if demo.scale < 2:
        return
    tags = {one.pk: sorted((tag.pk, tag.name) for tag in one.tags.all()) for one in patterns}
    partners = {one.pk: list(one.co_organisers.all()) for one in patterns}
    number_of = {slug: number for number, slug in enumerate(demo.organisations)}
    by_pk = {row.pk: slug for slug, row in demo.organisations.items()}
    content_type = ContentType.objects.get_for_model(Activity)
    for copies in _rounds(demo):
        made, asked, tagged = [], [], []
        for pattern in patterns:
            host, person = copies[number_of[pattern.organisation.slug]]
            copy = _copy(demo, pattern, host, person)
            rows = [
                CoOrganiser(
                    activity=copy,
                    organisation=copies[number_of[by_pk[row.organisation_id]]][0],
                    state=row.state,
                    asked=row.asked,
                    answered=row.answered,
                )
                for row in partners[pattern.pk]
            ]
            accepted = [r.organisation.name for r in rows if r.state == CoOrganiser.State.ACCEPTED]
            names = sorted(name for _pk, name in tags[pattern.pk])
            derive(copy, tags=names, partners=accepted)
            made.append(copy)
            asked += rows
            tagged += [(copy, pk) for pk, _name in tags[pattern.pk]]
        Activity.objects.bulk_create(made, batch_size=BATCH)
        CoOrganiser.objects.bulk_create(asked, batch_size=BATCH)
        TaggedItem.objects.bulk_create(
            [
                TaggedItem(tag_id=pk, content_type=content_type, object_id=copy.pk)
                for copy, pk in tagged
            ],
            batch_size=BATCH,
        )


def _rounds(demo: Demo) -> Iterator[list[tuple[Organisation, User]]]:
    """The copies of all organisations, one round after the other, each with its administrator."""
    copies = [(organisation, people[0]) for organisation, people in demo.store["copies"]]
    size = len(demo.organisations)
    for start in range(0, len(copies), size):
        yield copies[start : start + size]


def _copy(demo: Demo, pattern: Activity, host: Organisation, person: User) -> Activity:
    """The same activity of another organisation, some weeks earlier or later."""
    shift = timedelta(weeks=demo.random.randint(-16, 60))
    when = pattern.when
    moved = When(when.start + shift, when.end + shift, when.tzid, when.all_day)
    rule = pattern.rule
    if rule is not None and rule.until is not None:
        rule = replace(rule, until=rule.until + shift)
    if rule is not None and rule.position is not None:
        rule = replace(rule, position=None)
    return Activity(
        uid=uuid.UUID(int=demo.random.getrandbits(128), version=4),
        person=person,
        organisation=host,
        dtstart=moved.dtstart,
        dtend=moved.dtend,
        rrule=rule.text(moved) if rule else "",
        exdates=[],
        **{name: getattr(pattern, name) for name in _COPIED},
    )
