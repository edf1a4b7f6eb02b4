"""Organisations that are asked to organise an activity together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What the organisation asked has said."""

    INVITED = "invited", _("asked, no answer yet")
    ACCEPTED = "accepted", _("takes part")
    DECLINED = "declined", _("does not take part")


class CoOrganiserQuerySet(models.QuerySet["CoOrganiser"]):
    """Rows by state."""

    def accepted(self) -> CoOrganiserQuerySet:
        """Those who take part."""
        return self.filter(state=State.ACCEPTED)

    def waiting(self) -> CoOrganiserQuerySet:
        """Those who have not answered."""
        return self.filter(state=State.INVITED)


class CoOrganiser(models.Model):
    """An organisation asked to organise an activity with the one that entered it."""

    State = State

    activity = models.ForeignKey(
        "activities.Activity", on_delete=models.CASCADE, related_name="co_organisers"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="co_organised",
        verbose_name=_("organisation"),
    )
    state = models.CharField(
        _("answer"), max_length=10, choices=State.choices, default=State.INVITED
    )
    asked = models.DateTimeField(_("asked"), default=timezone.now)
    answered = models.DateTimeField(_("answered"), null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    objects = CoOrganiserQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-organiser")
        verbose_name_plural = _("co-organisers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organisation"], name="one_row_per_co_organiser"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_state_display()}"
