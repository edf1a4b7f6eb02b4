"""The life of an agreement, as data: which move leads from which state to which.

`sign` keeps the agreement where it is until the last party has signed; `activate` is what
then happens.  `end` is done by the hub when the last day has passed.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.agreements.models.status import State


class Move(NamedTuple):
    """One move: from which states, to which, and whether a reason must be given.

    `act` names it in the audit trail, `label` stands on the button, `done` in the history.
    """

    origins: tuple[str, ...]
    target: str
    needs_reason: bool
    act: str
    label: Promise
    done: Promise


MOVES: dict[str, Move] = {
    "propose": Move(
        (State.DRAFT,),
        State.PROPOSED,
        False,
        "sent",
        _("Send for signature"),
        _("Sent the agreement for signature"),
    ),
    "take_back": Move(
        (State.PROPOSED,),
        State.DRAFT,
        True,
        "taken-back",
        _("Take back for changes"),
        _("Took the agreement back for changes"),
    ),
    "sign": Move(
        (State.PROPOSED,),
        State.PROPOSED,
        False,
        "signed",
        _("State that we have signed"),
        _("Signed the agreement"),
    ),
    "decline": Move(
        (State.PROPOSED,),
        State.PROPOSED,
        True,
        "declined",
        _("Decline to sign"),
        _("Declined to sign"),
    ),
    "cancel": Move(
        (State.DRAFT, State.PROPOSED),
        State.CANCELLED,
        True,
        "cancelled",
        _("Withdraw the agreement"),
        _("Withdrew the agreement"),
    ),
    "activate": Move(
        (State.PROPOSED,),
        State.ACTIVE,
        False,
        "activated",
        _("Sign as the last party"),
        _("All parties have signed"),
    ),
    "terminate": Move(
        (State.ACTIVE,),
        State.TERMINATED,
        True,
        "terminated",
        _("Terminate the agreement"),
        _("Terminated the agreement"),
    ),
    "end": Move(
        (State.ACTIVE,), State.ENDED, False, "ended", _("End"), _("The last day has passed")
    ),
    "succeed": Move(
        (State.ACTIVE, State.ENDED),
        State.RENEWED,
        False,
        "renewed",
        _("Follow with a new agreement"),
        _("A new agreement took its place"),
    ),
}


def allows(move: str, state: str) -> bool:
    """Whether `move` starts in `state`."""
    return state in MOVES[move].origins
