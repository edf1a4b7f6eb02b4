"""Everything that changes the calendar."""

from activities.services.activities import (
    cancel_activity,
    change_activity,
    delete_activity,
    plan_activity,
    reinstate_activity,
)
from activities.services.feeds import make_feed, note_fetch, revoke_feed
from activities.services.organisers import answer_request, ask_co_organisers, withdraw_request
from activities.services.series import leave_out, move_occurrence, put_back
from activities.services.texts import rewrite_texts

__all__ = [
    "answer_request",
    "ask_co_organisers",
    "cancel_activity",
    "change_activity",
    "delete_activity",
    "leave_out",
    "make_feed",
    "move_occurrence",
    "note_fetch",
    "plan_activity",
    "put_back",
    "reinstate_activity",
    "revoke_feed",
    "rewrite_texts",
    "withdraw_request",
]
