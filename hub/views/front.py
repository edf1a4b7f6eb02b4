"""What stands on the first page, gathered from all rooms."""

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from activities.models import Activity
from activities.presenting import entries
from forums.consultations.models import Consultation, Status
from forums.models import Topic
from hub.notifications.kinds import words
from hub.notifications.models import Notification
from organisations.models import Membership, Organisation
from projects.agreements.models import Agreement

DAYS = 7
CONSULTATIONS, NOTICES = 4, 6
#: Activities and topics, so that both columns end at about the same height.
FOR_GUESTS, FOR_MEMBERS = (8, 5), (5, 7)
COUNTS_SECONDS = 60


def overview(request: HttpRequest) -> dict[str, Any]:
    """The context of the first page for whoever reads it."""
    user = request.user
    activities, topics = FOR_MEMBERS if user.is_authenticated else FOR_GUESTS
    context = {
        "week": this_week(user)[:activities],
        "consultations": open_consultations(user),
        "talked_about": talked_about(user)[:topics],
    }
    if user.is_authenticated:
        return {**context, "waiting": waiting(user), "unverified": unverified(user)}
    return {**context, **who_is_here()}


def this_week(user: Any) -> list[Any]:
    """Activities of the next seven days, in order."""
    today = timezone.localdate()
    return entries(user, today, today + timedelta(days=DAYS - 1))


def open_consultations(user: Any) -> Any:
    """Open consultations, those that close first leading."""
    rows = Consultation.objects.visible_to(user).listed().standing(Status.OPEN)
    return rows.select_related("topic__organisation", "topic__forum").order_by("closes")[
        :CONSULTATIONS
    ]


def talked_about(user: Any) -> Any:
    """Topics with the newest posts."""
    rows = Topic.objects.visible_to(user).listed()
    return rows.select_related("forum", "organisation").order_by("-last_post_at")


def waiting(user: Any) -> list[dict[str, Any]]:
    """Unread notices in words, newest first."""
    rows = Notification.objects.visible_to(user).unread()
    rows = rows.select_related("target_type").prefetch_related("target")[:NOTICES]
    found = [(row, words(row)) for row in rows]
    return [
        {"pk": row.pk, "text": notice.text, "url": notice.url, "when": row.created}
        for row, notice in found
        if notice
    ]


def unverified(user: Any) -> Any:
    """The reader's organisations that no coordinator has looked at yet."""
    own = Membership.objects.active().filter(person=user)
    rows = Organisation.objects.filter(status=Organisation.Status.PENDING)
    return rows.filter(pk__in=own.values("organisation"))


def who_is_here() -> dict[str, Any]:
    """Counts and points of verified organisations; kept for a minute, the same for everyone."""
    kept = cache.get("front.who_is_here")
    if kept is not None:
        return dict(kept)
    verified = Organisation.objects.verified()
    counts = verified.aggregate(
        organisations=Count("pk"),
        municipalities=Count("pk", filter=Q(kind=Organisation.Kind.MUNICIPALITY)),
        media=Count("pk", filter=Q(kind=Organisation.Kind.MEDIA)),
    )
    stranger = _Stranger()
    counts["topics"] = Topic.objects.visible_to(stranger).listed().count()
    counts["activities"] = Activity.objects.visible_to(stranger).count()
    counts["agreements"] = Agreement.objects.visible_to(stranger).count()
    found = {"counts": counts, "map_points": _points(verified)}
    cache.set("front.who_is_here", found, COUNTS_SECONDS)
    return found


def _points(verified: Any) -> list[dict[str, Any]]:
    rows = verified.select_related("place").exclude(latitude=None, place=None)[:500]
    return [
        {
            "name": row.name,
            "url": row.get_absolute_url(),
            "kind": row.kind,
            "latitude": row.latitude if row.latitude is not None else row.place.latitude,
            "longitude": row.longitude if row.longitude is not None else row.place.longitude,
        }
        for row in rows
        if row.latitude is not None or (row.place and row.place.latitude is not None)
    ]


class _Stranger:
    """Someone who is not signed in."""

    is_authenticated = False
    is_coordinator = False
