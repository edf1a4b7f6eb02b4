"""Who may act for an organisation (Popolo: Membership)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member may do; each role holds the rights of those before it."""

    MEMBER = "member", _("member")
    EDITOR = "editor", _("editor")
    ADMINISTRATOR = "administrator", _("administrator")


RANK = {Role.MEMBER.value: 1, Role.EDITOR.value: 2, Role.ADMINISTRATOR.value: 3}


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by time."""

    def active(self) -> MembershipQuerySet:
        """Begun and not ended, now."""
        now = timezone.now()
        return self.filter(Q(end_date=None) | Q(end_date__gt=now), start_date__lte=now)


class Membership(models.Model):
    """A person in an organisation from one moment to another.  Rows are ended, never deleted."""

    Role = Role

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    start_date = models.DateTimeField(_("since"), default=timezone.now)
    end_date = models.DateTimeField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation", "start_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(end_date=None),
                name="one_open_membership",
                violation_error_message=_("This person is a member already."),
            ),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.organisation}"

    @property
    def rank(self) -> int:
        """How much the role may do: 1 member, 2 editor, 3 administrator."""
        return RANK[self.role]
