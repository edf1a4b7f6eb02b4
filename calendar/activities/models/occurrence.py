"""One occurrence of a series that was moved (RFC 5545: RECURRENCE-ID)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Occurrence(models.Model):
    """The occurrence of the local day `recurrence_date` takes place at another time or venue."""

    activity = models.ForeignKey(
        "activities.Activity", on_delete=models.CASCADE, related_name="occurrences"
    )
    recurrence_date = models.DateField(_("day in the series"))
    dtstart = models.DateTimeField(_("start"))
    dtend = models.DateTimeField(_("end"))
    location = models.CharField(_("venue"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("moved occurrence")
        verbose_name_plural = _("moved occurrences")
        ordering = ["recurrence_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "recurrence_date"], name="one_move_per_occurrence"
            ),
            models.CheckConstraint(
                condition=models.Q(dtend__gt=models.F("dtstart")),
                name="occurrence_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} ({self.recurrence_date})"
