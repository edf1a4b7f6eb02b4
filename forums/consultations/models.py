"""A consultation: what the invitation says beyond its topic, and the answer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models import Topic

ANSWER_DAYS = 30
"""Days from the closing day to the answer where the invitation names no day."""


class Audience(models.TextChoices):
    """Who may contribute."""

    EVERYONE = "everyone", _("Everyone who is signed in")
    INVITED = "invited", _("Only the invited organisations")


class Status(models.TextChoices):
    """Where it stands, as lists filter it."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Waiting for the answer")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations by reader and by time.  A passed closing day counts before any sweep."""

    def visible_to(self, user: Any) -> ConsultationQuerySet:
        """Those whose topic is visible."""
        return self.filter(topic__in=Topic.objects.visible_to(user).values("pk"))

    def listed(self) -> ConsultationQuerySet:
        """Published and not hidden."""
        return self.filter(topic__published__isnull=False, topic__hidden=None)

    def standing(self, status: str, now: datetime | None = None) -> ConsultationQuerySet:
        """Those that stand at `status` at `now`."""
        now = now or timezone.now()
        if status == Status.OPEN:
            return self.filter(topic__stage="open", closes_at__gt=now)
        if status == Status.CLOSED:
            over = Q(topic__stage="open", closes_at__lte=now)
            return self.filter(over | Q(topic__stage="closed"))
        return self.filter(topic__stage=status)

    def due_to_close(self, now: datetime) -> ConsultationQuerySet:
        """Open in the rows, though their closing moment has passed."""
        return self.filter(topic__stage="open", closes_at__lte=now)


class Consultation(models.Model):
    """The invitation's terms.  Subject, text and stage stand in its topic and first post.

    `closes` is the last day on which contributions are taken, in the zone `tzid` of the
    inviting organisation; `closes_at` is the moment that day ends.
    """

    Audience = Audience
    Status = Status

    topic = models.OneToOneField(
        Topic, on_delete=models.CASCADE, related_name="consultation", verbose_name=_("topic")
    )
    audience = models.CharField(
        _("who may contribute"), max_length=20, choices=Audience.choices, default=Audience.EVERYONE
    )
    invited = models.ManyToManyField(
        "organisations.Organisation",
        blank=True,
        related_name="consultation_invitations",
        verbose_name=_("invited organisations"),
    )
    closes = models.DateField(_("closing day"))
    closes_at = models.DateTimeField(_("end of the closing day"), editable=False)
    tzid = models.CharField(_("time zone"), max_length=60)
    closed = models.DateTimeField(_("closed"), null=True, blank=True)
    answer_due = models.DateField(_("answer due"))
    sequence = models.PositiveIntegerField(default=0, editable=False)
    last_modified = models.DateTimeField(_("last changed"), auto_now=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-closes", "-pk"]
        indexes = [
            models.Index(fields=["closes"]),
            models.Index(fields=["closes_at"]),
            models.Index(fields=["answer_due"]),
        ]

    def __str__(self) -> str:
        return str(self.topic)

    def get_absolute_url(self) -> str:
        """The consultation is its topic's page."""
        return self.topic.get_absolute_url()

    def set_closing(self, day: date) -> None:
        """Take `day` as the last day; the row is not saved."""
        self.closes = day
        self.closes_at = end_of(day, self.tzid)

    @property
    def last_day(self) -> date:
        """The day contributions end or ended, in the organisation's zone: also an early one."""
        if self.closed is None or self.closed >= self.closes_at:
            return self.closes
        return self.closed.astimezone(ZoneInfo(self.tzid)).date()

    def is_over(self, now: datetime) -> bool:
        """Whether the closing day has ended."""
        return now >= self.closes_at


class Response(models.Model):
    """The published answer of the responsible organisation."""

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, related_name="response"
    )
    body = models.TextField(_("text of the answer"))
    html = models.TextField(editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="consultation_responses",
        verbose_name=_("organisation"),
    )
    published = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")

    def __str__(self) -> str:
        return str(self.consultation)

    def get_absolute_url(self) -> str:
        """It leads the page of its consultation."""
        return f"{self.consultation.get_absolute_url()}#response"


def end_of(day: date, tzid: str) -> datetime:
    """The moment `day` ends in the zone `tzid`: midnight of the next day there."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(tzid))
