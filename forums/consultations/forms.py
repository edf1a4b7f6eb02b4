"""The form of an invitation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.consultations.models import Audience, Consultation
from forums.fields import KeyField, organisations
from forums.models import Forum, Topic
from forums.models.post import fresh_key
from hub.fields import DayField, MarkdownField, SeveralField
from hub.files.forms import DocumentsField


class ConsultationForm(forms.Form):
    """Subject, text, who is asked, until when, by when the answer comes."""

    forum = forms.ModelChoiceField(
        label=_("Forum"),
        queryset=Forum.objects.none(),
        to_field_name="slug",
        empty_label=None,
        help_text=_("Forums that your organisation hosts."),
    )
    title = forms.CharField(label=_("Subject"), max_length=160)
    body = MarkdownField(
        label=_("Invitation"),
        rows=12,
        max_length=60_000,
        help_text=_(
            "What is to be decided, what you ask, and what happens with the contributions. "
            "Markdown works."
        ),
    )
    documents = DocumentsField()
    audience = forms.ChoiceField(
        label=_("Who may contribute"),
        choices=Audience.choices,
        initial=Audience.EVERYONE,
        widget=forms.RadioSelect,
    )
    invited: Any = SeveralField(
        label=_("Invited organisations"),
        queryset=None,
        required=False,
        help_text=_("Their members get a notice when you publish."),
    )
    closes = DayField(
        label=_("Closing day"),
        help_text=_("Contributions are taken until the end of this day."),
    )
    answer_due = DayField(
        label=_("Day the answer is due"),
        required=False,
        help_text=_("Left empty, it is 30 days after the closing day."),
    )
    key = KeyField()

    def __init__(self, *args: Any, forums: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", fresh_key())
        fields: Any = self.fields
        fields["invited"].queryset = organisations()
        if forums is None:
            del self.fields["forum"]
        else:
            fields["forum"].queryset = forums

    @property
    def terms(self) -> dict[str, Any]:
        """What the services are called with."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


def initial_of(topic: Topic) -> dict[str, Any]:
    """What the form of a draft shows at first."""
    consultation: Consultation = topic.consultation
    return {
        "title": topic.title,
        "body": topic.posts.get(number=1).body,
        "audience": consultation.audience,
        "invited": consultation.invited.all(),
        "closes": consultation.closes,
        "answer_due": consultation.answer_due,
    }
