"""The register, one agreement, its text as a file, and the comparison of documents."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hub import audit
from hub.lists import list_page
from hub.text import render_markdown
from organisations.acting import ActingRequest, Actor, able
from projects.access import may_create
from projects.agreements import access, fingerprints, presenting
from projects.agreements.columns import COLUMNS
from projects.agreements.filters import AgreementFilter
from projects.agreements.forms import VerifyForm
from projects.agreements.models import Agreement, Amendment, Fingerprint, Status
from projects.agreements.services.ending import current_text
from projects.history import in_words

ACTS = ("edit", "propose", "take_back", "cancel", "terminate", "renew", "amend", "add_copy")


@require_safe
def agreement_list(request: ActingRequest) -> HttpResponse:
    """Agreements one may see, filtered; as CSV, XLSX or JSON by `?format=`."""
    rows = Agreement.objects.visible_to(request.user).for_list().defer("text", "folded")
    if request.GET.get("format"):
        rows = rows.prefetch_related("fingerprints")
    response = list_page(
        request,
        "agreements/agreement_list.html",
        found=AgreementFilter(request.GET, queryset=rows, request=request),
        columns=COLUMNS,
        name="agreements",
        prepare=presenting.attach_shown,
        may_create=may_create(request, "agreements.draft"),
        counts=_counts(request) if not request.GET else None,
    )
    return response


def _counts(request: ActingRequest) -> list[dict[str, Any]]:
    """How many are in force, soon over, and waiting: the first line of the register."""
    visible = Agreement.objects.visible_to(request.user)
    wanted = (Status.ACTIVE, Status.EXPIRING, Status.UPCOMING, Status.PROPOSED)
    numbers = [(status, visible.with_status(status).count()) for status in wanted]
    return [
        {"status": status.value, "label": status.label, "number": number}
        for status, number in numbers
        if number
    ]


@require_safe
def agreement_detail(request: ActingRequest, number: str) -> HttpResponse:
    """Parties, status today, dates, obligations (a panel), text, documents, fingerprints."""
    agreement = access.agreement_for(request.user, number)
    actor: Actor = request.actor
    organisations = access.organisations_of(agreement)
    text = current_text(agreement)
    amendments = _amendments(agreement)
    prints = list(agreement.fingerprints.select_related("file"))
    acts = {name: able(actor, f"agreements.{name}", agreement, organisations) for name in ACTS}
    context = {
        "agreement": agreement,
        "shown": presenting.shown(agreement),
        "sentence": presenting.sentence(agreement),
        "marks": presenting.marks(agreement),
        "line": presenting.line(agreement),
        "text": render_markdown(text),
        "amended": next((row for row in reversed(amendments) if row.holds and row.text), None),
        "amendments": amendments,
        "fingerprints": [row for row in prints if row.file_id is None],
        "documents": [row for row in prints if row.what == Fingerprint.What.DOCUMENT],
        "copies": [row for row in prints if row.what == Fingerprint.What.SIGNED_COPY],
        "acts": acts,
        "answers": _answers(actor, agreement),
        "amendment_acts": _amendment_acts(actor, organisations, amendments),
        "successor": _successor(request.user, agreement),
        "previous": _visible(request.user, agreement.previous),
        "project": _visible(request.user, agreement.project),
        "history": in_words(audit.history(agreement)[:40]),
    }
    return render(request, "agreements/agreement_detail.html", context)


def _amendments(agreement: Agreement) -> list[Amendment]:
    whole: Any = agreement
    rows = agreement.amendments.select_related("organisation", "person").prefetch_related(
        "consents__party__organisation"
    )
    found = list(rows)
    for amendment in found:
        amendment.agreement = agreement
    # The rules ask for the amendments of this very agreement: do not fetch them twice.
    whole._prefetched_objects_cache["amendments"] = found
    return found


def _answers(actor: Actor, agreement: Agreement) -> list[dict[str, Any]]:
    """The parties for which the reader may sign or decline."""
    found = []
    for party in agreement.parties.all():
        party.agreement = agreement
        signing = able(actor, "agreements.sign", party, [party.organisation])
        declining = able(actor, "agreements.decline", party, [party.organisation])
        if signing:
            found.append({"party": party, "declining": declining})
    return found


def _amendment_acts(
    actor: Actor, organisations: list[Any], amendments: list[Amendment]
) -> dict[str, Actor | None]:
    """What the reader may do with the amendment that waits, if one does."""
    waiting = [each for each in amendments if each.state == Amendment.State.PROPOSED]
    if not waiting:
        return {}
    return {
        name: able(actor, f"agreements.{name}", waiting[0], organisations)
        for name in ("answer_amendment", "withdraw_amendment")
    }


def _successor(user: Any, agreement: Agreement) -> Agreement | None:
    rows = Agreement.objects.visible_to(user).filter(previous=agreement)
    return rows.exclude(state=Agreement.State.CANCELLED).first()


def _visible(user: Any, target: Any) -> Any:
    """`target`, if `user` may see it: a link must not tell what is hidden."""
    if target is None:
        return None
    return type(target).objects.visible_to(user).filter(pk=target.pk).first()


@require_safe
def agreement_text(request: ActingRequest, number: str) -> HttpResponse:
    """The text as agreed, byte for byte as its fingerprint was taken."""
    agreement = access.agreement_for(request.user, number)
    return _as_file(agreement.text, f"{agreement.number}.md")


@require_safe
def amendment_text(request: ActingRequest, number: str, amendment: int) -> HttpResponse:
    """The text of an amendment, byte for byte as its fingerprint was taken."""
    agreement = access.agreement_for(request.user, number)
    found = get_object_or_404(agreement.amendments, number=amendment)
    return _as_file(found.text, f"{agreement.number}-{amendment}.md")


def _as_file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(
        fingerprints.text_bytes(text), content_type="text/markdown; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_verify(request: ActingRequest) -> HttpResponse:
    """Compare a document or a fingerprint with the register; nothing is kept."""
    bound = request.method == "POST"
    form = VerifyForm(request.POST, request.FILES) if bound else VerifyForm()
    context: dict[str, Any] = {"form": form, "title": _("Compare a document with the register")}
    if bound and form.is_valid():
        digests = _digests(form)
        context |= {"compared": digests[0], "found": fingerprints.known(digests)}
    status = 422 if bound and form.errors else 200
    return render(request, "agreements/agreement_verify.html", context, status=status)


def _digests(form: VerifyForm) -> list[str]:
    upload = form.cleaned_data["document"]
    if upload:
        return fingerprints.candidates_of_upload(upload)
    return [form.cleaned_data["fingerprint"]]
