"""A forum of the personas' organisation."""

import pytest

from forums.models import Forum, Topic
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.factories_forums import make_forum, make_topic


@pytest.fixture
def forum(organisation: Organisation) -> Forum:
    """A public forum that `organisation` owns; everyone may open topics."""
    return make_forum(organisation, title="Our valley")


@pytest.fixture
def topic(forum: Forum, member: User, organisation: Organisation) -> Topic:
    """An open discussion that `member` opened for `organisation`."""
    return make_topic(forum, Actor(member, organisation))


@pytest.fixture
def host(editor: User, organisation: Organisation) -> Actor:
    """`editor`, acting for the forum's owner."""
    return Actor(editor, organisation)
