"""A forum: a room that an organisation opens, perhaps together with others."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.models import Membership


class Visibility(models.TextChoices):
    """Who may read."""

    PUBLIC = "public", _("Everyone, also without an account")
    MEMBERS = "members", _("Members of the hosting organisations")


class Opening(models.TextChoices):
    """Who may open topics."""

    EVERYONE = "everyone", _("Everyone who is signed in")
    VERIFIED = "verified", _("Members of verified organisations")
    HOSTS = "hosts", _("Editors of the hosting organisations")


class ForumQuerySet(models.QuerySet["Forum"]):
    """Forums by what a reader may see."""

    def visible_to(self, user: Any) -> ForumQuerySet:
        """Public ones for everyone, those of one's organisations, all for coordinators."""
        if getattr(user, "is_coordinator", False):
            return self
        public = Q(visibility=Visibility.PUBLIC)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(pk__in=self.model.of_members(user)))

    def hosted_by(self, organisations: Any) -> ForumQuerySet:
        """Those that one of `organisations` (ids, or a query for them) owns or hosts."""
        hosted = Forum.hosts.through.objects.filter(organisation_id__in=organisations)
        return self.filter(Q(owner__in=organisations) | Q(pk__in=hosted.values("forum_id")))

    def open(self) -> ForumQuerySet:
        """Those not archived."""
        return self.filter(archived=None)


class Forum(models.Model):
    """A room for topics.

    The counters are kept by the services, so that a list of forums costs one query.
    """

    Visibility = Visibility
    Opening = Opening

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    purpose = models.CharField(
        _("purpose"), max_length=250, help_text=_("One sentence: what is talked about here.")
    )
    rules = models.TextField(
        _("rules of the forum"),
        blank=True,
        help_text=_("How people should speak here, and what the hosts remove. Markdown works."),
    )
    rules_html = models.TextField(editable=False, blank=True)
    owner = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="owned_forums",
        verbose_name=_("responsible organisation"),
    )
    hosts = models.ManyToManyField(
        "organisations.Organisation",
        blank=True,
        related_name="hosted_forums",
        verbose_name=_("hosting together with"),
        help_text=_("Their editors may look after the forum as yours do."),
    )
    place = models.ForeignKey(
        "organisations.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="forums",
        verbose_name=_("place"),
    )
    visibility = models.CharField(
        _("who may read"), max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    opening = models.CharField(
        _("who may open topics"), max_length=20, choices=Opening.choices, default=Opening.EVERYONE
    )
    kinds = models.JSONField(_("kinds of topic"), default=list)
    archived = models.DateTimeField(_("archived"), null=True, blank=True)
    created = models.DateTimeField(_("opened"), auto_now_add=True)
    last_modified = models.DateTimeField(_("last changed"), auto_now=True)
    topic_count = models.PositiveIntegerField(default=0, editable=False)
    post_count = models.PositiveIntegerField(default=0, editable=False)
    last_post_at = models.DateTimeField(_("last post"), null=True, blank=True, editable=False)
    folded = models.TextField(_("text as search compares it"), blank=True, editable=False)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["visibility", "last_post_at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The forum's page."""
        return reverse("forums:detail", args=[self.slug])

    @property
    def stream(self) -> str:
        """The live stream of the forum's list of topics."""
        return f"forum:{self.pk}"

    @property
    def is_archived(self) -> bool:
        """Whether nothing new may be written here."""
        return self.archived is not None

    @property
    def host_ids(self) -> set[int]:
        """Ids of the owner and the hosts.  Costs one query unless `hosts` was prefetched."""
        return {self.owner_id, *(host.pk for host in self.hosts.all())}

    @classmethod
    def of_members(cls, user: Any) -> models.QuerySet[Forum, Any]:
        """Ids of the forums whose owner or host `user` is an active member of, as a query."""
        mine = Membership.objects.active().filter(person=user).values("organisation_id")
        return cls.objects.hosted_by(mine).values("pk")
