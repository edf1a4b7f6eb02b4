"""What follows from an activity and is kept beside it: its text in the feeds, and dates.

Every service that changes an activity ends with `settle`, which works these out and saves.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet

from activities import ical
from activities.models import Activity, CoOrganiser
from activities.models.activity import DAYS_BACK, DAYS_BACK_CANCELLED
from activities.recurrence import Moved, last_end, spans
from hub.files.models import StoredFile
from hub.files.services import files_of
from hub.text import fold, plain_text

DERIVED = ("ends", "leaves", "ical", "ical_digest", "folded")
# In which language a place is named in the feeds: as the signs there have it, whoever reads.
_LOCAL_LANGUAGE = {"AL": "sq", "XK": "sq", "BG": "bg", "GE": "ka", "RS": "sr"}


def settle(activity: Activity, *fields: str, tags: Sequence[str] | None = None) -> None:
    """Work out what follows and save `fields` with it.  At most four small queries."""
    _derive_from_rows(activity, tags)
    activity.save(update_fields=[*fields, *DERIVED])


def _derive_from_rows(activity: Activity, tags: Sequence[str] | None = None) -> None:
    names = [tag.name for tag in activity.tags.order_by("name")] if tags is None else tags
    accepted = CoOrganiser.objects.accepted().filter(activity=activity)
    partners = list(accepted.values_list("organisation__name", flat=True))
    moved = activity.moved()
    documents = list(files_of(activity)) if activity.is_public else []
    derive(activity, tags=names, partners=partners, moved=moved, documents=documents)


def derive(
    activity: Activity,
    *,
    tags: Sequence[str] = (),
    partners: Sequence[str] = (),
    moved: dict[date, Moved] | None = None,
    documents: Iterable[StoredFile] = (),
) -> None:
    """Set what follows from the activity and what is given; no query, nothing saved."""
    moved = moved or {}
    found = spans(activity.when, activity.rule, exdates=activity.days_left_out, moved=moved)
    activity.ends = last_end(found, activity.dtend)
    activity.leaves = leaving(activity.ends, cancelled=activity.is_cancelled)
    activity.ical = ical.event_text(
        entry_of(activity, tags=tags, partners=partners, moved=moved, documents=documents)
    )
    activity.ical_digest = ical.digest(activity.ical)
    named = [activity.summary, activity.location, activity.organisation.name, *partners, *tags]
    if activity.place is not None:
        named += map(str, activity.place.names.values())
    activity.folded = f"{fold(' '.join(named))} {_folded(activity.description)}"


def leaving(ends: datetime, *, cancelled: bool) -> datetime:
    """The instant from which feeds hold it no more."""
    return ends + timedelta(days=DAYS_BACK_CANCELLED if cancelled else DAYS_BACK)


def entry_of(
    activity: Activity,
    *,
    tags: Sequence[str],
    partners: Sequence[str],
    moved: dict[date, Moved],
    documents: Iterable[StoredFile],
) -> ical.Entry:
    """The activity as a feed tells it; the same for every reader and in every language."""
    url = settings.HUB_BASE_URL + activity.get_absolute_url()
    return ical.Entry(
        uid=str(activity.uid),
        summary=activity.summary,
        when=activity.when,
        stamp=activity.last_modified,
        status=activity.status,
        sequence=activity.sequence,
        created=activity.created,
        description=_description(activity, partners, url),
        location=_location(activity),
        latitude=activity.latitude,
        longitude=activity.longitude,
        url=url,
        categories=tuple(tags),
        organiser=activity.organisation.name,
        organiser_mail=settings.DEFAULT_FROM_EMAIL,
        conference=activity.conference_url,
        attachments=tuple(
            (settings.HUB_BASE_URL + file.get_absolute_url(), file.content_type)
            for file in documents
        ),
        rrule=activity.rrule,
        exdates=tuple(activity.days_left_out),
        moved=moved,
    )


def _description(activity: Activity, partners: Sequence[str], url: str) -> str:
    """Why it was cancelled, who organises, what it is, where online, and the link last."""
    paragraphs = [
        activity.cancelled_because,
        " + ".join([activity.organisation.name, *partners]) if partners else "",
        _paragraphs(activity.description),
        activity.conference_url,
        url,
    ]
    return "\n\n".join(part for part in paragraphs if part)


@lru_cache(maxsize=256)
def _folded(source: str) -> str:
    return fold(plain_text(source))


@lru_cache(maxsize=256)
def _paragraphs(source: str) -> str:
    """The words of a Markdown text, paragraph by paragraph."""
    blocks = source.replace("\r\n", "\n").split("\n\n")
    return "\n\n".join(words for words in map(plain_text, blocks) if words)


def _location(activity: Activity) -> str:
    place = activity.place
    names = place.names if place else {}
    local = names.get(_LOCAL_LANGUAGE.get(place.country, "en")) if place else ""
    name = str(local or names.get("en") or "")
    parts = [activity.location, "" if name and name in activity.location else name]
    return ", ".join(part for part in parts if part)


def rewrite_texts(activities: QuerySet[Activity]) -> int:
    """Write the stored texts anew where they differ from what they should be; how many did.

    For operators: after the hub's address or the form of the text has changed.  Nothing that
    people see of the activity changes, so there is no audit entry and its stamp stays.
    """
    changed = 0
    for activity in activities.select_related("organisation", "place").iterator(chunk_size=500):
        before = activity.ical
        settle(activity)
        changed += activity.ical != before
    return changed


def texts_are_current() -> bool:
    """Whether the text changed last is what it would be now; a few queries, nothing saved."""
    rows = Activity.objects.select_related("organisation", "place")
    activity = rows.order_by("-last_modified").first()
    if activity is None:
        return True
    before = activity.ical
    _derive_from_rows(activity)
    return activity.ical == before
