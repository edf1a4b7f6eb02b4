"""Sources of the rooms below: a consultation and an activity, in the open and hidden."""

import pytest

from activities.models import Activity
from forums.models import Topic
from organisations.acting import Actor
from organisations.models import Organisation
from tests import factories
from tests.factories_activities import editor_of, make_activity
from tests.factories_forums import make_consultation, make_forum, make_topic


@pytest.fixture
def topic(organisation: Organisation) -> Topic:
    """A consultation of `organisation`, which is a municipality for once."""
    Organisation.objects.filter(pk=organisation.pk).update(kind="municipality")
    organisation.refresh_from_db()
    return make_consultation(editor_of(organisation))


@pytest.fixture
def activity(organisation: Organisation) -> Activity:
    """An activity of `organisation`."""
    return make_activity(organisation=organisation)


@pytest.fixture
def hidden_topic(organisation: Organisation) -> Topic:
    """A topic for members only."""
    forum = make_forum(organisation, visibility="members")
    person = factories.make_member(organisation)
    return make_topic(forum, Actor(person, organisation))


@pytest.fixture
def hidden_activity(organisation: Organisation) -> Activity:
    """An activity for members only."""
    return make_activity(organisation=organisation, visibility="members")
