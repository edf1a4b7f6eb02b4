"""What happens to an agreement: sent, signed, declined, taken back, withdrawn, ended."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hub.attempts import attempt, sent
from organisations.acting import ActingRequest, Actor
from projects.agreements import access, services
from projects.agreements.forms import SignForm, TerminateForm
from projects.agreements.models import Agreement
from projects.days import hub_today
from projects.forms import ReasonForm
from projects.views.common import act_page, telling

ACT = "agreements/act.html"
TOLD = ("agreements/refused.html", "agreements:detail", "number")


def _button(
    request: ActingRequest, agreement: Agreement, act: Callable[[], Any], done: str
) -> HttpResponse:
    result = act()
    messages.success(request, done)
    return redirect(result if isinstance(result, Agreement) else agreement)


def _form(
    request: ActingRequest,
    agreement: Agreement,
    actor: Actor,
    form: Any,
    act: Callable[[], Any],
    *,
    title: str,
    done: str,
    lede: str = "",
    danger: bool = False,
) -> HttpResponse:
    """A page with a form for one move; back to the agreement once it is made."""
    tried = attempt(form, act)
    if tried.done:
        messages.success(request, done)
        return redirect(agreement)
    return act_page(
        request,
        ACT,
        form=form,
        actor=actor,
        status=tried.status,
        title=title,
        button=title,
        back=agreement.get_absolute_url(),
        agreement=agreement,
        lede=lede,
        danger=danger,
    )


@login_required
@require_POST
@telling(*TOLD)
def agreement_propose(request: ActingRequest, number: str) -> HttpResponse:
    """Freeze the draft and ask every party to sign."""
    agreement, actor = access.agreement_to(request, number, "agreements.propose")
    return _button(
        request,
        agreement,
        lambda: services.propose(agreement=agreement, actor=actor),
        _("The text is frozen, and the parties are asked to sign."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def agreement_take_back(request: ActingRequest, number: str) -> HttpResponse:
    """Make a draft of it again; signatures so far become void."""
    agreement, actor = access.agreement_to(request, number, "agreements.take_back")
    form = ReasonForm(sent(request))
    return _form(
        request,
        agreement,
        actor,
        form,
        lambda: services.take_back(
            agreement=agreement, actor=actor, reason=form.cleaned_data["reason"]
        ),
        title=_("Take back for changes"),
        done=_("It is a draft again. Signatures given so far are void."),
        lede=_("Signatures given so far become void, because the text may change."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def agreement_cancel(request: ActingRequest, number: str) -> HttpResponse:
    """Give up an agreement that not everyone has signed."""
    agreement, actor = access.agreement_to(request, number, "agreements.cancel")
    form = ReasonForm(sent(request))
    return _form(
        request,
        agreement,
        actor,
        form,
        lambda: services.cancel(
            agreement=agreement, actor=actor, reason=form.cleaned_data["reason"]
        ),
        title=_("Withdraw the agreement"),
        done=_("The agreement is withdrawn."),
        lede=_("This cannot be undone. Its number is not given to another agreement."),
        danger=True,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def party_sign(request: ActingRequest, number: str, pk: int) -> HttpResponse:
    """State that one's organisation has signed, and when."""
    party, actor = access.party_to(request, number, pk, "agreements.sign")
    form = SignForm(sent(request), initial={"signed_on": hub_today()})
    return _form(
        request,
        party.agreement,
        actor,
        form,
        lambda: services.sign(party=party, actor=actor, signed_on=form.cleaned_data["signed_on"]),
        title=_("State that we have signed"),
        done=_("The signature of your organisation is noted."),
        lede=_(
            "You state, for your organisation and under your name, that whoever may bind it has "
            "signed this agreement. This is a record on the hub, not an electronic signature."
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def party_decline(request: ActingRequest, number: str, pk: int) -> HttpResponse:
    """Decline to sign what is proposed."""
    party, actor = access.party_to(request, number, pk, "agreements.decline")
    form = ReasonForm(sent(request))
    return _form(
        request,
        party.agreement,
        actor,
        form,
        lambda: services.decline(party=party, actor=actor, reason=form.cleaned_data["reason"]),
        title=_("Decline to sign"),
        done=_("The other parties know that your organisation does not sign."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def agreement_terminate(request: ActingRequest, number: str) -> HttpResponse:
    """End a signed agreement early."""
    agreement, actor = access.agreement_to(request, number, "agreements.terminate")
    form = TerminateForm(sent(request))
    return _form(
        request,
        agreement,
        actor,
        form,
        lambda: services.terminate(agreement=agreement, actor=actor, **form.cleaned_data),
        title=_("Terminate the agreement"),
        done=_("The agreement is terminated. The other parties are told."),
        lede=_("This cannot be undone."),
        danger=True,
    )


@login_required
@require_POST
@telling(*TOLD)
def agreement_renew(request: ActingRequest, number: str) -> HttpResponse:
    """Draft the agreement that shall follow this one."""
    agreement, actor = access.agreement_to(request, number, "agreements.renew")
    return _button(
        request,
        agreement,
        lambda: services.renew(agreement=agreement, actor=actor),
        _("This draft follows the old agreement. Change what shall be different."),
    )
