"""What the services of the calendar share: stamps, and whom to tell."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Activity, CoOrganiser
from hub.live.publish import publish
from organisations.models import User
from organisations.people import people_of


def later_than(moment: datetime) -> datetime:
    """Now, but never before or at `moment`: stamps only rise, whatever the clock does."""
    return max(timezone.now(), moment + timedelta(microseconds=1))


def lock(activity: Activity) -> None:
    """Read the row anew and keep others from changing it until the service ends.

    Its stored text is made from all that is known, so two changes must not overtake each
    other.  Raises ValidationError where it was deleted meanwhile.
    """
    rows = Activity.objects.select_for_update(of=("self",)).select_related("organisation", "place")
    try:
        activity.refresh_from_db(from_queryset=rows)
    except Activity.DoesNotExist:
        raise ValidationError(_("This activity was deleted meanwhile."), code="gone") from None


def touch(activity: Activity, *, weighty: bool) -> None:
    """Stamp a change; a weighty one (time, place, status) raises SEQUENCE."""
    activity.last_modified = later_than(activity.last_modified)
    activity.sequence += weighty


def announce(activity: Activity, kind: str) -> None:
    """Tell open calendar pages; only of what everyone may see."""
    if activity.is_public:
        publish("calendar", kind, activity=activity.pk)


def partners_of(activity: Activity) -> QuerySet[User]:
    """The editors of all who take part or were asked; two queries."""
    asked = activity.co_organisers.exclude(state=CoOrganiser.State.DECLINED)
    return people_of(list(asked.values_list("organisation_id", flat=True)))
