"""Makes projects, agreements and commitments for tests: rows in any state, nothing more.

What goes through the services is tested through the services; these make the starting points.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from hub.text import fold
from organisations.models import Organisation, User
from projects.agreements.models import Agreement, Party
from projects.agreements.models.status import SIGNED
from projects.commitments.models import Commitment
from projects.days import hub_today
from projects.models import Partner, Project
from tests import factories

_numbers = count(1)


def make_project(lead: Organisation | None = None, **fields: Any) -> Project:
    """A public planned project."""
    number = next(_numbers)
    title = fields.pop("title", f"Project {number}")
    return Project.objects.create(
        title=title,
        slug=fields.pop("slug", f"project-{number}"),
        summary=fields.pop("summary", "What it is about."),
        lead=lead or factories.make_organisation(),
        person=fields.pop("person", None) or factories.make_user(),
        folded=fold(title),
        **fields,
    )


def make_partner(project: Project, organisation: Organisation, state: str = "accepted") -> Partner:
    """A partner in any state."""
    return Partner.objects.create(project=project, organisation=organisation, state=state)


def make_agreement(
    parties: Sequence[Organisation] = (), *, state: str = "active", **fields: Any
) -> Agreement:
    """An agreement in any state, in force since yesterday without an end; public."""
    number = next(_numbers)
    organisations = list(parties) or [factories.make_organisation(), factories.make_organisation()]
    today = hub_today()
    signed = state in SIGNED
    title = fields.pop("title", f"Agreement {number}")
    fields = {
        "number": f"2020-{number:03d}",
        "effective_from": today - timedelta(days=1),
        "text": "We work together.",
        "date_signed": today - timedelta(days=1) if signed else None,
        "folded": fold(title),
        **fields,
    }
    agreement = Agreement.objects.create(
        title=title,
        state=state,
        organisation=organisations[0],
        person=fields.pop("person", None) or factories.make_user(),
        **fields,
    )
    for organisation in organisations:
        Party.objects.create(
            agreement=agreement,
            organisation=organisation,
            state="signed" if signed else "invited",
            signed_on=today - timedelta(days=1) if signed else None,
        )
    return agreement


def make_commitment(
    debtor: Organisation | None = None,
    *,
    to: Sequence[Organisation] = (),
    source: Model | None = None,
    due: date | None = None,
    **fields: Any,
) -> Commitment:
    """A planned commitment to the public (and to `to`), due in a week."""
    number = next(_numbers)
    organisation = debtor or factories.make_organisation()
    title = fields.pop("title", f"Commitment {number}")
    commitment = Commitment.objects.create(
        title=title,
        debtor=organisation,
        organisation=fields.pop("organisation", organisation),
        person=fields.pop("person", None) or factories.make_user(),
        to_public=fields.pop("to_public", True),
        due=due or hub_today() + timedelta(days=7),
        source_type=ContentType.objects.get_for_model(source) if source else None,
        source_id=source.pk if source else None,
        folded=fold(title),
        **fields,
    )
    commitment.beneficiaries.set(to)
    return commitment


def as_editor(organisation: Organisation) -> tuple[User, Any]:
    """A new editor of `organisation`, and them acting for it."""
    person = factories.make_member(organisation, "editor")
    return person, factories.make_actor(person, organisation)
