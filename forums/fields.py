"""Form fields that several forms of forums share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation, Place


class KeyField(forms.RegexField):
    """The hidden key by which a repeated send is known."""

    def __init__(self) -> None:
        super().__init__(
            r"\A[\w-]{8,64}\Z", required=False, widget=forms.HiddenInput, label=_("key of the send")
        )


def organisations() -> Any:
    """Organisations that a form may offer: the verified ones, by name."""
    return Organisation.objects.verified().order_by("name")


def places() -> Any:
    """Places that a form may offer."""
    return Place.objects.order_by("country", "level", "code")
