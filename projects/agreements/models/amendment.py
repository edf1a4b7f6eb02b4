"""Amendments: what the parties changed after signing, with everyone's consent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where the amendment stands."""

    PROPOSED = "proposed", _("waiting for the parties")
    ADOPTED = "adopted", _("agreed by all parties")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Amendment(models.Model):
    """A new version of a signed agreement: its whole text, its last day, and why.

    `until` is the last day the agreement shall have (empty: open-ended), `previous_until` the
    one it had when the amendment was adopted.
    """

    State = State

    agreement = models.ForeignKey(
        "agreements.Agreement",
        on_delete=models.CASCADE,
        related_name="amendments",
        verbose_name=_("agreement"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    reason = models.TextField(_("what changes and why"))
    text = models.TextField(_("text as it shall read"), blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    previous_until = models.DateField(_("last day before"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.PROPOSED
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("proposed for"),
    )
    created = models.DateTimeField(_("proposed on"), default=timezone.now, editable=False)
    adopted_on = models.DateField(_("agreed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="one_amendment_of_a_number"
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state="proposed"),
                name="one_open_amendment",
                violation_error_message=_("Another amendment is waiting for the parties."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.number}/{self.number}"

    @property
    def holds(self) -> bool:
        """Every party has agreed to it."""
        return self.state == State.ADOPTED


class Consent(models.Model):
    """A party's answer to an amendment.  No row: it has not answered yet."""

    amendment = models.ForeignKey(
        Amendment, on_delete=models.CASCADE, related_name="consents", verbose_name=_("amendment")
    )
    party = models.ForeignKey(
        "agreements.Party", on_delete=models.CASCADE, related_name="+", verbose_name=_("party")
    )
    agreed = models.BooleanField(_("agreed"))
    reason = models.TextField(_("reason"), blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("stated by"),
    )
    at = models.DateTimeField(_("stated on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "party"], name="one_answer_of_a_party")
        ]

    def __str__(self) -> str:
        return f"{self.amendment}: {self.party.organisation}"
