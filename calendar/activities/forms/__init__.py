"""All input of the calendar."""

from activities.forms.activity import ActivityForm
from activities.forms.others import (
    AnswerForm,
    AskForm,
    FeedTokenForm,
    MoveForm,
    ReasonForm,
)
from activities.forms.selection import CalendarForm, FeedForm, SelectionForm

__all__ = [
    "ActivityForm",
    "AnswerForm",
    "AskForm",
    "CalendarForm",
    "FeedForm",
    "FeedTokenForm",
    "MoveForm",
    "ReasonForm",
    "SelectionForm",
]
