"""Form fields about organisations and where they are, for every room above."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Place
from organisations.models.place import Level


class PlaceField(forms.ModelChoiceField):
    """A municipality, chosen from a list grouped by country; one query."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Place.objects.none(), to_field_name="code", **kwargs)

    def fill(self) -> None:
        """Read the places, in the reader's language and order."""
        places = Place.objects.filter(level__in=[Level.COUNTRY, Level.MUNICIPALITY])
        self.queryset = places.filter(level=Level.MUNICIPALITY)
        rows = sorted(places, key=lambda place: place.name)
        groups = [
            (
                country.name,
                [(row.code, row.name) for row in rows if row.parent_id == country.pk],
            )
            for country in rows
            if country.level == Level.COUNTRY
        ]
        self.choices = [("", _("Choose a municipality")), *groups]
        self.countries = [(row.country, row.name) for row in rows if row.level == Level.COUNTRY]
