"""Invitations as those see them who were invited."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from organisations import access
from organisations.acting import ActingRequest
from organisations.services.invitations import accept_invitation, decline_invitation


@never_cache
@require_safe
def invitation(request: ActingRequest, token: str) -> HttpResponse:
    """What one is invited to.  Looking changes nothing: mail scanners follow links too."""
    found = access.invitation_by_token(token)
    own = request.user.is_authenticated and request.user.email.lower() == found.email
    context = {"invitation": found, "organisation": found.organisation, "own": own}
    status = 200 if found.is_open else 410
    return render(request, "organisations/invitation.html", context, status=status)


@login_required
@require_POST
def accept(request: ActingRequest, pk: int) -> HttpResponse:
    """Join."""
    found = access.invitation_to_answer(request.actor, pk)
    try:
        membership = accept_invitation(invitation=found, actor=request.actor)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("account_profile")
    welcome = _("Welcome! You belong to “%(organisation)s” now and may act for it.")
    messages.success(request, welcome % {"organisation": found.organisation.name})
    return redirect(membership.organisation)


@login_required
@require_POST
def decline(request: ActingRequest, pk: int) -> HttpResponse:
    """Say no."""
    found = access.invitation_to_answer(request.actor, pk)
    try:
        decline_invitation(invitation=found, actor=request.actor)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("You declined the invitation."))
    return redirect("account_profile")
