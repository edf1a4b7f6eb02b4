"""What is left of a deleted activity: enough to say that it is gone."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Tombstone(models.Model):
    """Calendar programs that ask for it are told 410, and feeds know that they changed."""

    uid = models.UUIDField(_("identifier"), unique=True)
    deleted = models.DateTimeField(_("deleted"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("deleted activity")
        verbose_name_plural = _("deleted activities")

    def __str__(self) -> str:
        return str(self.uid)
