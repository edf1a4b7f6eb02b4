"""A party to an agreement and its signature."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Whether the party has signed."""

    INVITED = "invited", _("has not signed yet")
    SIGNED = "signed", _("signed")
    DECLINED = "declined", _("declined to sign")


class Party(models.Model):
    """An organisation in an agreement.

    `signatory_name` and `signatory_office` name who signs the document itself.  `signed_on`
    is the day of that signature; `person` is who stated it on the hub, at `answered`.
    """

    State = State

    agreement = models.ForeignKey(
        "agreements.Agreement",
        on_delete=models.CASCADE,
        related_name="parties",
        verbose_name=_("agreement"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="agreement_parties",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role in the agreement"), max_length=120, blank=True)
    signatory_name = models.CharField(_("who signs for it"), max_length=120, blank=True)
    signatory_office = models.CharField(_("in what office"), max_length=120, blank=True)
    state = models.CharField(
        _("signature"), max_length=20, choices=State.choices, default=State.INVITED
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stated by"),
    )
    reason = models.TextField(_("reason"), blank=True)
    answered = models.DateTimeField(_("stated on"), null=True, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                name="one_part_in_an_agreement",
                violation_error_message=_("This organisation is a party already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_on__isnull=False),
                name="a_signature_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.number}: {self.organisation}"
