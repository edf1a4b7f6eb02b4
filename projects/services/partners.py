"""Partners: invited, answering, leaving."""

from http import HTTPStatus

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub import audit
from hub.notifications.services import close_notices, notify
from hub.permissions import require
from hub.refusals import Refused
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Organisation
from organisations.people import people_of
from projects.models import Partner, Project

State = Partner.State


@write
def invite_partner(
    *, project: Project, organisation: Organisation, role: str = "", actor: Actor
) -> Partner:
    """Ask `organisation` to take part.  One that declined or left may be asked again."""
    require(actor, "projects.edit", project)
    if organisation == project.lead:
        raise Refused(
            _("%(organisation)s leads the project already.") % {"organisation": organisation},
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            field="organisation",
        )
    partner, made = Partner.objects.get_or_create(
        project=project, organisation=organisation, defaults={"role": role}
    )
    if not made:
        asked = Partner.objects.filter(
            pk=partner.pk, state__in=[State.DECLINED, State.LEFT]
        ).update(state=State.INVITED, role=role, reason="", answered=None, person=None)
        if not asked:
            raise Refused(
                _("%(organisation)s has been invited already.") % {"organisation": organisation},
                field="organisation",
            )
        partner.refresh_from_db()
    audit.record(
        "projects.partner.invited",
        target=project,
        actor=actor,
        changes={"partner": ("", organisation.name)},
    )
    notify(people_of([organisation]), "projects.invited", actor=actor, target=project)
    return partner


def _no_longer_asked(partner: Partner) -> None:
    people = people_of([partner.organisation])
    close_notices("projects.invited", target=partner.project, people=people)


def _answer(partner: Partner, origin: str, state: str, actor: Actor, reason: str) -> None:
    actor.must_act_for(partner.organisation)
    claimed = Partner.objects.filter(pk=partner.pk, state=origin).update(
        state=state, person=actor.signed_in(), reason=reason, answered=timezone.now()
    )
    if not claimed:
        raise Refused(_("This was answered meanwhile. Look at where it stands now."))
    partner.refresh_from_db()
    audit.record(
        f"projects.partner.{state}",
        target=partner.project,
        actor=actor,
        changes={"partner": (origin, state)},
        reason=reason,
    )
    _no_longer_asked(partner)
    notify(
        people_of([partner.project.lead]),
        "projects.answered",
        actor=actor,
        target=partner.project,
        answer=state,
    )


@write
def answer_invitation(*, partner: Partner, accept: bool, actor: Actor, reason: str = "") -> Partner:
    """Accept the invitation, or decline it (a reason helps, but is not demanded)."""
    _answer(partner, State.INVITED, State.ACCEPTED if accept else State.DECLINED, actor, reason)
    return partner


@write
def leave_project(*, partner: Partner, actor: Actor, reason: str) -> Partner:
    """Stop taking part, with a reason."""
    if not reason.strip():
        raise Refused(
            _("Say why, so that the partners understand it."),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            field="reason",
        )
    _answer(partner, State.ACCEPTED, State.LEFT, actor, reason)
    return partner


@write
def withdraw_invitation(*, partner: Partner, actor: Actor) -> None:
    """Take back an invitation that has not been answered."""
    require(actor, "projects.edit", partner.project)
    removed, _rows = Partner.objects.filter(pk=partner.pk, state=State.INVITED).delete()
    if not removed:
        raise Refused(_("This was answered meanwhile. Look at where it stands now."))
    audit.record(
        "projects.partner.withdrawn",
        target=partner.project,
        actor=actor,
        changes={"partner": (partner.organisation.name, "")},
    )
    _no_longer_asked(partner)
