"""The commitments' share of the demo network: obligations, and what follows from the rest."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils import translation

from forums.models import Topic
from hub import audit
from hub.demo import Demo, register_demo
from organisations.models import Organisation
from projects.agreements.demo import register_filler
from projects.agreements.models import Agreement
from projects.commitments import services
from projects.commitments.demo_copies import make_copies
from projects.commitments.models import Assessment, Commitment, ProgressReport
from projects.commitments.models.commitment import OPEN
from projects.demo_tools import acting, calm_notices, day, moment, rows

Row = dict[str, Any]


def obligations(demo: Demo, agreement: Agreement, row: Row) -> None:
    """Write the obligations into the draft of an agreement."""
    actor = acting(demo, agreement.organisation)
    for obligation in row["obligations"]:
        commitment = services.record_commitment(
            actor=actor, source=agreement, **_terms(demo, obligation)
        )
        recorded = moment(demo, min(row["from"], obligation["due"], -3) - 20)
        Commitment.objects.filter(pk=commitment.pk).update(created=recorded)
        demo.store.setdefault("obligations", []).append((commitment.pk, obligation, row))


def _terms(demo: Demo, row: Row) -> dict[str, Any]:
    receivers = [demo.organisations[slug] for slug in row.get("to", [])]
    return {
        "title": row["title"],
        "debtor": demo.organisations[row["debtor"]],
        "beneficiaries": receivers,
        "to_public": row.get("public", not receivers),
        "due": day(demo, row["due"]),
    }


def build(demo: Demo) -> None:
    """Record what follows from topics, activities and projects; report on and assess all."""
    for key, row, agreement in demo.store.get("obligations", []):
        with translation.override(agreement["language"]):
            _life(demo, Commitment.objects.get(pk=key), row)
    for row in rows("commitments"):
        with translation.override(row["language"]):
            debtor = demo.organisations[row["debtor"]]
            commitment = services.record_commitment(
                actor=acting(demo, debtor),
                source=_source(demo, row["from"], debtor),
                **_terms(demo, row),
            )
            recorded = moment(demo, min(row["due"], 0) - 45)
            Commitment.objects.filter(pk=commitment.pk).update(created=recorded)
            _life(demo, commitment, row)
    calm_notices(demo, "commitments")
    make_copies(demo)


def _source(demo: Demo, words: str | None, debtor: Organisation) -> Model | None:
    """What it came from: the debtor's consultation, its last activity, or a project by its key."""
    kind, _, key = (words or "").partition(":")
    if kind == "topic":
        published = Topic.objects.listed().filter(kind="consultation", organisation=debtor)
        return published.order_by("pk").first()
    if kind == "activity":
        past = [
            each
            for each in demo.store["activities"]
            if each.organisation_id == debtor.pk
            and each.dtend < demo.now
            and each.is_public
            and not each.is_cancelled
        ]
        return past[-1] if past else None
    return demo.store["projects"][key] if kind == "project" else None


def _life(demo: Demo, commitment: Commitment, row: Row) -> None:
    debtor = acting(demo, commitment.debtor)
    if "postpone" in row:
        offset, reason = row["postpone"]
        services.postpone(commitment=commitment, actor=debtor, due=day(demo, offset), reason=reason)
    for number, (offset, state, progress, text) in enumerate(row.get("reports", [])):
        report = services.report_progress(
            commitment=commitment,
            actor=debtor,
            state=state,
            progress=progress,
            text=text,
            link=f"https://{commitment.debtor.slug}.example/{offset * -1}" if number else "",
            documents=_evidence(commitment, text) if state == "done" else (),
        )
        at = moment(demo, offset)
        ProgressReport.objects.filter(pk=report.pk).update(at=at)
        if state not in OPEN:
            Commitment.objects.filter(pk=commitment.pk).update(closed_on=at.date())
    last = max([report[0] for report in row.get("reports", [])], default=-12)
    for number, (slug, verdict, reason) in enumerate(row.get("assess", [])):
        actor = acting(demo, demo.organisations[slug])
        found = services.assess(commitment=commitment, actor=actor, verdict=verdict, reason=reason)
        at = moment(demo, min(last + 3 + 2 * number, -1))
        Assessment.objects.filter(pk=found.pk).update(at=at)
    _backdate(demo, commitment)


def _evidence(commitment: Commitment, text: str) -> list[Any]:
    """A small document, as people attach them."""
    return [
        SimpleUploadedFile(f"{commitment.debtor.slug}.txt", f"{commitment}\n\n{text}\n".encode())
    ]


def _backdate(demo: Demo, commitment: Commitment) -> None:
    commitment.refresh_from_db()
    postponed = min(commitment.created + timedelta(days=9), demo.now)
    audit.history(commitment).update(at=commitment.created)
    audit.history(commitment).filter(action__endswith=".postponed").update(at=postponed)
    moments = [commitment.created, *commitment.reports.values_list("at", flat=True)]
    Commitment.objects.filter(pk=commitment.pk).update(last_modified=max(moments))


register_filler(obligations)
register_demo(42, "commitments", build)
