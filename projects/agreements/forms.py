"""Everything that people send to the register of agreements."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hub.fields import DayField, MarkdownField
from hub.files.checks import MAX_BYTES
from hub.files.forms import DocumentField, DocumentsField
from organisations.acting import Actor
from organisations.models import Organisation
from projects.agreements.fingerprints import read_fingerprint
from projects.agreements.models import Agreement, Party
from projects.agreements.services import PartyDraft
from projects.days import hub_today
from projects.fields import OrganisationField, organisation_choices
from projects.models import Project

MOST_PARTIES = 12


class AgreementForm(forms.ModelForm):
    """What is agreed, from when until when."""

    text = MarkdownField(
        label=_("Text of the agreement"),
        rows=16,
        required=False,
        max_length=200_000,
        help_text=_("Write it here, or attach it as a document below, or both. Markdown works."),
    )
    effective_from = DayField(
        label=_("In force from"), required=False, help_text=_("The first day.")
    )
    until = DayField(
        label=_("Until"),
        required=False,
        help_text=_("The last day, itself included. Leave it empty if there is no end."),
    )
    notice_days = forms.IntegerField(
        label=_("Notice period in days"), required=False, min_value=0, max_value=3650
    )
    documents = DocumentsField(
        help_text=_("They become part of what is agreed. PDF, Word or Excel, at most 20 MB each.")
    )

    class Meta:
        model = Agreement
        fields = [
            "title", "kind", "project", "effective_from", "until", "notice_days", "text",
            "documents", "visibility",
        ]  # fmt: skip
        labels = {
            "title": _("Title"),
            "kind": _("Kind"),
            "project": _("Project"),
            "visibility": _("Who may read it"),
        }
        widgets = {"visibility": forms.RadioSelect}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        assert actor.organisation is not None
        own = Project.objects.visible_to(actor.person).of(actor.organisation)
        if self.instance.project_id:
            own = own | Project.objects.filter(pk=self.instance.project_id)
        fields["project"].queryset = own.distinct().order_by("title")
        fields["visibility"].choices = Agreement.Visibility.choices
        fields["kind"].choices = Agreement.Kind.choices

    def clean(self) -> dict[str, Any]:
        """The last day does not lie before the first."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("effective_from"), data.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last day lies before the first."))
        return data

    def _post_clean(self) -> None:
        """The service writes the row; the form only checks what was typed."""

    def service_fields(self) -> dict[str, Any]:
        """What the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "documents"}


class PartyForm(forms.Form):
    """One party and who signs for it."""

    organisation = OrganisationField(label=_("Organisation"), required=False)
    role = forms.CharField(
        label=_("Role in the agreement"),
        max_length=120,
        required=False,
        help_text=_("For example: gives the service, pays, reports."),
    )
    signatory_name = forms.CharField(label=_("Who signs for it"), max_length=120, required=False)
    signatory_office = forms.CharField(
        label=_("In what office"),
        max_length=120,
        required=False,
        help_text=_("For example: mayor, director."),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever names a role or a person must name the organisation too."""
        data = super().clean() or self.cleaned_data
        named = any(data.get(name) for name in ("role", "signatory_name", "signatory_office"))
        if named and not data.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", _("Choose the organisation."))
        return data


class BasePartyFormSet(forms.BaseFormSet):
    """The parties; rows left empty are ignored."""

    def __init__(self, *args: Any, also: list[Organisation] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = organisation_choices()
        self.also = also or []

    def add_fields(self, form: Any, index: int | None) -> None:
        """Give each row the choices, which were read once."""
        super().add_fields(form, index)
        form.fields["organisation"].fill(self.choices, also=self.also)

    def clean(self) -> None:
        """At least two, each once."""
        if any(self.errors):
            return
        named = [party.organisation for party in self.parties()]
        if len(set(named)) != len(named):
            raise ValidationError(_("An organisation is named twice among the parties."))
        if len(named) < 2:
            raise ValidationError(_("An agreement needs at least two organisations."))

    def parties(self) -> list[PartyDraft]:
        """The rows that name an organisation."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("organisation")]
        return [
            PartyDraft(
                row["organisation"], row["role"], row["signatory_name"], row["signatory_office"]
            )
            for row in rows
        ]


PartyFormSet = forms.formset_factory(
    PartyForm,
    formset=BasePartyFormSet,
    extra=1,
    max_num=MOST_PARTIES,
    absolute_max=MOST_PARTIES,
    validate_max=True,
)


def parties_initial(parties: list[Party]) -> list[dict[str, str]]:
    """What the rows of the parties' form are filled with."""
    return [
        {
            "organisation": party.organisation.slug,
            "role": party.role,
            "signatory_name": party.signatory_name,
            "signatory_office": party.signatory_office,
        }
        for party in parties
    ]


class SignForm(forms.Form):
    """The day on which the organisation signed."""

    signed_on = DayField(
        label=_("Signed on"),
        help_text=_("The day on which your organisation signed the document."),
    )

    def clean_signed_on(self) -> date:
        """Not a day to come."""
        day: date = self.cleaned_data["signed_on"]
        if day > hub_today():
            raise ValidationError(_("The day of the signature lies in the future."))
        return day


class TerminateForm(forms.Form):
    """When and why an agreement ends early."""

    last_day = DayField(
        label=_("Last day in force"),
        help_text=_("Mind the notice period that you agreed."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everyone who may read the agreement will read it."),
    )


class AmendmentForm(forms.Form):
    """What shall change, and why."""

    reason = forms.CharField(
        label=_("What changes, and why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    until = DayField(
        label=_("Until"),
        required=False,
        help_text=_("The last day, itself included. Leave it empty if there is no end."),
    )
    text = MarkdownField(
        label=_("Text as it shall read"), rows=16, required=False, max_length=200_000
    )


class CopyForm(forms.Form):
    """A scan with the signatures."""

    document = DocumentField(label=_("Signed copy"), required=True)


class VerifyForm(forms.Form):
    """A document, or its fingerprint, to compare with the register."""

    document = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_("It is compared and not kept. At most 20 MB."),
    )
    fingerprint = forms.CharField(
        label=_("Or its SHA-256 fingerprint"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("64 digits and letters from a to f."),
    )

    def clean_document(self) -> Any:
        """Not larger than anything the register holds."""
        upload = self.cleaned_data["document"]
        if upload and upload.size > MAX_BYTES:
            raise ValidationError(_("The document is larger than 20 MB, as none in the register."))
        return upload

    def clean_fingerprint(self) -> str:
        """64 hexadecimal digits, or nothing."""
        words = self.cleaned_data["fingerprint"]
        digest = read_fingerprint(words)
        if words.strip() and not digest:
            raise ValidationError(_("A fingerprint has 64 digits and letters from a to f."))
        return digest

    def clean(self) -> dict[str, Any]:
        """One of both."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("document") and not data.get("fingerprint"):
            raise ValidationError(_("Choose a document or paste a fingerprint."))
        return data
