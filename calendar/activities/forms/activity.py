"""The form with which an activity is planned and changed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities import recurrence, times, zones
from activities.forms.fields import ClockField, DayField, OrganisationField, PointFields
from activities.models import Activity, Kind, Visibility
from activities.recurrence import Rule, position_of
from activities.services.activities import WORDS
from activities.times import When, problem
from hub.fields import TagsField
from hub.files.forms import DocumentField
from organisations.fields import PlaceField
from organisations.models import Organisation

LONGEST_DESCRIPTION = 8000
_REPEATS = [
    ("", gettext_lazy("It takes place once")),
    ("DAILY", gettext_lazy("by days")),
    ("WEEKLY", gettext_lazy("by weeks, on the same weekday")),
    ("MONTHLY", gettext_lazy("by months, on the same day of the month")),
    ("WEEKDAY", gettext_lazy("by months, on the same weekday, such as the second Tuesday")),
]


class ActivityForm(PointFields):
    """What an activity is, when, where and with whom."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    summary = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "What it is about, for whom, and how to take part. "
            "You may use Markdown for headings, lists and links."
        ),
    )
    all_day = forms.BooleanField(label=gettext_lazy("All day"), required=False)
    start_date = DayField(label=gettext_lazy("First day"))
    start_time = ClockField(label=gettext_lazy("From"), required=False)
    end_date = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave it empty where it ends on the same day."),
    )
    end_time = ClockField(label=gettext_lazy("Until"), required=False)
    tzid = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("The times are those of the clocks there."),
    )
    repeat = forms.ChoiceField(label=gettext_lazy("Repeats"), required=False, choices=_REPEATS)
    repeat_every = forms.IntegerField(
        label=gettext_lazy("Every"),
        required=False,
        min_value=1,
        max_value=30,
        help_text=gettext_lazy("2 means every second day, week or month."),
    )
    repeat_until = DayField(label=gettext_lazy("Last possible day of the series"), required=False)
    repeat_count = forms.IntegerField(
        label=gettext_lazy("Or how many times in all"),
        required=False,
        min_value=2,
        max_value=recurrence.MOST_OCCURRENCES,
    )
    location = forms.CharField(
        label=gettext_lazy("Venue"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Building, street, room."),
    )
    place = PlaceField(label=gettext_lazy("Municipality"), required=False)
    conference_url = forms.URLField(
        label=gettext_lazy("Address of the online meeting"),
        required=False,
        max_length=400,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    tags = TagsField(
        label=gettext_lazy("Tags"),
        required=False,
        help_text=gettext_lazy("With commas between them: youth, environment, budget."),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may see it"),
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
        widget=forms.RadioSelect,
    )
    co_organiser_1 = OrganisationField(
        label=gettext_lazy("Co-organiser"),
        required=False,
        help_text=gettext_lazy(
            "They are asked; until all have answered, it is shown as tentative."
        ),
    )
    co_organiser_2 = OrganisationField(label=gettext_lazy("Second co-organiser"), required=False)
    co_organiser_3 = OrganisationField(label=gettext_lazy("Third co-organiser"), required=False)
    document = DocumentField(label=gettext_lazy("Document"))
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    groups = (
        (gettext_lazy("What"), ("kind", "summary", "description", "tags")),
        (
            gettext_lazy("When"),
            ("start_date", "end_date", "start_time", "end_time", "tzid", "all_day"),
        ),
        (gettext_lazy("Series"), ("repeat", "repeat_every", "repeat_until", "repeat_count")),
        (
            gettext_lazy("Where"),
            ("location", "place", "conference_url", "latitude", "longitude"),
        ),
        (
            gettext_lazy("Who"),
            ("co_organiser_1", "co_organiser_2", "co_organiser_3", "visibility", "document"),
        ),
    )

    def __init__(
        self,
        *args: Any,
        activity: Activity | None = None,
        organisation: Organisation | None,
        person: Any = None,
        **kwargs: Any,
    ) -> None:
        self.activity = activity
        self.organisation = organisation
        own = _initial_of(activity) if activity else _initial_for(organisation, person)
        kwargs["initial"] = {**own, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Choose a kind")), *Kind.choices]  # type: ignore[attr-defined]
        self.fields["tzid"].choices = zones.choices()  # type: ignore[attr-defined]
        place = self.fields["place"]
        assert isinstance(place, PlaceField)
        place.fill()
        if activity is not None:
            for number in (1, 2, 3):
                del self.fields[f"co_organiser_{number}"]

    def fieldsets(self) -> Iterator[tuple[Any, list[forms.BoundField], bool]]:
        """Groups of fields with their headings, and whether two stand beside each other."""
        for heading, names in self.groups:
            fields = [self[name] for name in names if name in self.fields]
            yield heading, fields, "start_date" in names or "repeat" in names

    def clean_summary(self) -> str:
        """The title on one line."""
        return " ".join(self.cleaned_data["summary"].split())

    def clean(self) -> dict[str, Any]:
        """Put together when it is and how it repeats, where the parts are good."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.clean_point(cleaned)
        try:
            when = self._when(cleaned)
            if when is None:
                return cleaned
            times.check(when)
            rule = self._rule(cleaned, when)
            if rule is not None:
                recurrence.check(rule, when)
            cleaned |= {"when": when, "rule": rule}
        except ValidationError as error:
            self.add_error(None, error)
        self._clean_partners(cleaned)
        return cleaned

    def _when(self, cleaned: dict[str, Any]) -> When | None:
        first = cleaned.get("start_date")
        if first is None or "tzid" not in cleaned or "end_date" not in cleaned:
            return None
        last = cleaned["end_date"] or first
        if cleaned["all_day"]:
            return When.days(first, last, cleaned["tzid"])
        missing = [name for name in ("start_time", "end_time") if cleaned.get(name) is None]
        for name in missing:
            if name not in self.errors:
                self.add_error(name, _("Give the time, or choose “All day”."))
        if missing:
            return None
        return When(
            datetime.combine(first, cleaned["start_time"].replace(second=0, microsecond=0)),
            datetime.combine(last, cleaned["end_time"].replace(second=0, microsecond=0)),
            cleaned["tzid"],
        )

    def _rule(self, cleaned: dict[str, Any], when: When) -> Rule | None:
        repeat = cleaned.get("repeat")
        if not repeat or {"repeat_every", "repeat_until", "repeat_count"} & set(self.errors):
            return None
        until, count = cleaned.get("repeat_until"), cleaned.get("repeat_count")
        if until is None and count is None:
            raise problem(
                "repeat_until",
                _("Say when the series ends, or how many times it takes place."),
                "endless",
            )
        if until is not None and count is not None:
            raise problem(
                "repeat_count", _("Give the last day or the number of times, not both."), "both"
            )
        return Rule(
            freq="MONTHLY" if repeat == "WEEKDAY" else repeat,
            interval=cleaned.get("repeat_every") or 1,
            until=until,
            count=count,
            position=position_of(when.first_day) if repeat == "WEEKDAY" else None,
        )

    def _clean_partners(self, cleaned: dict[str, Any]) -> None:
        chosen: dict[int, Organisation] = {}
        for number in (1, 2, 3):
            name = f"co_organiser_{number}"
            organisation = cleaned.pop(name, None)
            if organisation is None:
                continue
            if organisation == self.organisation:
                self.add_error(name, _("The organiser cannot be its own co-organiser."))
            chosen[organisation.pk] = organisation
        cleaned["co_organisers"] = list(chosen.values())

    def stale(self) -> bool:
        """Whether somebody else changed the activity since this form was opened."""
        version = self.data.get("version", "")
        return self.activity is not None and version != self.activity.last_modified.isoformat()

    def renew_version(self) -> None:
        """Let the form be sent again over the present state of the activity."""
        assert self.activity is not None
        sent = {name: self.data.get(name) for name in self.data}
        self.data = {**sent, "version": self.activity.last_modified.isoformat()}

    def plan(self) -> dict[str, Any]:
        """What the services take: words, time, tags, documents."""
        cleaned = self.cleaned_data
        document = cleaned.get("document")
        return {
            **{name: cleaned[name] for name in WORDS},
            "when": cleaned["when"],
            "rule": cleaned["rule"],
            "tags": cleaned["tags"],
            "documents": [document] if document else [],
        }


def _initial_for(organisation: Organisation | None, person: Any) -> dict[str, Any]:
    tomorrow = timezone.localdate() + timedelta(days=1)
    place = organisation.place if organisation else None
    return {
        "start_date": tomorrow,
        "tzid": zones.default_zone(place=place, person=person),
        "place": place.code if place else "",
    }


def _initial_of(activity: Activity) -> dict[str, Any]:
    when, rule = activity.when, activity.rule
    repeat = ""
    if rule is not None:
        repeat = "WEEKDAY" if rule.position is not None else rule.freq
    last: date | None = when.last_day if when.last_day != when.first_day else None
    if not when.all_day and when.end.date() != when.start.date():
        last = when.end.date()
    return {
        **{name: getattr(activity, name) for name in WORDS},
        "place": activity.place.code if activity.place else "",
        "all_day": when.all_day,
        "start_date": when.first_day,
        "start_time": None if when.all_day else when.start.time(),
        "end_date": last,
        "end_time": None if when.all_day else when.end.time(),
        "tzid": when.tzid,
        "repeat": repeat,
        "repeat_every": rule.interval if rule and rule.interval != 1 else None,
        "repeat_until": rule.until if rule else None,
        "repeat_count": rule.count if rule else None,
        "tags": activity.tags.all(),
        "version": activity.last_modified.isoformat(),
    }
