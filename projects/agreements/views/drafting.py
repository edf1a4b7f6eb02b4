"""Drafting an agreement: what it says, its parties, its documents."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hub.attempts import attempt, sent, sent_files
from hub.writes import write
from organisations.acting import ActingRequest, Actor
from projects.access import creator_of
from projects.agreements import access, services
from projects.agreements.forms import AgreementForm, CopyForm, PartyFormSet, parties_initial
from projects.agreements.models import Agreement, Fingerprint
from projects.views.common import act_page, telling

TEMPLATE = "agreements/agreement_form.html"
ACT = "agreements/act.html"
TOLD = ("agreements/refused.html", "agreements:detail", "number")


@write
def _keep(form: Any, parties: Any, actor: Actor, agreement: Agreement | None) -> Agreement:
    """Draft or change, and attach the documents: all of it or nothing."""
    if agreement is None:
        agreement = services.draft_agreement(
            actor=actor, parties=parties.parties(), **form.service_fields()
        )
    else:
        services.edit_draft(
            agreement=agreement, actor=actor, parties=parties.parties(), **form.service_fields()
        )
    for upload in form.cleaned_data["documents"]:
        services.add_document(agreement=agreement, upload=upload, actor=actor)
    return agreement


def _formset(request: ActingRequest, initial: list[dict[str, str]], also: Any) -> Any:
    data = sent(request)
    formset: Any = PartyFormSet
    return formset(data, initial=initial, also=also, prefix="parties")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_create(request: ActingRequest) -> HttpResponse:
    """Draft an agreement for the organisation one acts for; `?project=ID` fills in the project."""
    actor = creator_of(request, "agreements.draft")
    assert actor.organisation is not None
    asked = request.GET.get("project", "")
    form = AgreementForm(
        sent(request),
        sent_files(request),
        actor=actor,
        initial={"project": int(asked)} if asked.isdecimal() and len(asked) < 10 else {},
    )
    initial = [{"organisation": actor.organisation.slug}, {}]
    parties = _formset(request, initial, [actor.organisation])
    tried = attempt(form, lambda: _keep(form, parties, actor, None), parties)
    if tried.result:
        messages.success(
            request,
            _("The draft has number %(number)s. Add the obligations, then send it for signature.")
            % {"number": tried.result.number},
        )
        return redirect(tried.result)
    return act_page(
        request,
        TEMPLATE,
        form=form,
        parties=parties,
        actor=actor,
        status=tried.status,
        title=_("Draft an agreement"),
        button=_("Keep the draft"),
        back=reverse("agreements:list"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def agreement_edit(request: ActingRequest, number: str) -> HttpResponse:
    """Change a draft."""
    agreement, actor = access.agreement_to(request, number, "agreements.edit")
    form = AgreementForm(
        sent(request),
        sent_files(request),
        actor=actor,
        instance=agreement,
    )
    rows = list(agreement.parties.all())
    parties = _formset(request, parties_initial(rows), access.organisations_of(agreement))
    tried = attempt(form, lambda: _keep(form, parties, actor, agreement), parties)
    if tried.done:
        messages.success(request, _("The changes are kept."))
        return redirect(agreement)
    return act_page(
        request,
        TEMPLATE,
        form=form,
        parties=parties,
        actor=actor,
        status=tried.status,
        title=_("Change the draft"),
        button=_("Keep the changes"),
        back=agreement.get_absolute_url(),
        agreement=agreement,
    )


@login_required
@require_POST
@telling(*TOLD)
def document_remove(request: ActingRequest, number: str, pk: int) -> HttpResponse:
    """Take a document off a draft."""
    agreement, actor = access.agreement_to(request, number, "agreements.edit")
    fingerprint = get_object_or_404(agreement.fingerprints, pk=pk, what=Fingerprint.What.DOCUMENT)
    services.remove_document(agreement=agreement, fingerprint=fingerprint, actor=actor)
    messages.success(request, _("The document is taken off the draft."))
    return redirect(agreement)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def copy_add(request: ActingRequest, number: str) -> HttpResponse:
    """Add a scan with the signatures."""
    agreement, actor = access.agreement_to(request, number, "agreements.add_copy")
    form = CopyForm(sent(request), sent_files(request))
    tried = attempt(
        form,
        lambda: services.add_signed_copy(
            agreement=agreement, upload=form.cleaned_data["document"], actor=actor
        ),
    )
    if tried.done:
        messages.success(request, _("The signed copy is kept beside the agreement."))
        return redirect(agreement)
    return act_page(
        request,
        ACT,
        form=form,
        actor=actor,
        status=tried.status,
        title=_("Add a signed copy"),
        button=_("Add the copy"),
        back=agreement.get_absolute_url(),
        agreement=agreement,
        files=True,
        lede=_("It cannot be removed later. Make sure that it is the right one."),
    )
