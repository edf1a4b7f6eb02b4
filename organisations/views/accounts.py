"""One's own account: settings, memberships, invitations; and for whom one acts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from hub.attempts import sent
from hub.redirects import next_of
from organisations.accounts import remember_language
from organisations.acting import ActingRequest, choose
from organisations.forms.people import SettingsForm
from organisations.models import Membership, User
from organisations.services.invitations import invitations_for
from organisations.services.people import save_settings


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: ActingRequest) -> HttpResponse:
    """Name, language and time zone; where one belongs; what one is invited to."""
    person = request.actor.signed_in()
    form = SettingsForm(sent(request), instance=User.objects.get(pk=person.pk))
    if form.is_valid():
        save_settings(person=person, actor=request.actor, **form.cleaned_data)
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Your settings are kept."))
        response = redirect("account_profile")
        remember_language(response, form.cleaned_data["language"])
        return response
    memberships = Membership.objects.active().filter(person=person)
    context = {
        "form": form,
        "memberships": memberships.select_related("organisation__place"),
        "invitations": invitations_for(person),
    }
    status = 422 if form.is_bound else 200
    return render(request, "account/profile.html", context, status=status)


@login_required
@require_POST
def acting(request: ActingRequest) -> HttpResponse:
    """Choose for whom one acts from now on; 403 where one does not belong."""
    choose(request, request.POST.get("acting_for", ""))
    return redirect(next_of(request))
