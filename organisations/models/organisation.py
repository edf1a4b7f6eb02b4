"""An organisation: a civil-society organisation, a medium, a municipality, an institution."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager


class Kind(models.TextChoices):
    """What sort of organisation it is (Popolo: `classification`)."""

    CSO = "cso", _("civil-society organisation")
    INFORMAL = "informal", _("informal group")
    MEDIA = "media", _("media")
    MUNICIPALITY = "municipality", _("municipality")
    INSTITUTION = "institution", _("public institution")


class Status(models.TextChoices):
    """Where its verification stands."""

    PENDING = "pending", _("waiting for verification")
    VERIFIED = "verified", _("verified")
    REFUSED = "refused", _("refused")
    SUSPENDED = "suspended", _("suspended")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations by what a reader may see and what they are."""

    def visible_to(self, user: Any) -> OrganisationQuerySet:
        """Verified ones for everyone, one's own always, all for coordinators."""
        if getattr(user, "is_coordinator", False):
            return self
        if not user.is_authenticated:
            return self.verified()
        own = Q(memberships__person=user) & (
            Q(memberships__end_date=None) | Q(memberships__end_date__gt=timezone.now())
        )
        return self.filter(
            Q(status=Status.VERIFIED) | Q(pk__in=Organisation.objects.filter(own).values("pk"))
        )

    def verified(self) -> OrganisationQuerySet:
        """Those that a coordinator verified."""
        return self.filter(status=Status.VERIFIED)

    def official(self) -> OrganisationQuerySet:
        """Municipalities and public institutions."""
        return self.filter(kind__in=[Kind.MUNICIPALITY, Kind.INSTITUTION])


class Organisation(models.Model):
    """An actor of the hub.  People act for it through memberships."""

    Kind = Kind
    Status = Status

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address on the hub"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    status = models.CharField(
        _("verification"), max_length=20, choices=Status.choices, default=Status.PENDING
    )
    registration_number = models.CharField(
        _("registration number"),
        max_length=40,
        blank=True,
        help_text=_("In the public register of its country. Informal groups have none."),
    )
    country = models.CharField(_("country"), max_length=2)
    place = models.ForeignKey(
        "organisations.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("municipality"),
    )
    summary = models.CharField(
        _("in one sentence"), max_length=200, blank=True, help_text=_("Shown in lists.")
    )
    description = models.TextField(_("description"), blank=True)
    website = models.URLField(_("web site"), blank=True, max_length=250)
    email = models.EmailField(_("public e-mail address"), blank=True)
    phone = models.CharField(_("public telephone"), max_length=40, blank=True)
    address = models.CharField(_("postal address"), max_length=250, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    folded = models.TextField(_("text as search compares it"), blank=True, editable=False)
    folded_name = models.CharField(
        _("name as search compares it"), max_length=250, blank=True, editable=False, db_index=True
    )
    created = models.DateTimeField(_("registered"), auto_now_add=True)
    last_modified = models.DateTimeField(_("last changed"), auto_now=True)

    tags = TaggableManager(_("fields of work"), blank=True)
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["status", "kind", "name"])]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "registration_number"],
                condition=~Q(registration_number=""),
                name="one_organisation_per_registration_number",
                violation_error_message=_(
                    "An organisation with this registration number is on the hub already."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The organisation's page."""
        return reverse("organisations:detail", args=[self.slug])

    @property
    def is_official(self) -> bool:
        """A municipality or public institution: may invite to consultations, answers officially."""
        return self.kind in (Kind.MUNICIPALITY, Kind.INSTITUTION)

    @property
    def is_verified(self) -> bool:
        """A coordinator verified it and has not taken that back."""
        return self.status == Status.VERIFIED
