"""Recording commitments and correcting them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hub.attempts import attempt, sent
from organisations.acting import ActingRequest, Actor
from organisations.models import Organisation
from projects.access import creator_of
from projects.agreements.models import Agreement
from projects.agreements.models.status import State as AgreementState
from projects.commitments import access, services
from projects.commitments.forms import CommitmentForm, PostponeForm
from projects.commitments.sources import parties_of
from projects.views.common import act_page, telling

TEMPLATE = "commitments/commitment_form.html"
ACT = "commitments/act.html"
TOLD = ("commitments/refused.html", "commitments:detail", "pk")


def _offered(source: Model | None, actor: Actor) -> tuple[list[Organisation], list[Organisation]]:
    """Who may be written down as owing, and whom the form offers as boxes to tick."""
    assert actor.organisation is not None
    if isinstance(source, Agreement):
        parties = parties_of(source)
        drafting = source.state == AgreementState.DRAFT
        return (parties if drafting else [actor.organisation]), parties
    return [actor.organisation], []


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_create(request: ActingRequest) -> HttpResponse:
    """Record a commitment of the organisation one acts for, without a source."""
    actor = creator_of(request, "commitments.record")
    return _record(request, actor, None, reverse("commitments:list"), _("Record a commitment"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_create_from(request: ActingRequest, source: str, pk: int) -> HttpResponse:
    """Record a commitment that comes from a source."""
    kind, target, actor = access.source_to(request, source, pk)
    return _record(request, actor, target, target.get_absolute_url(), str(kind.words))  # type: ignore[attr-defined]


def _record(
    request: ActingRequest, actor: Actor, source: Model | None, back: str, title: str
) -> HttpResponse:
    debtors, others = _offered(source, actor)
    data = sent(request)
    form = CommitmentForm(data, debtors=debtors, others=others)
    tried = attempt(
        form,
        lambda: services.record_commitment(actor=actor, source=source, **form.service_fields()),
    )
    if tried.result:
        messages.success(request, _("The commitment is recorded."))
        return redirect(back if isinstance(source, Agreement) else tried.result)
    return act_page(
        request,
        TEMPLATE,
        form=form,
        actor=actor,
        status=tried.status,
        title=title,
        button=_("Record the commitment"),
        back=back,
        source=source,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def commitment_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Correct what was recorded.  The day moves by postponing only, except in a draft."""
    commitment, actor = access.commitment_to(request, pk, "commitments.edit")
    source = commitment.source
    debtors, others = _offered(source, actor)
    data: Any = sent(request)
    form = CommitmentForm(data, debtors=debtors, others=others, instance=commitment)
    if not isinstance(source, Agreement):
        del form.fields["due"]
    tried = attempt(
        form,
        lambda: services.edit_commitment(
            commitment=commitment, actor=actor, **form.service_fields()
        ),
    )
    if tried.done:
        messages.success(request, _("The changes are kept."))
        return redirect(commitment)
    return act_page(
        request,
        TEMPLATE,
        form=form,
        actor=actor,
        status=tried.status,
        title=_("Correct the commitment"),
        button=_("Keep the changes"),
        back=commitment.get_absolute_url(),
        commitment=commitment,
    )


@login_required
@require_POST
@telling(*TOLD)
def commitment_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Take an obligation out of a draft agreement."""
    commitment, actor = access.commitment_to(request, pk, "commitments.remove")
    source: Any = commitment.source
    services.remove_obligation(commitment=commitment, actor=actor)
    messages.success(request, _("The obligation is taken out of the draft."))
    return redirect(source)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@telling(*TOLD)
def commitment_postpone(request: ActingRequest, pk: int) -> HttpResponse:
    """Give the commitment a later day, with a reason."""
    commitment, actor = access.commitment_to(request, pk, "commitments.postpone")
    data = sent(request)
    form = PostponeForm(data, initial={"due": commitment.due})
    tried = attempt(
        form,
        lambda: services.postpone(commitment=commitment, actor=actor, **form.cleaned_data),
    )
    if tried.done:
        messages.success(request, _("The commitment has a later day."))
        return redirect(commitment)
    return act_page(
        request,
        ACT,
        form=form,
        actor=actor,
        status=tried.status,
        title=_("Give it a later day"),
        button=_("Move the day"),
        back=commitment.get_absolute_url(),
        commitment=commitment,
        lede=_("The old day and your reason stay readable."),
    )
