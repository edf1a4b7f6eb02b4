"""The audit trail: who did what, for whom, to which object, and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act.  Names are kept as words, so that an entry outlives what it speaks of.

    `organisation_id` is a plain number: the kernel knows no organisations, and the
    act log of an organisation must survive everything else.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    person_name = models.CharField(_("name of the person"), max_length=200, blank=True)
    organisation_id = models.BigIntegerField(_("organisation"), null=True, blank=True)
    organisation_name = models.CharField(_("name of the organisation"), max_length=250, blank=True)
    action = models.CharField(_("act"), max_length=80)
    target_type = models.CharField(_("kind of object"), max_length=80)
    target_id = models.CharField(_("object"), max_length=64)
    target_label = models.CharField(_("name of the object"), max_length=250)
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "at"]),
            models.Index(fields=["organisation_id", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.action} {self.target_label}"
