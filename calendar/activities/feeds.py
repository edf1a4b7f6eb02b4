"""Feeds as data: which rows, whether they changed, and the whole text.  No HTTP in here.

**When has a feed changed?**  Every stored part has a digest of 44 bits.  The number of rows
and the sum of their digests name the set of parts whatever left it and why: a change, a
deletion, a right that was lost, a day that passed.  Two different sets agree in both by
accident once in 17 million million.  Deadlines are not stored, so their values are digested.
Last-Modified needs a moment for each of these causes, so it is the latest of: any change in
the calendar, any deletion, the last moment when a row left by age, and the last when one came
near enough.  It may rise without need, and never fails to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import BigIntegerField, Count, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from taggit.models import Tag

from activities import ical
from activities.models import (
    Activity,
    ActivityQuerySet,
    CoOrganiser,
    FeedToken,
    Kind,
    Status,
    Tombstone,
)
from activities.models.activity import DAYS_AHEAD, DAYS_BACK
from activities.selection import Selection
from activities.times import When
from activities.vtimezone import vtimezone
from activities.zones import is_zone
from hub.deadlines import Deadline
from hub.zones import ZONE_OF_COUNTRY
from organisations.models import Membership, Organisation, Place

_QUARTER = timedelta(minutes=15)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class UnknownValue(ValueError):
    """A filter names something that is not there; the text says what, for people."""


@dataclass(frozen=True)
class State:
    """What a program compares: whether it has the present form of a feed."""

    etag: str
    last_modified: datetime


class Feed:
    """One feed for one reader, at the moment it is asked for."""

    def __init__(
        self,
        selection: Selection,
        *,
        language: str,
        user: Any = None,
        token: FeedToken | None = None,
    ) -> None:
        self.selection = selection
        self.language = language
        self.user = user if user is not None else AnonymousUser()
        self.token = token
        self.now = timezone.now()

    def rows(self) -> ActivityQuerySet:
        """The activities it holds."""
        rows = Activity.objects.in_feed(self.now).visible_to(self.user)
        if self.token is not None:
            rows = rows.filter(_followed(self.token))
        return self.selection.apply(rows)

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """The derived entries it holds: one query for each kind asked for."""
        today = self.now.astimezone(UTC).date()
        with translation.override(self.language):
            found = self.selection.deadlines(
                self.user,
                today - timedelta(days=DAYS_BACK),
                today + timedelta(days=DAYS_AHEAD),
            )
        if self.token is None or not found:
            return found
        return _followed_deadlines(self.token, found)

    @cached_property
    def state(self) -> State:
        """Its ETag and Last-Modified; one query, and those of the deadlines."""
        count, total, stamps = _measures(self.rows(), self.now)
        told = sha256(
            "\n".join(
                [
                    ical.FORM, settings.HUB_NAME, settings.HUB_BASE_URL, self.language,
                    self.selection.query(), _zones_digest(), str(count), str(total),
                    *map(repr, self.deadlines),
                ]
            ).encode()
        )  # fmt: skip
        stamps += [entry.last_modified for entry in self.deadlines]
        return State(f'"{told.hexdigest()[:32]}"', max(stamps, default=_EPOCH))

    def text(self) -> str:
        """The whole calendar.  Raises UnknownValue where the filter names what is not there."""
        with translation.override(self.language):
            name = self.name()
            prefix = pgettext("before the title of a cancelled activity", "Cancelled: %s")
            columns = ("ical", "tzid", "all_day", "status", "summary")
            parts: list[str] = []
            zones: set[str] = set()
            for part, tzid, all_day, status, summary in (
                self.rows().order_by("dtstart", "pk").values_list(*columns)
            ):
                if not all_day and tzid != "UTC":
                    zones.add(tzid)
                if status == Status.CANCELLED:
                    part = ical.with_title(part, summary, prefix % summary)
                parts.append(part)
            for entry in self.deadlines:
                if entry.moment is not None:
                    zones |= {_zone_of(entry)} - {"UTC"}
                parts.append(deadline_part(entry, prefix))
        return ical.calendar_text(name, parts, zones, fallback=settings.TIME_ZONE)

    def name(self) -> str:
        """What programs call it: the hub and what was asked for, in the active language."""
        chosen = self.selection
        words = [settings.HUB_NAME]
        if self.token is not None:
            words.append(self.token.name)
        if chosen.organisation:
            rows = Organisation.objects.filter(slug=chosen.organisation)
            words.append(_named(rows, chosen.organisation))
        if chosen.place:
            words.append(_named(Place.objects.filter(code=chosen.place), chosen.place))
        if chosen.tag:
            words.append(_named(Tag.objects.filter(slug=chosen.tag), chosen.tag))
        if chosen.kind:
            words.append(str(Kind(chosen.kind).label))
        if chosen.q:
            words.append(chosen.q)
        return " · ".join(words)


def _named(rows: Any, value: str) -> str:
    found = rows.first()
    if found is None:
        raise UnknownValue(_("There is no “%(value)s” on this hub.") % {"value": value})
    return str(found)


def _measures(rows: ActivityQuerySet, now: datetime) -> tuple[int, int, list[datetime]]:
    """Number of rows, sum of their digests, and the moments that Last-Modified looks at.

    One statement of four parts; all but the first read one end of an index.
    """
    held = _measure(rows, "held", total=Sum("ical_digest"), moment=Max("dtstart"))
    others = [
        _measure(Activity.objects.all(), "changed", moment=Max("last_modified")),
        _measure(Activity.objects.filter(leaves__lte=now), "left", moment=Max("leaves")),
        _measure(Tombstone.objects.all(), "deleted", moment=Max("deleted")),
    ]
    found = {part: rest for part, *rest in held.union(*others, all=True)}
    count, total, latest = found.get("held", (0, 0, None))
    moments = [rest[2] for part, rest in found.items() if part != "held"]
    # A row comes into a feed by itself when its start has come near enough.
    moments.append(latest and latest - timedelta(days=DAYS_AHEAD))
    return count, int(total or 0), [moment for moment in moments if moment and moment <= now]


def _measure(rows: QuerySet[Any], part: str, *, moment: Max, total: Any = None) -> QuerySet[Any]:
    return (
        rows.order_by()
        .annotate(part=Value(part))
        .values("part")
        .annotate(
            count=Count("pk"),
            total=Coalesce(total, 0) if total else Value(0, output_field=BigIntegerField()),
            moment=moment,
        )
        .values_list("part", "count", "total", "moment")
    )


def _followed(token: FeedToken) -> Q:
    """A condition: activities of the person's organisations, and of what they follow."""
    own = Membership.objects.active().filter(person=token.person_id).values("organisation_id")
    chosen = token.organisations.values("pk")
    ours = Q(organisation__in=own) | Q(organisation__in=chosen)
    asked = CoOrganiser.objects.exclude(state=CoOrganiser.State.DECLINED).filter(
        organisation__in=own
    )
    joined = CoOrganiser.objects.accepted().filter(organisation__in=chosen)
    return (
        ours
        | Q(pk__in=asked.values("activity_id"))
        | Q(pk__in=joined.values("activity_id"))
        | Q(place__in=token.places.values("pk"))
    )


def _followed_deadlines(token: FeedToken, found: Iterable[Deadline]) -> list[Deadline]:
    own = Membership.objects.active().filter(person=token.person_id)
    organisations = {*own.values_list("organisation_id", flat=True)}
    organisations |= {*token.organisations.values_list("pk", flat=True)}
    codes = {*token.places.values_list("code", flat=True)}
    return [
        entry
        for entry in found
        if codes.intersection(entry.place_codes)
        or organisations.intersection(named.pk for named in entry.organisations)
    ]


def _zone_of(entry: Deadline) -> str:
    return entry.tzid if is_zone(entry.tzid) else "UTC"


def deadline_part(entry: Deadline, prefix: str) -> str:
    """The VEVENT of a deadline, in the active language.  A moment is shown as a quarter hour."""
    if entry.moment is not None:
        when = When.between(entry.moment, entry.moment + _QUARTER, _zone_of(entry))
    else:
        assert entry.day is not None
        when = When.days(entry.day, entry.day, "UTC")
    url = settings.HUB_BASE_URL + entry.url
    names = " + ".join(named.name for named in entry.organisations)
    return ical.deadline_text(
        kind=entry.kind,
        object_id=entry.object_id,
        summary=prefix % entry.title if entry.cancelled else entry.title,
        when=when,
        stamp=entry.last_modified,
        sequence=entry.sequence,
        cancelled=entry.cancelled,
        description="\n\n".join(part for part in (names, entry.description, url) if part),
        url=url,
    )


@cache
def _zones_digest() -> str:
    """Of the zone texts that most feeds carry: new zone data must reach all programs."""
    texts = [vtimezone(tzid) for tzid in sorted({settings.TIME_ZONE, *ZONE_OF_COUNTRY.values()})]
    return sha256("".join(texts).encode()).hexdigest()
