"""A project of `organisation` with `other_organisation` as its partner."""

import pytest

from organisations.acting import Actor
from organisations.models import Organisation, User
from projects.models import Partner, Project
from tests import factories_projects as make


@pytest.fixture
def project(organisation: Organisation) -> Project:
    """A public planned project led by `organisation`."""
    return make.make_project(organisation, title="Clean river", slug="clean-river")


@pytest.fixture
def invited(project: Project, other_organisation: Organisation) -> Partner:
    """`other_organisation`, invited and not answered."""
    return make.make_partner(project, other_organisation, "invited")


@pytest.fixture
def lead(editor: User, organisation: Organisation) -> Actor:
    """`editor`, acting for the lead organisation."""
    return Actor(editor, organisation)


@pytest.fixture
def guest(outsider: User, other_organisation: Organisation) -> Actor:
    """`outsider`, acting for the other organisation."""
    return Actor(outsider, other_organisation)
