"""Words around activities that templates need."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.models import Activity
from activities.times import wall
from hub import dates

register = template.Library()

_ACTS: dict[str, Any] = {
    "activities.activity.created": gettext_lazy("Planned"),
    "activities.activity.changed": gettext_lazy("Changed"),
    "activities.activity.cancelled": gettext_lazy("Cancelled"),
    "activities.activity.reinstated": gettext_lazy("Takes place after all"),
    "activities.organiser.asked": gettext_lazy("Asked co-organisers"),
    "activities.organiser.answered": gettext_lazy("A co-organiser answered"),
    "activities.organiser.withdrawn": gettext_lazy("Took a request back"),
    "activities.occurrence.left_out": gettext_lazy("Cancelled one day"),
    "activities.occurrence.put_back": gettext_lazy("Put one day back"),
    "activities.occurrence.moved": gettext_lazy("Moved one day"),
}


@register.simple_tag
def history_words(entry: Any) -> str:
    """What an entry of the audit trail says about an activity."""
    return str(_ACTS.get(entry.action, entry.action))


@register.simple_tag
def reader_period(start: datetime, end: datetime, tzid: str) -> str:
    """The time on the reader's clock; empty where it is the same as on the activity's."""
    if dates.local(start).replace(tzinfo=None) == wall(start, tzid):
        return ""
    return dates.period_in_words(start, end)


@register.simple_tag
def repeats(activity: Activity) -> str:
    """How a series repeats, in words."""
    rule = activity.rule
    if rule is None:
        return ""
    words = {
        "DAILY": ngettext("every day", "every %(count)d days", rule.interval),
        "WEEKLY": ngettext("every week", "every %(count)d weeks", rule.interval),
        "MONTHLY": ngettext("every month", "every %(count)d months", rule.interval),
    }[rule.freq] % {"count": rule.interval}
    if rule.position is not None:
        weekday = dates.locale().days["stand-alone"]["wide"][activity.when.start.weekday()]
        ordinal = {
            1: _("first %(weekday)s"),
            2: _("second %(weekday)s"),
            3: _("third %(weekday)s"),
            4: _("fourth %(weekday)s"),
            -1: _("last %(weekday)s"),
        }[rule.position] % {"weekday": weekday}
        words = _("%(how_often)s, on the %(day)s") % {"how_often": words, "day": ordinal}
    if rule.count is not None:
        times = ngettext("%(count)d time", "%(count)d times", rule.count) % {"count": rule.count}
        return _("Repeats %(how_often)s, %(times)s in all.") % {"how_often": words, "times": times}
    until = dates.day_in_words(rule.until) if rule.until else ""
    return _("Repeats %(how_often)s until %(day)s.") % {"how_often": words, "day": until}
