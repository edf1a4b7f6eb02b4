"""Who may do what with a project."""

from hub.permissions import rule
from organisations.acting import Actor
from organisations.models import Organisation
from projects.models import Partner, Project


def is_working(organisation: Organisation | None) -> bool:
    """A verified organisation: only those may bind themselves and others in public."""
    return organisation is not None and organisation.is_verified


@rule("projects.create")
def may_create(actor: Actor, _nothing: None) -> bool:
    """Editors acting for a verified organisation."""
    return is_working(actor.organisation) and actor.acts_for(actor.organisation, "editor")


@rule("projects.view")
def may_view(actor: Actor, project: Project) -> bool:
    """Everyone, or the members of those who take part."""
    if project.visibility == Project.Visibility.PUBLIC or actor.holds(project.lead):
        return True
    return any(
        partner.state in Partner.TAKING_PART and actor.holds(partner.organisation)
        for partner in project.partners.all()
    )


@rule("projects.edit")
def may_edit(actor: Actor, project: Project) -> bool:
    """Editors acting for the lead organisation."""
    return is_working(project.lead) and actor.acts_for(project.lead, "editor")


@rule("projects.answer")
def may_answer(actor: Actor, partner: Partner) -> bool:
    """Editors of the invited organisation."""
    return partner.state == Partner.State.INVITED and actor.acts_for(partner.organisation, "editor")


@rule("projects.leave")
def may_leave(actor: Actor, partner: Partner) -> bool:
    """Editors of an organisation that takes part."""
    return partner.state == Partner.State.ACCEPTED and actor.acts_for(
        partner.organisation, "editor"
    )
