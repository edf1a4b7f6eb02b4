"""The columns of the list of projects in other forms."""

from hub.exports import Column, address
from projects.models import Project


def _partners(project: Project) -> str:
    rows = getattr(project, "accepted_partners", [])
    return "; ".join(partner.organisation.name for partner in rows)


#: Headings are names for programs and stay the same in every language.
COLUMNS: list[Column] = [
    ("project", lambda row: row.slug),
    ("title", lambda row: row.title),
    ("status", lambda row: row.status),
    ("lead", lambda row: row.lead.name),
    ("partners", _partners),
    ("place", lambda row: row.place.name if row.place else ""),
    ("start_date", lambda row: row.start_date),
    ("end_date", lambda row: row.end_date),
    ("summary", lambda row: row.summary),
    ("last_modified", lambda row: row.last_modified),
    ("url", address),
]
