"""The form of a coordinator's decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from organisations.models.verification import Decision
from organisations.services.verification import POSSIBLE


class DecisionForm(forms.Form):
    """What is decided, and why; it remembers where the organisation stood when it was read."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "What you saw: an extract of the register, a call, a visit. "
            "It is shown on the organisation's page, with your name and today's date."
        ),
    )
    status_seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = {
            Decision.VERIFIED: _("Verify it"),
            Decision.REFUSED: _("Refuse it"),
            Decision.SUSPENDED: _("Suspend it: nobody can act for it"),
        }
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            (decision.value, verbs[decision]) for decision in POSSIBLE[organisation.status]
        ]
        self.fields["status_seen"].initial = organisation.status
