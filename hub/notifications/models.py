"""Notices and what people choose about them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notices by reader."""

    def visible_to(self, user: Any) -> NotificationQuerySet:
        """One's own, nobody else's."""
        return self.filter(recipient=user) if user.is_authenticated else self.none()

    def unread(self) -> NotificationQuerySet:
        """Not read yet."""
        return self.filter(read_at=None)

    def unread_count(self, user: Any) -> int:
        """How many notices wait for `user`; one query on an index of unread rows only."""
        return self.visible_to(user).unread().count()


class Notification(models.Model):
    """One notice to one person about one thing."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=60)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    actor_name = models.CharField(max_length=250, blank=True)
    target_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    target_id = models.CharField(max_length=64)
    target: Any = GenericForeignKey("target_type", "target_id")
    data = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "-created"]),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="unread_notices"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient}"


class MailChoice(models.TextChoices):
    """When a notice also goes out by mail."""

    AT_ONCE = "at-once", _("by mail at once")
    NEVER = "never", _("only on the site")


class Preference(models.Model):
    """What one person wants for one kind of notice (empty kind: for all others)."""

    MailChoice = MailChoice

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(max_length=60, blank=True)
    mail = models.CharField(max_length=20, choices=MailChoice.choices, default=MailChoice.AT_ONCE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_choice_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind or '*'} {self.mail}"
