"""Plain copies of the demo's agreements and commitments, in bulk, for measuring (`--scale`)."""

from typing import Any

from django.db import models

from hub.demo import Demo
from organisations.models import Organisation
from projects.agreements.models import Agreement, Fingerprint, NumberSeries, Party
from projects.commitments.models import Assessment, Commitment, ProgressReport
from projects.days import hub_today
from projects.models import Partner, Project

BATCH = 1000


def make_copies(demo: Demo) -> None:
    """(scale - 1) copies of every project, agreement and commitment, among copied organisations."""
    if demo.scale < 2:
        return
    originals = list(demo.organisations.values())
    copies = [organisation for organisation, _people in demo.store["copies"]]
    for number in range(2, demo.scale + 1):
        start = (number - 2) * len(originals)
        chosen = copies[start : start + len(originals)]
        twins = {old.pk: new for old, new in zip(originals, chosen, strict=True)}
        _Round(demo, number, twins).copy()


class _Round:
    """One set of copies: every row again, with the twins of its organisations."""

    _templates: dict[str, list[Any]] = {}

    def __init__(self, demo: Demo, number: int, twins: dict[int, Organisation]) -> None:
        self.demo, self.number, self.twins = demo, number, twins
        if number == 2:
            self._read()

    def _read(self) -> None:
        """The originals, read once for all rounds."""
        _Round._templates = {
            "projects": list(Project.objects.order_by("pk")),
            "partners": list(Partner.objects.order_by("pk")),
            "agreements": list(Agreement.objects.order_by("pk")),
            "parties": list(Party.objects.order_by("pk")),
            "fingerprints": list(Fingerprint.objects.filter(file=None).order_by("pk")),
            "commitments": list(Commitment.objects.order_by("pk")),
            "receivers": list(Commitment.beneficiaries.through.objects.order_by("pk")),
            "reports": list(ProgressReport.objects.order_by("pk")),
            "assessments": list(Assessment.objects.order_by("pk")),
        }

    def copy(self) -> None:
        """Everything, parents first."""
        projects = self._rows("projects", lead="lead_id", slug=self._slug)
        self._rows("partners", {"project_id": projects}, organisation="organisation_id")
        numbers = self._numbers(len(self._templates["agreements"]))
        agreements = self._rows(
            "agreements",
            {"project_id": projects},
            organisation="organisation_id",
            previous=lambda row: None,
            number=lambda row: next(numbers),
        )
        self._rows("parties", {"agreement_id": agreements}, organisation="organisation_id")
        self._rows("fingerprints", {"agreement_id": agreements})
        commitments = self._rows(
            "commitments",
            debtor="debtor_id",
            organisation="organisation_id",
            source_id=lambda row: self._source(row, projects, agreements),
        )
        self._rows("receivers", {"commitment_id": commitments}, organisation="organisation_id")
        self._rows("reports", {"commitment_id": commitments}, organisation="organisation_id")
        self._rows("assessments", {"commitment_id": commitments}, organisation="organisation_id")

    def _rows(
        self, name: str, parents: dict[str, dict[int, int]] | None = None, **changed: Any
    ) -> dict[int, int]:
        """Copy the rows called `name`; return old key -> new key.

        `parents` maps columns to the keys of copied parents.  In `changed` a string names the
        column of an organisation that becomes its twin; a function makes the new value.
        """
        templates = self._templates[name]
        made = []
        for row in templates:
            values = {
                field.attname: getattr(row, field.attname)
                for field in row._meta.concrete_fields
                if not field.primary_key
            }
            for column, keys in (parents or {}).items():
                values[column] = keys.get(values[column], values[column])
            for field, how in changed.items():
                if isinstance(how, str):
                    twin = self.twins.get(values[how])
                    values[how] = twin.pk if twin else values[how]
                elif field == "previous":
                    values["previous_id"] = how(row)
                else:
                    values[field] = how(row)
            made.append(type(row)(**values))
        model: type[models.Model] = type(templates[0])
        model._default_manager.bulk_create(made, batch_size=BATCH)
        return {old.pk: new.pk for old, new in zip(templates, made, strict=True)}

    def _slug(self, project: Project) -> str:
        return f"{project.slug[:52]}-{self.number}"

    def _numbers(self, count: int) -> Any:
        """So many numbers of the year's series, taken at once."""
        year = hub_today().year
        series = NumberSeries.objects.get(year=year)
        first = series.last + 1
        NumberSeries.objects.filter(pk=series.pk).update(last=series.last + count)
        return (f"{year}-{number:03d}" for number in range(first, first + count))

    def _source(
        self, row: Commitment, projects: dict[int, int], agreements: dict[int, int]
    ) -> int | None:
        kind = row.source_type.model if row.source_type else ""
        keys = {"project": projects, "agreement": agreements}.get(kind, {})
        return keys.get(row.source_id or 0, row.source_id)
