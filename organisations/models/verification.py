"""Decisions about organisations, each dated and signed by a coordinator."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Decision(models.TextChoices):
    """What the coordinator decided."""

    VERIFIED = "verified", _("verified")
    REFUSED = "refused", _("refused")
    SUSPENDED = "suspended", _("suspended")


class Verification(models.Model):
    """One decision.  The newest one is where the organisation stands; none is ever changed."""

    Decision = Decision

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.CASCADE,
        related_name="verifications",
        verbose_name=_("organisation"),
    )
    decision = models.CharField(_("decision"), max_length=20, choices=Decision.choices)
    reason = models.TextField(_("reason"), help_text=_("What was seen, and what speaks for it."))
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("hub coordinator"),
    )
    decided = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-decided", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_decision_display()}"
