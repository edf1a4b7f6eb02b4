"""The small forms: a reason, an answer, a request, a moved occurrence, an own feed."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities import times
from activities.forms.fields import ClockField, DayField, OrganisationField
from activities.models import Activity
from activities.recurrence import Span
from activities.times import When, wall
from organisations.fields import PlaceField
from organisations.models import Organisation


class ReasonForm(forms.Form):
    """Why something is called off or deleted."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everyone who sees the activity can read it."),
    )

    def clean_reason(self) -> str:
        """Without blanks around."""
        return str(self.cleaned_data["reason"]).strip()


class AnswerForm(forms.Form):
    """Accept or decline."""

    answer = forms.ChoiceField(choices=[("accept", "accept"), ("decline", "decline")])

    @property
    def accepts(self) -> bool:
        """Whether the answer is yes."""
        return bool(self.cleaned_data["answer"] == "accept")


class AskForm(forms.Form):
    """Ask one more organisation to organise together."""

    organisation = OrganisationField(label=gettext_lazy("Organisation"))


class MoveForm(forms.Form):
    """Another time or venue for one occurrence of a series."""

    start_date = DayField(label=gettext_lazy("First day"))
    start_time = ClockField(label=gettext_lazy("From"), required=False)
    end_date = DayField(label=gettext_lazy("Last day"), required=False)
    end_time = ClockField(label=gettext_lazy("Until"), required=False)
    location = forms.CharField(
        label=gettext_lazy("Venue"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Leave it empty where the venue stays the same."),
    )

    def __init__(self, *args: Any, activity: Activity, day: date, **kwargs: Any) -> None:
        self.activity = activity
        span = next(span for span in activity.spans() if span.original == day)
        kwargs["initial"] = _span_initial(activity, span)
        super().__init__(*args, **kwargs)
        if activity.all_day:
            del self.fields["start_time"], self.fields["end_time"]
        else:
            self.fields["start_time"].required = self.fields["end_time"].required = True

    def clean(self) -> dict[str, Any]:
        """Put the new time together, where its parts are good."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        first, last = cleaned["start_date"], cleaned["end_date"] or cleaned["start_date"]
        if self.activity.all_day:
            when = When.days(first, last, self.activity.tzid)
        else:
            when = When(
                datetime.combine(first, cleaned["start_time"]),
                datetime.combine(last, cleaned["end_time"]),
                self.activity.tzid,
            )
        try:
            times.check(when)
        except ValidationError as error:
            self.add_error(None, error)
        cleaned["when"] = when
        return cleaned


def _span_initial(activity: Activity, span: Span) -> dict[str, Any]:
    when = When.between(span.dtstart, span.dtend, activity.tzid, activity.all_day)
    last = when.last_day if activity.all_day else wall(span.dtend, activity.tzid).date()
    return {
        "start_date": when.first_day,
        "start_time": when.start.time(),
        "end_date": last if last != when.first_day else None,
        "end_time": when.end.time(),
        "location": span.location,
    }


class FeedTokenForm(forms.Form):
    """A new own feed."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("For yourself: “My phone”, “Office calendar”."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    with_deadlines = forms.BooleanField(
        label=gettext_lazy("With closing days and other deadlines"), required=False, initial=True
    )
    follow_1 = OrganisationField(
        label=gettext_lazy("Follow an organisation too"),
        required=False,
        help_text=gettext_lazy("The activities of your own organisations are in it anyway."),
    )
    follow_2 = OrganisationField(label=gettext_lazy("And another one"), required=False)
    place = PlaceField(label=gettext_lazy("Follow a municipality too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        place = self.fields["place"]
        assert isinstance(place, PlaceField)
        place.fill()

    def clean_name(self) -> str:
        """On one line."""
        name = " ".join(self.cleaned_data["name"].split())
        if not name:
            raise ValidationError(_("Give the feed a name."), code="required")
        return name

    def plan(self) -> dict[str, Any]:
        """What the service takes."""
        cleaned = self.cleaned_data
        followed: list[Organisation] = [
            cleaned[name] for name in ("follow_1", "follow_2") if cleaned.get(name)
        ]
        return {
            "name": cleaned["name"],
            "language": cleaned["language"],
            "with_deadlines": cleaned["with_deadlines"],
            "organisations": followed,
            "places": [cleaned["place"]] if cleaned.get("place") else [],
        }
