"""The filter of the calendar, and which month is shown."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from taggit.models import Tag

from activities.models import Activity, Kind
from activities.selection import Selection
from activities.times import FIRST_DAY, LAST_DAY
from hub import deadlines
from organisations.models import Organisation, Place

MOST_OFFERED = 300
KEPT_SECONDS = 60


class DeadlinesField(forms.CharField):
    """`yes`, `no`, or kinds of deadlines with commas between them."""

    def clean(self, value: Any) -> tuple[str, ...] | None:
        """None for all kinds, an empty tuple for none."""
        word = super().clean(value)
        if word in ("", "yes"):
            return None
        if word == "no":
            return ()
        kinds = tuple(sorted({kind.strip() for kind in word.split(",")}))
        known = deadlines.kinds()
        for kind in kinds:
            if kind not in known:
                raise ValidationError(
                    _("“%(value)s” is no kind of deadline. Known: %(known)s.")
                    % {"value": kind, "known": ", ".join(["yes", "no", *known])},
                    code="unknown",
                )
        return kinds


class SelectionForm(forms.Form):
    """What of the calendar to show; the same names and values as in the feed's address."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"), required=False, max_length=60, widget=forms.Select
    )
    place = forms.CharField(
        label=gettext_lazy("Municipality"), required=False, max_length=40, widget=forms.Select
    )
    tag = forms.CharField(
        label=gettext_lazy("Tag"), required=False, max_length=100, widget=forms.Select
    )
    deadlines = DeadlinesField(
        label=gettext_lazy("Deadlines"), required=False, max_length=200, widget=forms.Select
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", _("All kinds")), *Kind.choices]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["kind"].error_messages["invalid_choice"] = _(
            "“%(value)s” is no kind of activity."
        )

    def offer_choices(self) -> None:
        """Fill the selects with what the calendar holds; three queries a minute at most."""
        everything = {
            "organisation": _("All organisations"),
            "place": _("All municipalities"),
            "tag": _("All tags"),
        }
        key = f"activities.offered.{get_language()}"
        held = cache.get(key)
        if held is None:
            cache.set(key, held := _held(), KEPT_SECONDS)
        for name, words in everything.items():
            self._offer(name, words, held[name])
        kinds = [(kind, str(label)) for kind, label in deadlines.kinds().items()]
        self._offer("deadlines", _("Show all deadlines"), [("no", _("Show none")), *kinds])

    def _offer(self, name: str, everything: str, found: list[tuple[str, str]]) -> None:
        given = self.data.get(name, "")
        if given and given not in {value for value, _label in found}:
            found = [(given, given), *found]
        self.fields[name].widget.choices = [("", everything), *found]

    def selection(self) -> Selection:
        """What was asked for; wrong values ask for nothing special (the form says so)."""
        cleaned = self.cleaned_data
        return Selection(
            organisation=cleaned.get("organisation", ""),
            place=cleaned.get("place", ""),
            tag=cleaned.get("tag", ""),
            kind=cleaned.get("kind", ""),
            q=" ".join(cleaned.get("q", "").split()),
            deadline_kinds=cleaned.get("deadlines"),
        )


def _held() -> dict[str, list[tuple[str, str]]]:
    """Organisers, places and tags of public activities in the feeds' time; three queries."""
    rows = Activity.objects.in_feed(timezone.now()).public().order_by()
    organisers = Organisation.objects.filter(pk__in=rows.values("organisation_id"))
    places = Place.objects.filter(pk__in=rows.values("place_id"))[:MOST_OFFERED]
    tagged = Activity.tags.through.objects.filter(
        content_type__app_label="activities", object_id__in=rows.values("pk")
    )
    tags = Tag.objects.filter(pk__in=tagged.values("tag_id"))
    pairs = organisers.order_by("name").values_list("slug", "name")[:MOST_OFFERED]
    tag_pairs = tags.order_by("name").values_list("slug", "name")[:MOST_OFFERED]
    return {
        "organisation": list(pairs),
        "place": sorted(((row.code, row.name) for row in places), key=lambda pair: pair[1]),
        "tag": list(tag_pairs),
    }


class FeedForm(SelectionForm):
    """The address of a feed: nothing in it may be misspelt, or another feed would be read."""

    language = forms.ChoiceField(required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.given = data
        codes = [(code, code) for code, _name in settings.LANGUAGES]
        self.fields["language"].choices = codes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse names that no filter has, and names given twice."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.given:
            if name not in self.fields:
                raise ValidationError(
                    _("“%(name)s” is no filter. Known: %(known)s.")
                    % {"name": name, "known": ", ".join(self.fields)},
                    code="unknown",
                )
            if len(self.given.getlist(name)) > 1:
                raise ValidationError(
                    _("“%(name)s” is given twice.") % {"name": name}, code="twice"
                )
        return cleaned

    def problems(self) -> str:
        """All that is wrong, one line each."""
        lines = []
        for name, errors in self.errors.items():
            for error in errors:
                lines.append(str(error) if name == "__all__" else f"{name}: {error}")
        return "\n".join(lines) + "\n"


class CalendarForm(SelectionForm):
    """The filter of the pages, and what they show: `month=2026-11` or `day=2026-11-22`."""

    month = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    day = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def clean_month(self) -> date | None:
        """The first day of the month; None where none is asked for."""
        return self._day("month", "-01", _("Write the month as 2026-11."))

    def clean_day(self) -> date | None:
        """The day; None where none is asked for."""
        return self._day("day", "", _("Write the day as 2026-11-22."))

    def _day(self, name: str, rest: str, wrong: str) -> date | None:
        value = self.cleaned_data[name]
        if not value:
            return None
        try:
            day = date.fromisoformat(f"{value}{rest}")
        except ValueError:
            raise ValidationError(wrong, code="invalid") from None
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("Choose a month between 2000 and 2037."), code="range")
        return day
