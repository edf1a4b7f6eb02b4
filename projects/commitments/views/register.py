"""The register of commitments and one commitment's page."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hub.files.models import StoredFile
from hub.lists import list_page
from hub.permissions import may
from hub.text import render_markdown
from organisations.acting import ActingRequest, Actor, able
from projects.access import may_create
from projects.commitments import access, presenting
from projects.commitments.columns import COLUMNS
from projects.commitments.filters import CommitmentFilter
from projects.commitments.models import Commitment, ProgressReport, Status, source_kinds
from projects.commitments.models.source import kind_of
from projects.commitments.sources import binding, is_binding

ACTS = ("edit", "remove", "report", "postpone")


@require_safe
def commitment_list(request: ActingRequest) -> HttpResponse:
    """Commitments one may see, filtered; as CSV, XLSX or JSON by `?format=`.

    What stands in an agreement that not everyone has signed binds nobody and is left out.
    """
    visible = binding(Commitment.objects.visible_to(request.user))
    rows = visible.for_list().in_order().defer("description", "folded")
    return list_page(
        request,
        "commitments/commitment_list.html",
        found=CommitmentFilter(request.GET, queryset=rows, request=request),
        columns=COLUMNS,
        name="commitments",
        prepare=presenting.attach_shown,
        may_create=may_create(request, "commitments.record"),
        counts=_counts(request) if not request.GET else None,
        source_labels={kind.content_type().pk: kind.label for kind in source_kinds()},
    )


def _counts(request: ActingRequest) -> list[dict[str, Any]]:
    """How many are open, late, done, dropped: the first line of the register."""
    visible = binding(Commitment.objects.visible_to(request.user))
    return [
        {
            "status": status.value,
            "label": status.label,
            "number": visible.with_status(status).count(),
        }
        for status in Status
    ]


@require_safe
def commitment_detail(request: ActingRequest, pk: int) -> HttpResponse:
    """Who owes what to whom by when; reports with evidence; what others find."""
    commitment = access.commitment_for(request.user, pk)
    actor: Actor = request.actor
    reports = list(commitment.reports.select_related("person", "organisation"))
    _attach_documents(reports)
    assessments = list(commitment.assessments.select_related("person", "organisation"))
    _render(reports, assessments)
    concerned = access.concerned(commitment)
    source = access.visible_source(request.user, commitment)
    kind = kind_of(source) if source else None
    context = {
        "commitment": commitment,
        "description": render_markdown(commitment.description),
        "shown": presenting.shown(commitment),
        "sentence": presenting.sentence(commitment),
        "verdicts": presenting.verdicts(assessments),
        "timeline": presenting.timeline(commitment, reports, assessments),
        "source": source,
        "source_label": kind.label if kind else "",
        "is_binding": is_binding(commitment.source),
        "acts": {name: able(actor, f"commitments.{name}", commitment, concerned) for name in ACTS},
        "assessing": _assessor(actor, commitment),
    }
    return render(request, "commitments/commitment_detail.html", context)


def _assessor(actor: Actor, commitment: Commitment) -> Actor | None:
    """The reader, acting as they do now, if they may assess."""
    return actor if may(actor, "commitments.assess", commitment) else None


def _render(reports: list[Any], assessments: list[Any]) -> None:
    """Put the safe HTML of its words on each row."""
    for report in reports:
        report.html = render_markdown(report.text)
    for assessment in assessments:
        assessment.html = render_markdown(assessment.reason)


def _attach_documents(reports: list[Any]) -> None:
    """Put the documents on each report; one query for all."""
    kind = ContentType.objects.get_for_model(ProgressReport)
    files = StoredFile.objects.filter(
        target_type=kind, target_id__in=[str(report.pk) for report in reports]
    )
    found: dict[str, list[StoredFile]] = {}
    for stored in files:
        found.setdefault(stored.target_id, []).append(stored)
    for report in reports:
        report.documents = found.get(str(report.pk), [])
