"""The people of an organisation: who belongs, in which role, who is invited."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hub.attempts import attempt, sent
from hub.permissions import may
from hub.ratelimit import INVITATIONS, within
from organisations import access
from organisations.acting import ActingRequest
from organisations.forms.people import EndForm, InviteForm, RoleForm
from organisations.models import Invitation, Membership, Organisation
from organisations.services.invitations import invite_person, withdraw_invitation
from organisations.services.memberships import change_role, end_membership


@login_required
@require_safe
def people(request: ActingRequest, slug: str) -> HttpResponse:
    """Who belongs to the organisation; administrators may change it here."""
    organisation = access.organisation_with(request.actor, slug, "organisations.see_people")
    return _page(request, organisation)


def _page(
    request: ActingRequest,
    organisation: Organisation,
    *,
    invite: InviteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    rows = Membership.objects.active().filter(organisation=organisation)
    memberships = sorted(
        rows.select_related("person"), key=lambda row: (-row.rank, str(row.person).casefold())
    )
    manages = may(actor, "organisations.manage_people", organisation)
    invitations = Invitation.objects.open().filter(organisation=organisation) if manages else []
    may_invite = may(actor, "organisations.invite", organisation)
    context = {
        "organisation": organisation,
        "memberships": memberships,
        "manages": manages,
        "invitations": invitations,
        "invite": (invite or InviteForm()) if may_invite else None,
        "roles": Membership.Role.choices,
    }
    return render(request, "organisations/people.html", context, status=status)


@login_required
@require_POST
def invite(request: ActingRequest, slug: str) -> HttpResponse:
    """Invite somebody by mail."""
    organisation = access.organisation_with(request.actor, slug, "organisations.invite")
    form = InviteForm(request.POST)
    tried = attempt(
        form,
        within(
            request,
            INVITATIONS,
            lambda: invite_person(
                organisation=organisation,
                email=form.cleaned_data["email"],
                role=form.cleaned_data["role"],
                actor=request.actor.on_behalf_of(organisation),
            ),
        ),
    )
    if tried.result:
        told = _("The invitation to %(email)s is on its way.") % {"email": tried.result.email}
        messages.success(request, told)
        return redirect("organisations:people", organisation.slug)
    return _page(request, organisation, invite=form, status=tried.status)


@login_required
@require_POST
def withdraw(request: ActingRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = access.invitation_to_withdraw(request.actor, slug, pk)
    actor = request.actor.on_behalf_of(invitation.organisation)
    try:
        withdraw_invitation(invitation=invitation, actor=actor)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The invitation is taken back. Its link no longer works."))
    return redirect("organisations:people", slug)


@login_required
@require_POST
def role(request: ActingRequest, slug: str, pk: int) -> HttpResponse:
    """Give a member another role."""
    membership = access.membership_for(request.actor, slug, pk, "organisations.change_role")
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the roles."))
        return redirect("organisations:people", slug)
    actor = request.actor.on_behalf_of(membership.organisation)
    try:
        change_role(membership=membership, role=form.cleaned_data["role"], actor=actor)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        changed = _("%(person)s is now: %(role)s.") % {
            "person": membership.person,
            "role": dict(Membership.Role.choices)[form.cleaned_data["role"]],
        }
        messages.success(request, changed)
    return redirect("organisations:people", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: ActingRequest, slug: str, pk: int) -> HttpResponse:
    """End a membership: a page that asks, then the act."""
    membership = access.membership_for(request.actor, slug, pk, "organisations.end_membership")
    organisation = membership.organisation
    own = membership.person_id == request.user.pk
    form = EndForm(sent(request))
    actor = request.actor.on_behalf_of(organisation)
    tried = attempt(
        form,
        lambda: end_membership(
            membership=membership, actor=actor, reason=form.cleaned_data["reason"]
        ),
    )
    if tried.done:
        messages.success(request, _("The membership has ended."))
        if own:
            return redirect("account_profile")
        return redirect("organisations:people", slug)
    context = {"organisation": organisation, "membership": membership, "form": form, "own": own}
    return render(request, "organisations/membership_end.html", context, status=tried.status)
