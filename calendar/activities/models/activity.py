"""An activity: what happens, when, where, and who organises it."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from activities.models.organiser import CoOrganiser, State
from activities.recurrence import Moved, Rule, Span, spans
from activities.times import When
from organisations.models import Membership

# What a feed holds: activities until so many days after their end (a cancelled one is news for
# a shorter time), and those that begin at most so many days from now (18 months).
DAYS_BACK, DAYS_BACK_CANCELLED, DAYS_AHEAD = 90, 30, 548


class Kind(models.TextChoices):
    """What sort of activity it is."""

    MEETING = "meeting", _("meeting")
    ROUND_TABLE = "round-table", _("round table")
    HEARING = "hearing", _("public hearing")
    DEBATE = "debate", _("debate")
    CONFERENCE = "conference", _("conference")
    TRAINING = "training", _("training")
    CAMPAIGN = "campaign", _("campaign")
    ASSEMBLY = "assembly", _("assembly")
    FIELD_WORK = "field-work", _("field work")


class Status(models.TextChoices):
    """Where it stands, in the words of RFC 5545."""

    TENTATIVE = "TENTATIVE", _("waiting for co-organisers")
    CONFIRMED = "CONFIRMED", _("confirmed")
    CANCELLED = "CANCELLED", _("cancelled")


class Visibility(models.TextChoices):
    """Who may see it."""

    PUBLIC = "public", _("everyone")
    MEMBERS = "members", _("members of the organisations that take part")


def accepted_prefetch() -> Prefetch[str]:
    """Puts the co-organisers who take part on each row, as the list `accepted`."""
    rows = CoOrganiser.objects.accepted().select_related("organisation")
    return Prefetch("co_organisers", rows, to_attr="accepted")


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities by who may see them, when they are, and what feeds hold."""

    def visible_to(self, user: Any) -> ActivityQuerySet:
        """Public ones for everyone; others for members of the organisations that take part."""
        if getattr(user, "is_coordinator", False):
            return self
        if not user.is_authenticated:
            return self.public()
        return self.filter(Q(visibility=Visibility.PUBLIC) | _takes_part(user))

    def public(self) -> ActivityQuerySet:
        """Those that everyone may see."""
        return self.filter(visibility=Visibility.PUBLIC)

    def of_organisation(self, slug: str) -> ActivityQuerySet:
        """Those that an organisation organises or has agreed to organise with others."""

        joined = CoOrganiser.objects.accepted().filter(organisation__slug=slug)
        return self.filter(Q(organisation__slug=slug) | Q(pk__in=joined.values("activity_id")))

    def touching(self, start: datetime, end: datetime) -> ActivityQuerySet:
        """Those with (perhaps) an occurrence from `start` to `end` (instants)."""
        return self.filter(dtstart__lt=end, ends__gt=start)

    def in_feed(self, now: datetime) -> ActivityQuerySet:
        """Those that a feed holds at the moment `now`."""
        return self.filter(leaves__gt=now, dtstart__lt=now + timedelta(days=DAYS_AHEAD))

    def light(self) -> ActivityQuerySet:
        """Without the long texts, which lists do not show."""
        return self.defer("ical", "description", "folded", "cancelled_because")


def _takes_part(user: Any) -> Q:

    own = Membership.objects.active().filter(person=user).values("organisation_id")
    asked = CoOrganiser.objects.filter(organisation__in=own).exclude(state=State.DECLINED)
    return Q(organisation__in=own) | Q(pk__in=asked.values("activity_id"))


class Activity(models.Model):
    """One activity, or a series of them.

    `dtstart` and `dtend` (not included) are instants of the first occurrence; `tzid` is the
    zone whose clocks it keeps.  All-day ones begin and end at midnight there.  `rrule` and
    `exdates` (local days left out of the series) follow RFC 5545.
    """

    Kind = Kind
    Status = Status
    Visibility = Visibility

    uid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    summary = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="activities",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="activities",
        verbose_name=_("organiser"),
    )
    all_day = models.BooleanField(_("all day"), default=False)
    dtstart = models.DateTimeField(_("start"))
    dtend = models.DateTimeField(_("end"))
    tzid = models.CharField(_("time zone"), max_length=60)
    rrule = models.CharField(_("repeats"), max_length=120, blank=True)
    exdates = models.JSONField(_("days left out"), default=list, blank=True)
    location = models.CharField(_("venue"), max_length=200, blank=True)
    place = models.ForeignKey(
        "organisations.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("municipality"),
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    conference_url = models.URLField(_("address of the online meeting"), blank=True, max_length=400)
    visibility = models.CharField(
        _("who may see it"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.CONFIRMED
    )
    cancelled = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_because = models.TextField(_("why it was cancelled"), blank=True)
    sequence = models.PositiveIntegerField(_("revision"), default=0)
    created = models.DateTimeField(_("entered"), default=timezone.now)
    last_modified = models.DateTimeField(_("last changed"), default=timezone.now)

    # Derived when the row changes, by activities.services.texts:
    ends = models.DateTimeField(_("end of the last occurrence"))
    leaves = models.DateTimeField(_("when it leaves the feeds"))
    ical = models.TextField(_("text in the feeds"), blank=True, editable=False)
    ical_digest = models.BigIntegerField(default=0, editable=False)
    folded = models.TextField(_("text as search compares it"), blank=True, editable=False)

    tags = TaggableManager(_("tags"), blank=True)
    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["dtstart", "pk"]
        indexes = [
            models.Index(fields=["dtstart", "ends"]),
            models.Index(fields=["leaves", "dtstart"]),
            models.Index(fields=["last_modified"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(dtend__gt=models.F("dtstart")), name="activity_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CANCELLED, cancelled__isnull=False)
                | (~Q(status=Status.CANCELLED) & Q(cancelled=None)),
                name="activity_cancelled_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.summary

    def get_absolute_url(self) -> str:
        """The activity's page."""
        return reverse("activities:detail", args=[self.uid])

    @property
    def is_cancelled(self) -> bool:
        """It will not take place."""
        return self.status == Status.CANCELLED

    @property
    def is_public(self) -> bool:
        """Everyone may see it."""
        return self.visibility == Visibility.PUBLIC

    @property
    def when(self) -> When:
        """The local times of the first occurrence."""
        return When.between(self.dtstart, self.dtend, self.tzid, self.all_day)

    @property
    def rule(self) -> Rule | None:
        """How it repeats, if it does."""
        return Rule.parse(self.rrule, self.tzid)

    @property
    def days_left_out(self) -> list[date]:
        """The local days without an occurrence, in order."""
        return sorted(date.fromisoformat(day) for day in self.exdates)

    def moved(self) -> dict[date, Moved]:
        """Moved occurrences by their local day in the series; one query unless fetched."""
        if not self.rrule:
            return {}
        return {
            row.recurrence_date: Moved(row.dtstart, row.dtend, row.location)
            for row in self.occurrences.all()
        }

    def spans(self) -> list[Span]:
        """Every occurrence; one query for series unless their changes were fetched."""
        return spans(self.when, self.rule, exdates=self.days_left_out, moved=self.moved())

    @property
    def where(self) -> str:
        """Venue and municipality in one line, in the reader's language."""
        return ", ".join(part for part in (self.location, str(self.place or "")) if part)
