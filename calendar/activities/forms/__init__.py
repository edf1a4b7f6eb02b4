"""All input of the calendar."""

from activities.forms.activity import ActivityForm
from activities.forms.others import (
    AnswerForm,
    AskForm,
    FeedTokenForm,
    MoveForm,
    ReasonForm,
)
from activities.forms.selection import FeedForm, MonthForm, SelectionForm

__all__ = [
    "ActivityForm",
    "AnswerForm",
    "AskForm",
    "FeedForm",
    "FeedTokenForm",
    "MonthForm",
    "MoveForm",
    "ReasonForm",
    "SelectionForm",
]
