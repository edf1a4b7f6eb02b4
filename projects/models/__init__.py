"""Projects and who takes part in them."""

from projects.models.partner import Partner
from projects.models.project import Project, ProjectQuerySet

__all__ = ["Partner", "Project", "ProjectQuerySet"]
