"""What others say: whether a commitment was met, seen from outside."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.commitments.models.commitment import Commitment


class Verdict(models.TextChoices):
    """What someone else finds."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    NOT_MET = "not_met", _("not met")
    NO_EVIDENCE = "no_evidence", _("no evidence")


class Assessment(models.Model):
    """One finding of a person, or of a person for an organisation, never the debtor's own.

    None is ever changed.  `current` is the newest of each assessor.
    """

    Verdict = Verdict

    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.CASCADE,
        related_name="assessments",
        verbose_name=_("commitment"),
    )
    verdict = models.CharField(_("finding"), max_length=20, choices=Verdict.choices)
    reason = models.TextField(
        _("reason"), help_text=_("What you saw, and where others can see it.")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("assessed by"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assessed for"),
    )
    current = models.BooleanField(_("the assessor's newest"), default=True)
    at = models.DateTimeField(_("assessed on"), default=timezone.now)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["commitment", "current"])]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.get_verdict_display()}"
