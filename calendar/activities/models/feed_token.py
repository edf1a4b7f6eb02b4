"""A person's own feed: an address that only they know."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """A secret of 192 bits that fits into an address."""
    return secrets.token_urlsafe(24)


class FeedTokenQuerySet(models.QuerySet["FeedToken"]):
    """Tokens by owner and state."""

    def live(self) -> FeedTokenQuerySet:
        """Those not taken back."""
        return self.filter(revoked=None)


class FeedToken(models.Model):
    """What this feed holds: the activities of the person's organisations, also those for members
    only, and of the organisations and places they chose to follow with it.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_tokens"
    )
    name = models.CharField(
        _("name"), max_length=80, help_text=_("For yourself: “My phone”, “Office calendar”.")
    )
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    language = models.CharField(_("language"), max_length=10, blank=True)
    with_deadlines = models.BooleanField(_("with closing days and other deadlines"), default=True)
    organisations = models.ManyToManyField(
        "organisations.Organisation", blank=True, related_name="+", verbose_name=_("organisations")
    )
    places = models.ManyToManyField(
        "organisations.Place", blank=True, related_name="+", verbose_name=_("municipalities")
    )
    created = models.DateTimeField(_("made"), default=timezone.now)
    last_fetched = models.DateTimeField(_("last fetched"), null=True, blank=True)
    revoked = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = FeedTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("own feed")
        verbose_name_plural = _("own feeds")
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The path of the feed."""
        return reverse("activities:personal-feed", args=[self.token])
