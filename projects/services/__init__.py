"""Changing projects."""

from projects.services.links import link, unlink
from projects.services.partners import (
    answer_invitation,
    invite_partner,
    leave_project,
    withdraw_invitation,
)
from projects.services.projects import create_project, edit_project, move_project

__all__ = [
    "answer_invitation",
    "create_project",
    "edit_project",
    "invite_partner",
    "leave_project",
    "link",
    "move_project",
    "unlink",
    "withdraw_invitation",
]
