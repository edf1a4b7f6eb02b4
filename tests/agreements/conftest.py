"""Two organisations with an editor each, and agreements between them in any state."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from organisations.acting import Actor
from organisations.models import Organisation, User
from projects.agreements.models import Agreement, Party
from tests import factories_projects as make


@dataclass
class Side:
    """One party: the organisation, its editor, and the editor acting for it."""

    organisation: Organisation
    person: User
    actor: Actor


@pytest.fixture
def first(organisation: Organisation) -> Side:
    """The party that drafts."""
    person, actor = make.as_editor(organisation)
    return Side(organisation, person, actor)


@pytest.fixture
def second(other_organisation: Organisation) -> Side:
    """The other party."""
    person, actor = make.as_editor(other_organisation)
    return Side(other_organisation, person, actor)


@pytest.fixture
def between(first: Side, second: Side) -> Callable[..., Agreement]:
    """`between(state=…)`: an agreement of both."""

    def made(**fields: Any) -> Agreement:
        return make.make_agreement([first.organisation, second.organisation], **fields)

    return made


def party_of(agreement: Agreement, side: Side) -> Party:
    """The row of `side` in `agreement`."""
    return agreement.parties.select_related("organisation", "agreement").get(
        organisation=side.organisation
    )
