"""A project: what several organisations do together, from when until when."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from organisations.models import Membership, Organisation
from projects.models.partner import Partner


class Status(models.TextChoices):
    """Where the project stands."""

    PLANNED = "planned", _("planned")
    ACTIVE = "active", _("under way")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped")


class Visibility(models.TextChoices):
    """Who may see the project."""

    PUBLIC = "public", _("everyone")
    PARTNERS = "partners", _("members of the lead organisation and its partners")


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects by what a reader may see and what they are about."""

    def visible_to(self, user: Any) -> ProjectQuerySet:
        """Public ones, and those of the reader's own organisations unless they declined."""
        if not user.is_authenticated:
            return self.filter(visibility=Visibility.PUBLIC)
        own = Membership.objects.active().filter(person=user).values("organisation_id")
        partner = Partner.objects.filter(
            project_id=OuterRef("pk"), organisation__in=own, state__in=Partner.TAKING_PART
        )
        return self.filter(Q(visibility=Visibility.PUBLIC) | Q(lead__in=own) | Exists(partner))

    def of(self, organisation: Organisation) -> ProjectQuerySet:
        """Led by `organisation`, or with it as a partner that accepted."""
        return self.of_any([organisation.pk])

    def of_any(self, organisations: Any) -> ProjectQuerySet:
        """Led by one of `organisations` (ids, or a query), or with it as a partner."""
        partner = Partner.objects.filter(
            project_id=OuterRef("pk"),
            organisation__in=organisations,
            state=Partner.State.ACCEPTED,
        )
        return self.filter(Q(lead__in=organisations) | Exists(partner))

    def for_list(self) -> ProjectQuerySet:
        """With what a row of the list shows, in a fixed number of queries."""
        accepted = Partner.objects.filter(state=Partner.State.ACCEPTED)
        return self.select_related("lead", "place").prefetch_related(
            models.Prefetch(
                "partners", accepted.select_related("organisation"), to_attr="accepted_partners"
            )
        )


class Project(models.Model):
    """What a lead organisation and its partners do together.

    `start_date` and `end_date` are civil days, the last one included; either may be open.
    """

    Status = Status
    Visibility = Visibility

    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("address on the hub"), max_length=60, unique=True)
    summary = models.CharField(_("in one sentence"), max_length=240, help_text=_("Shown in lists."))
    description = models.TextField(_("description"), blank=True)
    lead = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="led_projects",
        verbose_name=_("lead organisation"),
    )
    place = models.ForeignKey(
        "organisations.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("place"),
    )
    start_date = models.DateField(_("first day"), null=True, blank=True)
    end_date = models.DateField(_("last day"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.PLANNED
    )
    visibility = models.CharField(
        _("who sees it"), max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    topics = models.ManyToManyField(
        "forums.Topic", blank=True, related_name="projects", verbose_name=_("topics")
    )
    activities = models.ManyToManyField(
        "activities.Activity", blank=True, related_name="projects", verbose_name=_("activities")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
    )
    folded = models.TextField(_("text as search compares it"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    last_modified = models.DateTimeField(_("last changed"), auto_now=True)

    tags = TaggableManager(_("tags"), blank=True)
    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-last_modified", "-pk"]
        indexes = [models.Index(fields=["visibility", "status", "-last_modified"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_date=None) | Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="project_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The project's page."""
        return reverse("projects:detail", args=[self.slug])

    @property
    def is_open(self) -> bool:
        """Planned or under way: it can still be changed without a reason."""
        return self.status in (Status.PLANNED, Status.ACTIVE)
