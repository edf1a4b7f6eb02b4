"""The tables of the calendar."""

from activities.models.activity import Activity, ActivityQuerySet, Kind, Status, Visibility
from activities.models.feed_token import FeedToken
from activities.models.occurrence import Occurrence
from activities.models.organiser import CoOrganiser
from activities.models.tombstone import Tombstone

__all__ = [
    "Activity",
    "ActivityQuerySet",
    "CoOrganiser",
    "FeedToken",
    "Kind",
    "Occurrence",
    "Status",
    "Tombstone",
    "Visibility",
]
