"""Fields for days, times, tags and organisations."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.forms import TagField

from activities.times import FIRST_DAY, LAST_DAY
from hub.text import fold
from organisations.models import Organisation

MOST_TAGS, LONGEST_TAG = 10, 40
OFFERED = 500
ORGANISATIONS_LIST = "organisations-offered"


class DayField(forms.DateField):
    """A day between 2000 and 2037, typed or chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.DateInput(
            attrs={"type": "date", "min": f"{FIRST_DAY}", "max": f"{LAST_DAY}"}, format="%Y-%m-%d"
        )
        kwargs["input_formats"] = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        """The day, where it is one that a calendar can hold."""
        day: date | None = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("Choose a day between 2000 and 2037."), code="range")
        return day


class ClockField(forms.TimeField):
    """A time of the day, to the minute."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        kwargs["input_formats"] = ["%H:%M", "%H:%M:%S", "%H.%M"]
        super().__init__(**kwargs)


class Tags(TagField):
    """Words with commas between them, shown the same way."""

    def prepare_value(self, value: Any) -> Any:
        """Names in one line; what was typed stays as it is."""
        if isinstance(value, str) or value is None:
            return value
        return ", ".join(sorted(str(getattr(one, "tag", one)) for one in value))

    def clean(self, value: str) -> list[str]:
        """Lower-case names, few and short."""
        names = sorted({" ".join(name.lower().split()) for name in super().clean(value)} - {""})
        if len(names) > MOST_TAGS:
            raise ValidationError(_("Write at most ten tags."), code="many")
        if any(len(name) > LONGEST_TAG for name in names):
            raise ValidationError(_("Each tag may have 40 characters at most."), code="long")
        return names


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
