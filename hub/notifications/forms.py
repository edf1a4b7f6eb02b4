"""The form of choices about mail."""

from typing import Any

from django import forms

from hub.notifications.kinds import labels
from hub.notifications.models import MailChoice, Preference


class ChoicesForm(forms.Form):
    """One choice per kind of notice."""

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = dict(Preference.objects.filter(person=person).values_list("kind", "mail"))
        for kind, label in labels().items():
            self.fields[_field_name(kind)] = forms.ChoiceField(
                label=str(label),
                choices=MailChoice.choices,
                initial=kept.get(kind, kept.get("", MailChoice.AT_ONCE)),
            )

    def choices(self) -> dict[str, str]:
        """What was chosen, by kind."""
        return {kind: self.cleaned_data[_field_name(kind)] for kind in labels()}


def _field_name(kind: str) -> str:
    return kind.replace(".", "-")
