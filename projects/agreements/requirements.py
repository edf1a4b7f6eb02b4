"""What other rooms ask for before an agreement may be sent for signature."""

from collections.abc import Callable

from projects.agreements.models import Agreement

Requirement = Callable[[Agreement], str]
_requirements: list[Requirement] = []


def register_requirement(check: Requirement) -> None:
    """`check(agreement)` says in the active language what is missing, or gives ""."""
    _requirements.append(check)


def missing(agreement: Agreement) -> str:
    """The first thing that is missing, or ""."""
    return next((words for check in _requirements if (words := check(agreement))), "")
