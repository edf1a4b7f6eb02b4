"""A commitment: who owes what to whom by when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Membership, Organisation
from projects.commitments.models.source import visible_sources
from projects.days import hub_today


class State(models.TextChoices):
    """What the organisation that owes says about it."""

    PLANNED = "planned", _("planned")
    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


OPEN = (State.PLANNED, State.IN_PROGRESS)


class Status(models.TextChoices):
    """How the register sorts commitments: the state, and whether its day has passed."""

    OPEN = "open", _("open")
    LATE = "late", _("late")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments by what a reader may see and how they stand."""

    def visible_to(self, user: Any) -> CommitmentQuerySet:
        """Whoever may see what it came from; always the members of those it binds or benefits."""
        condition: Any = visible_sources(user)
        if user.is_authenticated:
            own = Membership.objects.active().filter(person=user).values("organisation_id")
            benefit = Commitment.beneficiaries.through.objects.filter(
                commitment_id=OuterRef("pk"), organisation_id__in=own
            )
            condition |= Q(debtor__in=own) | Exists(benefit)
        return self.filter(condition)

    def with_status(self, status: str, day: date | None = None) -> CommitmentQuerySet:
        """Those with `status` on `day` (today in the hub's time zone); open ones include late."""
        today = day or hub_today()
        if status == Status.LATE:
            return self.filter(state__in=OPEN, due__lt=today)
        if status == Status.OPEN:
            return self.filter(state__in=OPEN)
        return self.filter(state=status)

    def from_source(self, target: models.Model) -> CommitmentQuerySet:
        """Those that came from `target`."""
        return self.filter(
            source_type=ContentType.objects.get_for_model(target), source_id=target.pk
        )

    def in_order(self) -> CommitmentQuerySet:
        """Open ones first, by their day; then the closed ones, the latest day first."""
        open_due = Case(When(state__in=OPEN, then=F("due")))
        return self.order_by(open_due.asc(nulls_last=True), "-due", "pk")

    def for_list(self) -> CommitmentQuerySet:
        """With what a row of the register shows, in a fixed number of queries."""
        return self.select_related("debtor", "source_type").prefetch_related("beneficiaries")


class Commitment(models.Model):
    """What one organisation owes to others or to the public.

    `due` is a civil day of the hub, itself still in time.  `state` and `progress` (percent)
    are what the debtor last reported; how others see it stands in assessments, apart.
    `sequence` rises when the day or the title changes, for the calendar.
    """

    State = State

    title = models.CharField(
        _("what is owed"),
        max_length=200,
        help_text=_("So that one can later say whether it was done."),
    )
    description = models.TextField(_("details"), blank=True)
    debtor = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("who owes it"),
    )
    beneficiaries = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="commitments_received",
        verbose_name=_("to whom"),
    )
    to_public = models.BooleanField(_("to the public"), default=False)
    due = models.DateField(_("by when"), db_index=True)
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.PLANNED
    )
    progress = models.PositiveSmallIntegerField(
        _("progress in percent"), default=0, validators=[MaxValueValidator(100)]
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    place = models.ForeignKey(
        "organisations.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("place"),
    )
    source_type = models.ForeignKey(
        ContentType,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kind of source"),
    )
    source_id = models.PositiveBigIntegerField(_("source"), null=True, blank=True)
    source = GenericForeignKey("source_type", "source_id")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded for"),
    )
    sequence = models.PositiveIntegerField(_("changes of the day"), default=0, editable=False)
    folded = models.TextField(_("text as search compares it"), blank=True, editable=False)
    created = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)
    last_modified = models.DateTimeField(_("last changed"), auto_now=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due", "pk"]
        indexes = [
            models.Index(fields=["source_type", "source_id"]),
            models.Index(fields=["state", "due"]),
            models.Index(fields=["debtor", "due"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_is_a_percentage"),
            models.CheckConstraint(
                condition=Q(source_type=None, source_id=None)
                | Q(source_type__isnull=False, source_id__isnull=False),
                name="a_source_has_kind_and_number",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The commitment's page."""
        return reverse("commitments:detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Neither done nor dropped."""
        return self.state in OPEN

    def is_late_on(self, day: date) -> bool:
        """Still open although its day has passed."""
        return self.is_open and self.due < day

    @property
    def is_late(self) -> bool:
        """Late today, in the hub's time zone."""
        return self.is_late_on(hub_today())

    @property
    def status(self) -> Status:
        """How the register shows it today."""
        if self.is_open:
            return Status.LATE if self.is_late else Status.OPEN
        return Status(self.state)

    @property
    def was_late(self) -> bool:
        """Closed after its day."""
        return self.closed_on is not None and self.closed_on > self.due
