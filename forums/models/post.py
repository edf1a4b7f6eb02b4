"""A post: what one person wrote in a topic, for themselves or for an organisation."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.topic import Topic

PER_PAGE = 50
"""Posts on one page of a topic."""


def fresh_key() -> str:
    """A key for a post that was sent without one."""
    return uuid.uuid4().hex


class PostQuerySet(models.QuerySet["Post"]):
    """Posts by what a reader may see, and by their place in the topic."""

    def visible_to(self, user: Any) -> PostQuerySet:
        """Those in visible topics.  Hidden ones keep their place, without their words."""
        return self.filter(topic__in=Topic.objects.visible_to(user).values("pk"))

    def window(self, start: int, size: int = PER_PAGE) -> PostQuerySet:
        """Posts number `start` to `start + size - 1`, with their speakers; one query.

        Numbers have no gaps, so any page of any topic is one short walk on an index.
        """
        return (
            self.filter(number__gte=start, number__lt=start + size)
            .select_related("person", "organisation")
            .order_by("number")
        )


class Post(models.Model):
    """One contribution.  The safe HTML is made when it is written, never when it is read."""

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="posts", verbose_name=_("topic")
    )
    number = models.PositiveIntegerField(_("number in the topic"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="posts",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("organisation"),
    )
    body = models.TextField(_("text"))
    html = models.TextField(editable=False)
    key = models.CharField(
        _("key of the send"),
        max_length=64,
        default=fresh_key,
        editable=False,
        help_text=_("Made by the browser; the same key twice is the same post."),
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created = models.DateTimeField(_("written"), default=timezone.now)
    edited = models.DateTimeField(_("edited"), null=True, blank=True)
    hidden = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_reason = models.CharField(_("reason of hiding"), max_length=300, blank=True)
    folded = models.TextField(_("text as search compares it"), blank=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="one_post_per_number"),
            models.UniqueConstraint(fields=["person", "key"], name="one_post_per_send"),
        ]
        indexes = [models.Index(fields=["person", "-created"])]

    def __str__(self) -> str:
        return f"{self.topic} #{self.number}"

    def get_absolute_url(self) -> str:
        """The post's own page, which stays true however long the topic grows."""
        return reverse("forums:post", args=[self.topic_id, self.number])

    @property
    def page(self) -> int:
        """The page of the topic on which the post stands, from 1."""
        return page_of(self.number)

    @property
    def is_hidden(self) -> bool:
        """Whether a host took the words away from view."""
        return self.hidden is not None


def page_of(number: int) -> int:
    """The page, from 1, that holds post `number`."""
    return max(number - 1, 0) // PER_PAGE + 1
