"""Form fields that the rooms of this wing share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.fields import SeveralField
from organisations.models import Organisation
from organisations.models.organisation import Kind

Choices = list[Any]


def organisation_choices(organisations: Iterable[Organisation] | None = None) -> Choices:
    """Choices by slug, grouped by kind; verified organisations unless others are given."""
    rows = list(
        Organisation.objects.verified().order_by("name") if organisations is None else organisations
    )
    groups = [
        (str(label), [(row.slug, row.name) for row in rows if row.kind == kind])
        for kind, label in Kind.choices
    ]
    return [("", _("Choose an organisation")), *(group for group in groups if group[1])]


class OrganisationField(forms.ModelChoiceField):
    """One verified organisation, chosen by name, carried by its slug.

    The choices are read once and handed to each field that offers them.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organisation.objects.none(), to_field_name="slug", **kwargs)

    def fill(self, choices: Choices, *, also: Iterable[Organisation] = ()) -> None:
        """Offer `choices`; `also` may be chosen although not verified (those named already)."""
        offered = Organisation.objects.verified()
        named = [each.pk for each in also]
        self.queryset = offered | Organisation.objects.filter(pk__in=named) if named else offered
        self.choices = choices


class OrganisationsField(SeveralField):
    """Several of a few organisations, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organisation.objects.none(), to_field_name="slug", **kwargs)

    def fill(self, organisations: Iterable[Organisation]) -> None:
        """Offer exactly these."""
        rows = list(organisations)
        self.queryset = Organisation.objects.filter(pk__in=[row.pk for row in rows])
        self.choices = [(row.slug, row.name) for row in rows]
