"""Fields for days, times and organisations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.times import FIRST_DAY, LAST_DAY
from hub import fields
from hub.text import fold
from organisations.models import Organisation

OFFERED = 500
ORGANISATIONS_LIST = "organisations-offered"


class DayField(fields.DayField):
    """A day that every calendar program can hold."""

    default_error_messages = {"range": gettext_lazy("Choose a day between 2000 and 2037.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(first=FIRST_DAY, last=LAST_DAY, **kwargs)


class ClockField(forms.TimeField):
    """A time of the day, to the minute."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        kwargs["input_formats"] = ["%H:%M", "%H:%M:%S", "%H.%M"]
        super().__init__(**kwargs)


class OrganisationField(forms.CharField):
    """A verified organisation by its name, with the names offered as one types."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs["widget"] = forms.TextInput(
            attrs={"list": ORGANISATIONS_LIST, "autocomplete": "off"}
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Organisation | None:
        """The organisation with this name (or address on the hub); one or two queries."""
        name = super().clean(value)
        if not name:
            return None
        verified = Organisation.objects.verified()
        folded = fold(name)
        found = verified.filter(slug=name).first() or verified.filter(folded_name=folded).first()
        if found is not None:
            return found
        near = verified.filter(folded_name__contains=folded).first() if folded else None
        if near is not None:
            raise ValidationError(
                _("There is no verified organisation “%(name)s”. Did you mean “%(near)s”?")
                % {"name": name, "near": near.name},
                code="unknown",
            )
        raise ValidationError(
            _("There is no verified organisation “%(name)s” on the hub.") % {"name": name},
            code="unknown",
        )


def organisations_offered(without: Organisation | None = None) -> list[str]:
    """Names for the list below an `OrganisationField`; one query."""
    rows = Organisation.objects.verified().order_by("name")
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    return list(rows.values_list("name", flat=True)[:OFFERED])


class PointFields(forms.Form):
    """Latitude and longitude, both or neither."""

    latitude = forms.FloatField(
        label=gettext_lazy("Latitude"),
        required=False,
        min_value=-90,
        max_value=90,
        help_text=gettext_lazy("For example 42.4635. Calendar programs show the way there."),
    )
    longitude = forms.FloatField(
        label=gettext_lazy("Longitude"), required=False, min_value=-180, max_value=180
    )

    def clean_point(self, cleaned: dict[str, Any]) -> None:
        """Add an error where only one of the two is given."""
        for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
            missing = cleaned.get(one) is None and one not in self.errors
            if missing and cleaned.get(other) is not None:
                self.add_error(one, _("Give both numbers of the point, or none."))
