"""What the debtor says: dated reports of progress, each with its evidence."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.commitments.models.commitment import Commitment, State


class ProgressReport(models.Model):
    """One report.  None is ever changed; the newest is where the debtor says it stands.

    Documents are attached through `hub.files`.
    """

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="reports", verbose_name=_("commitment")
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    progress = models.PositiveSmallIntegerField(
        _("progress in percent"), validators=[MaxValueValidator(100)]
    )
    text = models.TextField(
        _("what was done"), help_text=_("What others can see or check. Markdown works.")
    )
    link = models.URLField(_("where one can see it"), max_length=300, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("reported by"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("reported for"),
    )
    at = models.DateTimeField(_("reported on"), default=timezone.now)

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.get_state_display()}"
