"""What search finds in the calendar."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from hub import dates
from hub.search import Hit, contains_all, register_search


def find_activities(user: Any, words: list[str], limit: int) -> list[Hit]:
    """Activities that hold all the words; the latest first, so those to come are on top."""
    rows = (
        Activity.objects.visible_to(user)
        .filter(contains_all("folded", words))
        .select_related("organisation", "place")
        .defer("ical", "folded", "description")
        .order_by("-ends", "-pk")[:limit]
    )
    return [
        Hit(activity.summary, activity.get_absolute_url(), _excerpt(activity), "activity")
        for activity in rows
    ]


def _excerpt(activity: Activity) -> str:
    when = activity.when
    words = dates.period_in_words(
        when.first_day if when.all_day else activity.dtstart,
        when.last_day if when.all_day else activity.dtend,
        all_day=when.all_day,
        tzid=when.tzid,
    )
    return " · ".join(part for part in (words, activity.where, activity.organisation.name) if part)


register_search("activity", _("Calendar"), find_activities)
