"""The forms with which an organisation is registered and its page is kept."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hub.fields import TagsField
from organisations.fields import PlaceField
from organisations.models import Organisation
from organisations.registration import (
    example_of,
    is_usual_number,
    likely_doubles,
    same_number,
    tidy_number,
)
from organisations.services.organisations import IDENTITY, taken_number

LONGEST_DESCRIPTION = 8000
#: These are in a public register, so a number is asked of them.
_REGISTERED = {Organisation.Kind.CSO, Organisation.Kind.MEDIA}


class OrganisationForm(forms.ModelForm):
    """What an organisation says of itself, and what it is in the register."""

    place = PlaceField(label=_("Municipality"), required=False, help_text=_("Where its seat is."))
    country = forms.ChoiceField(label=_("Country"))
    tags = TagsField(
        label=_("Fields of work"),
        required=False,
        error_messages={
            "many": _("Write at most ten fields of work."),
            "long": _("Each field of work may have 40 characters at most."),
        },
        help_text=_("With commas between them: youth, environment, budget."),
    )
    website = forms.URLField(
        label=_("Web site"),
        required=False,
        max_length=250,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    number_is_right = forms.BooleanField(
        label=_("The number is right, it only looks different"), required=False
    )
    is_another = forms.BooleanField(label=_("It is another organisation"), required=False)

    class Meta:
        model = Organisation
        fields = [
            "kind", "name", "country", "place", "registration_number", "number_is_right",
            "is_another", "summary", "description", "tags", "website", "email", "phone", "address",
        ]  # fmt: skip
        labels = {
            "kind": _("Kind"),
            "name": _("Name"),
            "registration_number": _("Registration number"),
            "summary": _("In one sentence"),
            "description": _("Description"),
            "email": _("Public e-mail address"),
            "phone": _("Public telephone"),
            "address": _("Postal address"),
        }
        help_texts = {
            "name": _("As in the register, in your own language and script."),
            "summary": _("What you do and for whom. Shown in lists."),
            "description": _(
                "Who you are, since when, what you work on. "
                "You may use Markdown for headings, lists and links."
            ),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "description": forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST_DESCRIPTION}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, PlaceField)
        place.fill()
        self.fields["country"].choices = [("", _("Choose a country")), *place.countries]  # type: ignore[attr-defined]
        self.fields["kind"].choices = Organisation.Kind.choices  # type: ignore[attr-defined]
        self.fields["summary"].required = True
        # Whether it is needed depends on the kind: the hint says so, "(optional)" would mislead.
        self.fields["registration_number"].depends = True  # type: ignore[attr-defined]
        self.doubles: list[Organisation] = []
        self.asks_about_number = False
        if self.instance.pk:
            self.initial["place"] = self.instance.place.code if self.instance.place else ""
            self.initial["tags"] = self.instance.tags.all()
        if self.instance.is_verified:
            for name in IDENTITY:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Verified. The hub's coordinators can change it.")

    def clean_name(self) -> str:
        """The name on one line, with at least two letters."""
        name = " ".join(self.cleaned_data["name"].split())
        if sum(letter.isalpha() for letter in name) < 2:
            raise ValidationError(_("Write the whole name of the organisation."))
        return name

    def clean_registration_number(self) -> str:
        """As registers compare it."""
        return tidy_number(self.cleaned_data["registration_number"])

    def clean_description(self) -> str:
        """Not longer than anybody would read."""
        text = str(self.cleaned_data["description"])
        if len(text) > LONGEST_DESCRIPTION:
            raise ValidationError(_("The description is too long. Keep to what matters most."))
        return text

    def clean_phone(self) -> str:
        """Figures, spaces, brackets, dashes, and a plus in front."""
        phone = " ".join(self.cleaned_data["phone"].split())
        if phone and not re.fullmatch(r"\+?[\d ()/-]{5,30}", phone):
            raise ValidationError(_("Write figures only, as in +383 38 123 456."))
        return phone

    def clean(self) -> dict[str, Any]:
        """Checks across fields: place and country, number and kind, doubles."""
        data = super().clean() or self.cleaned_data
        place, country = data.get("place"), data.get("country", "")
        if place and country and place.country != country:
            self.add_error("place", _("This municipality lies in another country."))
        if data.get("kind") and country and not self.instance.is_verified:
            self._check_number(data)
        if data.get("name") and country and not self.instance.is_verified:
            self._check_name(data)
        return data

    def _check_number(self, data: dict[str, Any]) -> None:
        number, country = data.get("registration_number", ""), data["country"]
        if data["kind"] == Organisation.Kind.INFORMAL:
            data["registration_number"] = ""
            return
        if not number:
            if data["kind"] in _REGISTERED and "registration_number" not in self.errors:
                self.add_error(
                    "registration_number",
                    _("Write the number from the register, or choose “informal group”."),
                )
            return
        if same_number(number, country, apart_from=self.instance):
            self.add_error(None, taken_number())
        elif not is_usual_number(number, country) and not data.get("number_is_right"):
            self.asks_about_number = True
            self.add_error(
                "registration_number",
                ValidationError(
                    _(
                        "Numbers of this country usually look like %(example)s. "
                        "Mend it, or confirm that it is right."
                    ),
                    params={"example": example_of(country)},
                ),
            )

    def _check_name(self, data: dict[str, Any]) -> None:
        self.doubles = likely_doubles(data["name"], data["country"], apart_from=self.instance)
        if self.doubles and not data.get("is_another"):
            self.add_error(
                "name", _("It may be on the hub already. Look at the list above this form.")
            )

    def service_fields(self) -> dict[str, Any]:
        """What the services take: the cleaned values without the two confirmations."""
        asked = {"number_is_right", "is_another"}
        fields = {name: value for name, value in self.cleaned_data.items() if name not in asked}
        return fields | self._point()

    def _point(self) -> dict[str, Any]:
        """On the map an organisation stands where its municipality does."""
        place = self.cleaned_data.get("place")
        return {
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
        }
