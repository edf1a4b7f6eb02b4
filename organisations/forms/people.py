"""Forms about the people of an organisation, and about oneself."""

import zoneinfo
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from organisations.models import Role, User


class InviteForm(forms.Form):
    """Whom to ask, and for which role."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The person gets a link that works for 14 days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.MEMBER)


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class EndForm(forms.Form):
    """Why a membership ends; may stay empty."""

    reason = forms.CharField(
        label=_("Reason (may stay empty)"),
        required=False,
        max_length=500,
        help_text=_("The person is told. It stays in the organisation's act log."),
    )


@lru_cache(maxsize=1)
def _zones() -> list[tuple[str, str]]:
    """Time zones people live in, with the hub's own first."""
    names = sorted(
        name
        for name in zoneinfo.available_timezones()
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))
    )
    return [(name, name.replace("_", " ")) for name in names]


class SettingsForm(forms.ModelForm):
    """How a person is shown, reads, and counts the hours."""

    language = forms.ChoiceField(label=_("Language"), help_text=_("Of pages and of mails to you."))
    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, help_text=_("Times are shown on this clock.")
    )

    class Meta:
        model = User
        fields = ["display_name", "language", "time_zone"]
        labels = {"display_name": _("Your name")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        hub_zone = _("As the hub (%(zone)s)") % {"zone": settings.TIME_ZONE.replace("_", " ")}
        self.fields["time_zone"].choices = [("", hub_zone), *_zones()]  # type: ignore[attr-defined]

    def clean_display_name(self) -> str:
        """The name on one line, and not an address."""
        return clean_display_name(self.cleaned_data["display_name"])


def clean_display_name(name: str) -> str:
    """A name as others see it: one line, with a letter in it, no e-mail address."""
    name = " ".join(name.split())
    if "@" in name or not any(letter.isalpha() for letter in name):
        raise forms.ValidationError(
            _("Write your name as people call you. An address is not shown to others.")
        )
    return name
