"""Invitations by mail into an organisation: one token, one address, one use."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models.membership import Role

VALID_FOR = timedelta(days=14)


SALT = "organisations.invitation"


def new_nonce() -> str:
    """A random part that makes each token its own."""
    return secrets.token_urlsafe(16)


def end_of_validity() -> Any:
    """The moment from which an invitation made now no longer works."""
    return timezone.now() + VALID_FOR


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by state."""

    def open(self) -> InvitationQuerySet:
        """Neither accepted, declined nor withdrawn, and not expired."""
        return self.filter(closed=None, expires__gt=timezone.now())

    def with_token(self, token: str) -> InvitationQuerySet:
        """The invitation whose mail carried `token`, whatever its state; at most one row."""
        try:
            pk, nonce = signing.loads(token, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return self.none()
        return self.filter(pk=pk, nonce=nonce)


class Invitation(models.Model):
    """An administrator asks the person behind an address to join."""

    class Outcome(models.TextChoices):
        """How an invitation ended."""

        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.CASCADE,
        related_name="invitations",
        verbose_name=_("organisation"),
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("invited by"),
    )
    created = models.DateTimeField(_("sent"), default=timezone.now)
    expires = models.DateTimeField(_("valid until"), default=end_of_validity)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    closed = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(closed=None),
                name="one_open_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} → {self.email}"

    @property
    def token(self) -> str:
        """What the mail carries: signed with the hub's secret key, so no table holds it."""
        return signing.dumps([self.pk, self.nonce], salt=SALT)

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.closed is None and self.expires > timezone.now()
