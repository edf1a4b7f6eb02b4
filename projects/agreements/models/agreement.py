"""An agreement between two or more organisations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Membership, Organisation
from projects.agreements.models.party import Party
from projects.agreements.models.status import SIGNED, State, Status, status_on, with_status
from projects.days import hub_today


class Kind(models.TextChoices):
    """What sort of agreement it is."""

    MEMORANDUM = "memorandum", _("memorandum of understanding")
    COOPERATION = "cooperation", _("cooperation agreement")
    SERVICE = "service", _("service contract")
    GRANT = "grant", _("grant agreement")


class Visibility(models.TextChoices):
    """Who may read the agreement once every party has signed."""

    PUBLIC = "public", _("everyone, as soon as all parties have signed")
    PARTIES = "parties", _("members of the parties only")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements by what a reader may see and where they stand."""

    def public(self) -> AgreementQuerySet:
        """What everyone may read: signed by all, and not kept to the parties."""
        return self.filter(visibility=Visibility.PUBLIC, state__in=SIGNED)

    def visible_to(self, user: Any) -> AgreementQuerySet:
        """Public ones, and all in which an organisation of the reader is a party."""
        public = Q(visibility=Visibility.PUBLIC, state__in=SIGNED)
        if not user.is_authenticated:
            return self.filter(public)
        own = Membership.objects.active().filter(person=user).values("organisation_id")
        party = Party.objects.filter(agreement_id=OuterRef("pk"), organisation__in=own)
        return self.filter(public | Exists(party))

    def with_status(self, status: str, day: date | None = None) -> AgreementQuerySet:
        """Those with `status` on `day` (today in the hub's time zone)."""
        return self.filter(with_status(status, day or hub_today()))

    def of(self, organisation: Organisation) -> AgreementQuerySet:
        """Those with `organisation` as a party."""
        party = Party.objects.filter(agreement_id=OuterRef("pk"), organisation=organisation)
        return self.filter(Exists(party))

    def for_list(self) -> AgreementQuerySet:
        """With what a row of the register shows, in a fixed number of queries."""
        return self.prefetch_related(
            models.Prefetch("parties", Party.objects.select_related("organisation"))
        )


class Agreement(models.Model):
    """An entry of the register.

    Dates are civil days.  `effective_from` and `until` are the first and the last day in
    force; no `until` means that it is open-ended.  `closed_on` is the last day in force of an
    agreement that was terminated or followed by a new one.  `text` never changes once the
    agreement has been sent for signature; what was agreed later stands in its amendments.
    """

    Kind = Kind
    State = State
    Visibility = Visibility

    number = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.MEMORANDUM)
    project = models.ForeignKey(
        "projects.Project",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("project"),
    )
    text = models.TextField(_("text of the agreement"), blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.DRAFT)
    visibility = models.CharField(
        _("who may read it"), max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(
        _("notice period in days"), null=True, blank=True
    )
    proposed_at = models.DateTimeField(_("sent for signature"), null=True, blank=True)
    date_signed = models.DateField(_("signed on"), null=True, blank=True)
    closed_on = models.DateField(_("last day in force"), null=True, blank=True)
    closing_reason = models.TextField(_("reason"), blank=True)
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("follows"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("entered for"),
    )
    sequence = models.PositiveIntegerField(_("changes of dates"), default=0, editable=False)
    folded = models.TextField(_("text as search compares it"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    last_modified = models.DateTimeField(_("last changed"), auto_now=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "until"]),
            models.Index(fields=["visibility", "state", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_from=None)
                | Q(until=None)
                | Q(until__gte=F("effective_from")),
                name="agreement_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.UniqueConstraint(
                fields=["previous"],
                condition=~Q(state=State.CANCELLED),
                name="one_successor_of_an_agreement",
                violation_error_message=_("This agreement has a successor already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """The agreement's page."""
        return reverse("agreements:detail", args=[self.number])

    @property
    def last_day(self) -> date | None:
        """The last day in force as far as known: by its term, or earlier by what was decided."""
        ends = [day for day in (self.until, self.closed_on) if day]
        return min(ends) if ends else None

    def status_on(self, day: date) -> Status:
        """What state and dates mean on `day`, a civil day of the hub."""
        return status_on(self, day)

    @property
    def status(self) -> Status:
        """The status today, in the hub's time zone."""
        return status_on(self, hub_today())

    @property
    def is_signed(self) -> bool:
        """Every party has signed, now or long ago."""
        return self.state in SIGNED

    @property
    def is_public(self) -> bool:
        """Whether everyone may read it."""
        return self.visibility == Visibility.PUBLIC and self.is_signed
