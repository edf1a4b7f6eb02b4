"""A move: one step of a topic from stage to stage, kept for good."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.topic import Topic


class Move(models.Model):
    """Who took a topic from which stage to which, why and when.

    `person` is empty where the hub itself acted because a day had passed.
    """

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="moves", verbose_name=_("topic")
    )
    name = models.CharField(_("move"), max_length=40)
    from_stage = models.CharField(_("from"), max_length=30)
    to_stage = models.CharField(_("to"), max_length=30)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    reason = models.TextField(_("reason"), blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.topic}: {self.name}"
