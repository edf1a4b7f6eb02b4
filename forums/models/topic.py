"""A topic: a conversation of one kind, led by that kind's procedure."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.forum import Forum
from organisations.models import Membership, Role


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics by what a reader may see."""

    def visible_to(self, user: Any) -> TopicQuerySet:
        """Those of visible forums that are published and not hidden.

        A draft is seen by the active editors of the organisation that prepares it (or by its
        author where there is none), a hidden topic by the editors of the forum's hosts.
        Coordinators see all.
        """
        if getattr(user, "is_coordinator", False):
            return self
        shown = self.filter(forum__in=Forum.objects.visible_to(user).values("pk"))
        listed = Q(published__isnull=False, hidden=None)
        if not user.is_authenticated:
            return shown.filter(listed)
        edited = (
            Membership.objects.active()
            .filter(person=user, role__in=[Role.EDITOR, Role.ADMINISTRATOR])
            .values("organisation_id")
        )
        own_draft = Q(published=None) & (
            Q(organisation__in=edited) | Q(organisation=None, person=user)
        )
        hosted = Q(published__isnull=False, forum__in=Forum.objects.hosted_by(edited).values("pk"))
        return shown.filter(listed | own_draft | hosted)

    def listed(self) -> TopicQuerySet:
        """Those that stand in lists: published, not hidden."""
        return self.filter(published__isnull=False, hidden=None)

    def in_order(self) -> TopicQuerySet:
        """Pinned ones first, then by the last post."""
        return self.order_by("-pinned", "-last_post_at", "-pk")


class Topic(models.Model):
    """A conversation.  `post_count` is also the number of the last post: numbers are gapless."""

    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, related_name="topics", verbose_name=_("forum")
    )
    kind = models.CharField(_("kind"), max_length=30)
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("address"), max_length=80)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="topics",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="topics",
        verbose_name=_("organisation"),
    )
    stage = models.CharField(_("stage"), max_length=30)
    comments = models.BooleanField(
        _("others may reply"), default=True, help_text=_("Announcements may go without replies.")
    )
    pinned = models.BooleanField(_("pinned"), default=False)
    opened = models.DateTimeField(_("opened"), default=timezone.now)
    published = models.DateTimeField(_("published"), null=True, blank=True)
    locked = models.DateTimeField(_("locked"), null=True, blank=True)
    locked_reason = models.CharField(_("reason of the lock"), max_length=300, blank=True)
    hidden = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_reason = models.CharField(_("reason of hiding"), max_length=300, blank=True)
    post_count = models.PositiveIntegerField(_("posts"), default=0, editable=False)
    last_post_at = models.DateTimeField(_("last post"), default=timezone.now, editable=False)
    last_modified = models.DateTimeField(_("last changed"), auto_now=True)
    folded = models.CharField(_("title as search compares it"), max_length=250, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["-last_post_at", "-pk"]
        indexes = [
            models.Index(fields=["forum", "-pinned", "-last_post_at", "-id"]),
            models.Index(fields=["kind", "stage"]),
            models.Index(fields=["organisation", "-last_post_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The topic's page."""
        return reverse("forums:topic", args=[self.pk, self.slug])

    @property
    def stream(self) -> str:
        """The live stream of the topic's posts and stage."""
        return f"topic:{self.pk}"

    @property
    def is_draft(self) -> bool:
        """Not published yet: only its makers see it."""
        return self.published is None

    @property
    def is_locked(self) -> bool:
        """Whether a host stopped the conversation."""
        return self.locked is not None

    @property
    def reply_count(self) -> int:
        """Posts after the opening one."""
        return max(self.post_count - 1, 0)
