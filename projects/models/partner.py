"""An organisation's part in a project."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What the organisation said to the invitation."""

    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("takes part")
    DECLINED = "declined", _("declined")
    LEFT = "left", _("left")


class Partner(models.Model):
    """An organisation invited to a project, and its answer.

    `person` is who answered for the organisation (empty while it is only invited).
    """

    State = State
    TAKING_PART = (State.INVITED, State.ACCEPTED)

    project = models.ForeignKey(
        "projects.Project",
        on_delete=models.CASCADE,
        related_name="partners",
        verbose_name=_("project"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="project_partnerships",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("what it does in the project"), max_length=160, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.INVITED
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    reason = models.TextField(_("reason"), blank=True)
    invited = models.DateTimeField(_("invited on"), default=timezone.now, editable=False)
    answered = models.DateTimeField(_("answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["invited", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"],
                name="one_part_in_a_project",
                violation_error_message=_("This organisation has been invited already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.organisation}"
