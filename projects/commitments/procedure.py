"""What the debtor may say next, as data."""

from projects.commitments.models.commitment import State

# Reported state -> the states that the next report may give.  What has begun is not "planned"
# again, and nothing is final: work can be taken up again, with a report that says why.
NEXT: dict[str, tuple[str, ...]] = {
    State.PLANNED: (State.PLANNED, State.IN_PROGRESS, State.DONE, State.DROPPED),
    State.IN_PROGRESS: (State.IN_PROGRESS, State.DONE, State.DROPPED),
    State.DONE: (State.DONE, State.IN_PROGRESS),
    State.DROPPED: (State.DROPPED, State.IN_PROGRESS),
}


def allows(old: str, new: str) -> bool:
    """Whether a report may lead from `old` to `new`."""
    return new in NEXT[old]


def progress_of(state: str, percent: int) -> int:
    """The percentage that fits `state`: nothing yet, everything, or what was said between."""
    if state == State.PLANNED:
        return 0
    if state == State.DONE:
        return 100
    return min(percent, 99)
