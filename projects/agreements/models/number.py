"""The numbers of the register: one series a year, without gaps."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class NumberSeriesManager(models.Manager["NumberSeries"]):
    """Hands out numbers."""

    def take(self, year: int) -> str:
        """The next number of `year`, such as `2026-014`.

        Call it inside the transaction that stores what is numbered.  The update locks the
        year's row until that transaction ends: the next caller waits, and if we roll back the
        number is free again.  So no number is given twice and none is left out.
        """
        self.get_or_create(year=year)
        self.filter(year=year).update(last=F("last") + 1)
        last = self.values_list("last", flat=True).get(year=year)
        return f"{year}-{last:03d}"


class NumberSeries(models.Model):
    """The last number given in one year."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    last = models.PositiveIntegerField(_("last number given"), default=0)

    objects = NumberSeriesManager()

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")

    def __str__(self) -> str:
        return f"{self.year}-{self.last:03d}"
