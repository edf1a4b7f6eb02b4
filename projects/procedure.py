"""The life of a project, as data: which move leads from where to where, and what it needs."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.models.project import Status


class Move(NamedTuple):
    """One move.  `act` names it in the audit trail, `label` stands on the button."""

    origins: tuple[str, ...]
    target: str
    needs_reason: bool
    act: str
    label: Promise
    done: Promise


MOVES: dict[str, Move] = {
    "start": Move(
        (Status.PLANNED,),
        Status.ACTIVE,
        False,
        "started",
        _("Start the project"),
        _("Started the project"),
    ),
    "finish": Move(
        (Status.ACTIVE,),
        Status.FINISHED,
        False,
        "finished",
        _("Finish the project"),
        _("Finished the project"),
    ),
    "stop": Move(
        (Status.PLANNED, Status.ACTIVE),
        Status.STOPPED,
        True,
        "stopped",
        _("Stop the project"),
        _("Stopped the project"),
    ),
    "reopen": Move(
        (Status.FINISHED, Status.STOPPED),
        Status.ACTIVE,
        True,
        "reopened",
        _("Take the project up again"),
        _("Took the project up again"),
    ),
}


def moves_from(status: str) -> dict[str, Move]:
    """The moves that are possible in `status`."""
    return {name: move for name, move in MOVES.items() if status in move.origins}
