"""Form fields and controls that every room uses."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField

# Further away is a slip of the keyboard, and calendars of readers choke on it.
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2150, 12, 31)
MOST_TAGS, LONGEST_TAG = 10, 40


class MarkdownField(forms.CharField):
    """A text in Markdown of at most 20,000 characters."""

    def __init__(self, *, rows: int = 8, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20_000)
        kwargs.setdefault(
            "help_text",
            _("Markdown works: **bold**, *italic*, - list, > quotation, [words](https://…)."),
        )
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows to choose; a number that no row can have is a wrong choice, not a failure."""

    def clean(self, value: Any) -> Any:
        """The rows chosen."""
        try:
            return super().clean(value)
        except OverflowError:  # SQLite's integers end at 64 bits
            message = self.error_messages["invalid_choice"]
            raise ValidationError(message, "invalid_choice", {"value": "…"}) from None


class DayField(forms.DateField):
    """A civil day from `first` to `last`, typed or chosen in the browser's own calendar."""

    default_error_messages = {"range": _("Choose a day between 1950 and 2150.")}

    def __init__(self, *, first: date = FIRST_DAY, last: date = LAST_DAY, **kwargs: Any) -> None:
        kwargs["widget"] = forms.DateInput(
            attrs={"type": "date", "min": f"{first}", "max": f"{last}"}, format="%Y-%m-%d"
        )
        kwargs["input_formats"] = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
        super().__init__(**kwargs)
        self.first, self.last = first, last

    def clean(self, value: Any) -> date | None:
        """The day, where it is within reach."""
        day: date | None = super().clean(value)
        if day is not None and not self.first <= day <= self.last:
            raise ValidationError(self.error_messages["range"], code="range")
        return day


class TagsField(TagField):
    """Words with commas between them, shown the same way."""

    default_error_messages = {
        "many": _("Write at most ten tags."),
        "long": _("Each tag may have 40 characters at most."),
    }

    def prepare_value(self, value: Any) -> Any:
        """Names in one line; what was typed stays as it is."""
        if isinstance(value, str) or value is None:
            return value
        return ", ".join(sorted(str(getattr(one, "tag", one)) for one in value))

    def clean(self, value: str) -> list[str]:
        """Lower-case names, few and short."""
        names = sorted({" ".join(name.lower().split()) for name in super().clean(value)} - {""})
        if len(names) > MOST_TAGS:
            raise ValidationError(self.error_messages["many"], code="many")
        if any(len(name) > LONGEST_TAG for name in names):
            raise ValidationError(self.error_messages["long"], code="long")
        return names
