"""Everything that people send to the rooms of projects."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from forums.models import Topic
from hub.fields import DayField, MarkdownField, TagsField
from organisations.fields import PlaceField
from projects.fields import OrganisationField, organisation_choices
from projects.models import Project


class ProjectForm(forms.ModelForm):
    """What a project says of itself."""

    description = MarkdownField(label=_("Description"), required=False, rows=10)
    place = PlaceField(label=_("Place"), required=False, help_text=_("Where most of it happens."))
    start_date = DayField(label=_("First day"), required=False)
    end_date = DayField(label=_("Last day"), required=False)
    tags = TagsField(
        label=_("Tags"),
        required=False,
        help_text=_("With commas between them: youth, environment, budget."),
    )

    class Meta:
        model = Project
        fields = [
            "title", "summary", "description", "place", "start_date", "end_date", "tags",
            "visibility",
        ]  # fmt: skip
        labels = {
            "title": _("Title"),
            "summary": _("In one sentence"),
            "visibility": _("Who sees the project"),
        }
        widgets = {"visibility": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, PlaceField)
        place.fill()
        self.fields["visibility"].choices = Project.Visibility.choices  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["place"] = self.instance.place.code if self.instance.place else ""
            self.initial["tags"] = self.instance.tags.all()

    def clean(self) -> dict[str, Any]:
        """The last day does not lie before the first."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("start_date"), data.get("end_date")
        if first and last and last < first:
            self.add_error("end_date", _("The last day lies before the first."))
        return data

    def _post_clean(self) -> None:
        """The service writes the row; the form only checks what was typed."""


class ReasonForm(forms.Form):
    """A reason, read by everyone concerned."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required


class InviteForm(forms.Form):
    """An organisation and what it shall do."""

    organisation = OrganisationField(label=_("Organisation"))
    role = forms.CharField(
        label=_("What it does in the project"),
        max_length=160,
        required=False,
        help_text=_("For example: runs the training, gives the rooms, reports about it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, OrganisationField)
        field.fill(organisation_choices())


class LinkForm(forms.Form):
    """The address of a topic or an activity of this hub."""

    address = forms.CharField(
        label=_("Address of the topic or activity"),
        max_length=500,
        help_text=_("Copy it from the address line of your browser."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_address(self) -> Topic | Activity:
        """What stands at the address, if the person may see it."""
        try:
            path = urlsplit(self.cleaned_data["address"].strip()).path
            match = resolve(path if path.startswith("/") else f"/{path}")
        except (ValueError, Resolver404):  # no address at all, or none of ours
            match = None
        values = list(match.kwargs.values()) if match else []
        found: Topic | Activity | None = None
        if match and match.view_name == "forums:topic":
            found = Topic.objects.visible_to(self.person).filter(pk=values[0]).first()
        elif match and match.view_name == "activities:detail":
            found = Activity.objects.visible_to(self.person).filter(uid=values[0]).first()
        if found is None:
            raise ValidationError(
                _("There is no topic or activity at this address that you may see.")
            )
        return found
