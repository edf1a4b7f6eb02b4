"""Everything people type into forums."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums import procedures
from forums.fields import KeyField, organisations, places
from forums.models import Forum, Opening, Visibility
from forums.models.post import fresh_key
from forums.procedures import MoveKind, Need
from hub.fields import DayField, MarkdownField, SeveralField
from hub.files.forms import DocumentsField


class ForumForm(forms.Form):
    """Opening a forum, or changing one."""

    title = forms.CharField(label=_("Title"), max_length=120)
    purpose = forms.CharField(
        label=_("Purpose"), max_length=250, help_text=_("One sentence: what is talked about here.")
    )
    place: Any = forms.ModelChoiceField(
        label=_("Place"), queryset=None, required=False, empty_label=_("No place in particular")
    )
    hosts: Any = SeveralField(
        label=_("Hosting together with"),
        queryset=None,
        required=False,
        help_text=_("Their editors may look after the forum as yours do."),
    )
    visibility = forms.ChoiceField(
        label=_("Who may read"), choices=Visibility.choices, widget=forms.RadioSelect
    )
    opening = forms.ChoiceField(
        label=_("Who may open topics"), choices=Opening.choices, widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of topic"), choices=(), widget=forms.CheckboxSelectMultiple
    )
    rules = MarkdownField(
        label=_("Rules of the forum"),
        required=False,
        rows=6,
        help_text=_("How people should speak here, and what the hosts remove. Markdown works."),
    )

    def __init__(self, *args: Any, forum: Forum | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self._initial(forum))
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["place"].queryset = places()
        fields["hosts"].queryset = organisations()
        fields["kinds"].choices = procedures.kind_choices()

    @staticmethod
    def _initial(forum: Forum | None) -> dict[str, Any]:
        if forum is None:
            return {
                "visibility": Visibility.PUBLIC,
                "opening": Opening.EVERYONE,
                "kinds": [kind for kind, _label in procedures.kind_choices()],
            }
        names = ("title", "purpose", "place", "visibility", "opening", "kinds", "rules")
        return {**{name: getattr(forum, name) for name in names}, "hosts": forum.hosts.all()}


class TopicForm(forms.Form):
    """Opening a topic with its first post."""

    kind = forms.ChoiceField(label=_("Kind"), choices=(), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"), max_length=160, help_text=_("A short sentence: what is it about?")
    )
    body = MarkdownField(label=_("Text"))
    comments = forms.BooleanField(label=_("Others may reply"), required=False, initial=True)
    key = KeyField()

    def __init__(self, *args: Any, kinds: list[procedures.Procedure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", fresh_key())
        self.initial.setdefault("kind", kinds[0].kind if kinds else "")
        fields: Any = self.fields
        fields["kind"].choices = [(each.kind, each.label) for each in kinds]
        if not any(each.kind == "announcement" for each in kinds):
            del self.fields["comments"]


class ReplyForm(forms.Form):
    """A post."""

    body = MarkdownField(label=_("Your post"), rows=5)
    key = KeyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", fresh_key())


class EditPostForm(forms.Form):
    """Changing one's own post; `version` says what it was made from."""

    body = MarkdownField(label=_("Your post"))
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """A reason for an act of the hosts, shown to everyone it concerns."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone can read it."),
    )


class TitleForm(forms.Form):
    """Another title for a topic."""

    title = forms.CharField(label=_("Title"), max_length=160)


class MoveForm(forms.Form):
    """What a move needs and what it may take, and nothing else."""

    seen_stage = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)

    def __init__(self, *args: Any, move: MoveKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for need, (name, made) in _FIELDS.items():
            if need in move.fields:
                self.fields[name] = made(need in move.needs)

    @property
    def given(self) -> dict[str, Any]:
        """What `make_move` is called with."""
        data = {**self.cleaned_data}
        return {**data, "seen_stage": data.get("seen_stage") or None}


def _reason(required: bool) -> forms.Field:
    return forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone can read it."),
    )


def _date(required: bool) -> forms.Field:
    return DayField(label=_("New day"), required=required)


def _text(required: bool) -> forms.Field:
    return MarkdownField(label=_("Text"), required=required, rows=12, max_length=60_000)


def _documents(required: bool) -> forms.Field:
    return DocumentsField(required=required)


_FIELDS = {
    Need.DATE: ("date", _date),
    Need.TEXT: ("text", _text),
    Need.DOCUMENT: ("documents", _documents),
    Need.REASON: ("reason", _reason),
}
