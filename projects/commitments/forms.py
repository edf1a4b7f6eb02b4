"""Everything that people send to the register of commitments."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.fields import DayField, MarkdownField
from hub.files.forms import DocumentsField
from organisations.fields import PlaceField
from organisations.models import Organisation
from projects.commitments.models import Assessment, Commitment
from projects.commitments.models.commitment import State
from projects.commitments.procedure import NEXT
from projects.fields import OrganisationField, OrganisationsField, organisation_choices


class CommitmentForm(forms.Form):
    """Who owes what to whom by when."""

    title = forms.CharField(
        label=_("What is owed"),
        max_length=200,
        help_text=_("So that one can later say whether it was done."),
    )
    debtor = OrganisationField(label=_("Who owes it"))
    beneficiaries = OrganisationsField(label=_("To whom"), required=False)
    beneficiary = OrganisationField(label=_("To which organisation"), required=False)
    to_public = forms.BooleanField(label=_("To the public"), required=False)
    due = DayField(label=_("By when"), help_text=_("The last day on which it is in time."))
    place = PlaceField(label=_("Place"), required=False)
    description = MarkdownField(label=_("Details"), required=False, rows=6)

    def __init__(
        self,
        *args: Any,
        debtors: Iterable[Organisation],
        others: Iterable[Organisation],
        instance: Commitment | None = None,
        **kwargs: Any,
    ) -> None:
        """`debtors` may owe; `others` are offered as boxes, everyone else by name."""
        super().__init__(*args, **kwargs)
        self._offer(list(debtors), list(others))
        if instance is not None:
            self._fill(instance)

    def _offer(self, debtors: list[Organisation], others: list[Organisation]) -> None:
        fields: Any = self.fields
        fields["debtor"].fill(organisation_choices(debtors), also=debtors)
        if len(debtors) == 1:
            fields["debtor"].initial = debtors[0].slug
        fields["place"].fill()
        if others:
            fields["beneficiaries"].fill(others)
            del self.fields["beneficiary"]
        else:
            fields["beneficiary"].fill(organisation_choices())
            del self.fields["beneficiaries"]
        self.debtors = debtors

    def _fill(self, instance: Commitment) -> None:
        names = ("title", "to_public", "due", "description")
        self.initial.update({name: getattr(instance, name) for name in names})
        self.initial["debtor"] = instance.debtor.slug
        self.initial["place"] = instance.place.code if instance.place else ""
        slugs = [each.slug for each in instance.beneficiaries.all()]
        self.initial["beneficiaries"] = slugs
        self.initial["beneficiary"] = slugs[0] if slugs else ""

    def clean_debtor(self) -> Organisation:
        """Only one of those who can owe here."""
        debtor: Organisation = self.cleaned_data["debtor"]
        if debtor not in self.debtors:
            raise forms.ValidationError(_("This organisation cannot be bound here."))
        return debtor

    def clean(self) -> dict[str, Any]:
        """Someone must be owed, and not the debtor itself."""
        data = super().clean() or self.cleaned_data
        field = "beneficiaries" if "beneficiaries" in self.fields else "beneficiary"
        receivers = self.receivers()
        if data.get("debtor") in receivers:
            self.add_error(
                field, _("Nobody can owe something to themselves. Choose another organisation.")
            )
        elif field not in self.errors and not receivers and not data.get("to_public"):
            self.add_error(
                field, _("Say to whom it is owed: to organisations, to the public, or both.")
            )
        return data

    def receivers(self) -> list[Organisation]:
        """The organisations to which it is owed."""
        if "beneficiaries" in self.fields:
            return list(self.cleaned_data.get("beneficiaries") or [])
        one = self.cleaned_data.get("beneficiary")
        return [one] if one else []

    def service_fields(self) -> dict[str, Any]:
        """What the services take."""
        names = ("title", "debtor", "to_public", "due", "place", "description")
        fields = {name: self.cleaned_data[name] for name in names if name in self.fields}
        return fields | {"beneficiaries": self.receivers()}


class ReportForm(forms.Form):
    """How far it is, and how one can see that."""

    state = forms.ChoiceField(label=_("Where it stands"), widget=forms.RadioSelect)
    progress = forms.IntegerField(
        label=_("Progress in percent"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Your own estimate. What is done counts as 100."),
    )
    text = MarkdownField(
        label=_("What was done"),
        rows=6,
        help_text=_("What others can see or check. If it is dropped: why. Markdown works."),
    )
    link = forms.URLField(
        label=_("Where one can see it"),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    documents = DocumentsField()

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = NEXT[commitment.state]
        fields: Any = self.fields
        fields["state"].choices = [each for each in State.choices if each[0] in possible]
        self.initial.setdefault("state", commitment.state)
        self.initial.setdefault("progress", commitment.progress)

    def clean_progress(self) -> int:
        """Nothing typed means nothing yet."""
        return self.cleaned_data["progress"] or 0


class AssessForm(forms.Form):
    """How someone else sees it."""

    verdict = forms.ChoiceField(
        label=_("What you find"), choices=Assessment.Verdict.choices, widget=forms.RadioSelect
    )
    reason = MarkdownField(
        label=_("Reason"),
        rows=5,
        max_length=5000,
        help_text=_("What you saw, and where others can see it. Markdown works."),
    )


class PostponeForm(forms.Form):
    """A later day, and why."""

    due = DayField(label=_("New day"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everyone who counts on the day will read it."),
    )
