"""Who may do what: personas against rights, and the lists agree with the rules."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from forums.models import Forum, Post, Topic
from forums.rules import host_for
from forums.services.posts import hide_post
from forums.services.topics import hide_topic, open_topic
from hub.permissions import may
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.factories import make_organisation
from tests.factories_forums import make_consultation, make_forum, make_reply, make_topic

pytestmark = pytest.mark.django_db

RIGHTS = [
    "forums.edit_forum",
    "forums.open_topic",
    "forums.announce",
    "forums.view_forum",
]
TOPIC_RIGHTS = ["forums.view_topic", "forums.reply", "forums.close_topic", "forums.moderate"]
PUBLIC = {
    "owner": {*RIGHTS},
    "editor": {*RIGHTS},
    "member": {"forums.open_topic", "forums.view_forum"},
    "outsider": {"forums.open_topic", "forums.view_forum"},
    "removed": {"forums.open_topic", "forums.view_forum"},
    "coordinator": {"forums.edit_forum", "forums.open_topic", "forums.view_forum"},
    "anonymous": {"forums.view_forum"},
}
CLOSED = {
    **PUBLIC,
    "outsider": set(),
    "removed": set(),
    "anonymous": set(),
}
ON_TOPIC = {
    "owner": {*TOPIC_RIGHTS},
    "editor": {*TOPIC_RIGHTS},
    "member": {"forums.view_topic", "forums.reply", "forums.close_topic"},
    "outsider": {"forums.view_topic", "forums.reply"},
    "removed": {"forums.view_topic", "forums.reply"},
    "coordinator": {*TOPIC_RIGHTS},
    "anonymous": {"forums.view_topic"},
}


@pytest.fixture
def actors(
    organisation: Organisation,
    other_organisation: Organisation,
    owner: User,
    editor: User,
    member: User,
    outsider: User,
    removed: User,
    coordinator: User,
) -> dict[str, Actor]:
    """The personas, each acting for their organisation as far as they still can."""
    return {
        "owner": Actor(owner, organisation),
        "editor": Actor(editor, organisation),
        "member": Actor(member, organisation),
        "outsider": Actor(outsider, other_organisation),
        "removed": Actor(removed),
        "coordinator": Actor(coordinator),
        "anonymous": Actor(AnonymousUser()),
    }


def rights(actors: dict[str, Actor], names: list[str], target: object) -> dict[str, set[str]]:
    return {
        who: {name for name in names if may(actor, name, target)} for who, actor in actors.items()
    }


def test_rights_in_a_public_forum(actors: dict[str, Actor], forum: Forum) -> None:
    assert rights(actors, RIGHTS, forum) == PUBLIC


def test_rights_in_a_forum_of_members(actors: dict[str, Actor], organisation: Organisation) -> None:
    assert rights(actors, RIGHTS, make_forum(organisation, visibility="members")) == CLOSED


def test_rights_on_a_topic(actors: dict[str, Actor], topic: Topic) -> None:
    assert rights(actors, TOPIC_RIGHTS, topic) == ON_TOPIC


def test_nothing_is_opened_in_an_archived_forum(actors: dict[str, Actor], forum: Forum) -> None:
    forum.archived = timezone.now()
    opening = ["forums.open_topic", "forums.announce"]
    assert rights(actors, opening, forum) == {who: set() for who in actors}


@pytest.mark.parametrize(
    ("opening", "who"),
    [
        ("everyone", {"owner", "editor", "member", "outsider", "removed", "coordinator"}),
        ("verified", {"owner", "editor", "member", "outsider"}),
        ("hosts", {"owner", "editor"}),
    ],
)
def test_who_may_open_topics(
    actors: dict[str, Actor], organisation: Organisation, opening: str, who: set[str]
) -> None:
    forum = make_forum(organisation, opening=opening)
    assert {name for name, actor in actors.items() if may(actor, "forums.open_topic", forum)} == who


def test_only_editors_of_a_verified_organisation_open_forums(
    actors: dict[str, Actor], organisation: Organisation, owner: User
) -> None:
    assert {who for who, actor in actors.items() if may(actor, "forums.open_forum")} == {
        "owner",
        "editor",
        "outsider",
    }
    organisation.status = Organisation.Status.PENDING
    assert not may(Actor(owner, organisation), "forums.open_forum")
    assert not may(Actor(owner), "forums.open_forum")


def test_only_the_author_edits_a_post(actors: dict[str, Actor], topic: Topic) -> None:
    post = topic.posts.get(number=1)
    assert {who for who, actor in actors.items() if may(actor, "forums.edit_post", post)} == {
        "member"
    }


def test_hosting_passes_to_the_hosting_organisations_too(
    actors: dict[str, Actor], other_organisation: Organisation, organisation: Organisation
) -> None:
    forum = make_forum(organisation, hosts=[other_organisation])
    assert may(actors["outsider"], "forums.moderate", forum)
    assert host_for(actors["outsider"], forum) == other_organisation
    assert not may(actors["outsider"], "forums.edit_forum", forum)


@pytest.fixture
def every_topic(organisation: Organisation, forum: Forum, host: Actor) -> list[Topic]:
    """One of each sort: public, hidden, in a forum of members, drafts of two organisations."""
    closed = make_forum(organisation, visibility="members")
    hidden = make_topic(forum)
    hide_topic(topic=hidden, actor=host, reason="Advertising.")
    foreign = make_forum(make_organisation(), visibility="members")
    somebody = Actor(foreign.owner.memberships.get().person, foreign.owner)
    own_draft = open_topic(
        forum=forum, actor=host, kind="discussion", title="Soon", body="…", publish_now=False
    )
    made = [
        make_topic(forum),
        make_topic(closed, host),
        make_topic(foreign, somebody),
        make_consultation(publish_now=False),
    ]
    return [*made, hidden, own_draft]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("owner", [0, 1, 4, 5]),
        ("editor", [0, 1, 4, 5]),
        ("member", [0, 1]),
        ("outsider", [0]),
        ("removed", [0]),
        ("coordinator", [0, 1, 2, 3, 4, 5]),
        ("anonymous", [0]),
    ],
)
def test_the_lists_and_the_rule_agree(
    actors: dict[str, Actor], every_topic: list[Topic], who: str, seen: list[int]
) -> None:
    actor = actors[who]
    visible = set(Topic.objects.visible_to(actor.person))
    assert [place for place, each in enumerate(every_topic) if each in visible] == seen
    for each in Topic.objects.select_related("forum", "organisation", "person"):
        assert may(actor, "forums.view_topic", each) == (each in visible)
    posts = set(Post.objects.visible_to(actor.person).values_list("topic_id", flat=True))
    assert posts == {each.pk for each in visible}


def test_forums_and_their_rule_agree(
    actors: dict[str, Actor], organisation: Organisation, other_organisation: Organisation
) -> None:
    make_forum(organisation)
    make_forum(organisation, visibility="members")
    make_forum(make_organisation(), visibility="members", hosts=[other_organisation])
    for actor in actors.values():
        visible = set(Forum.objects.visible_to(actor.person))
        for each in Forum.objects.all():
            assert may(actor, "forums.view_forum", each) == (each in visible)


def test_a_hidden_post_keeps_its_words_from_the_page(
    topic: Topic, host: Actor, outsider: User
) -> None:
    post = make_reply(topic, Actor(outsider), "Words nobody should read")
    hide_post(post=post, actor=host, reason="An insult.")
    assert not may(Actor(outsider), "forums.edit_post", Post.objects.get(pk=post.pk))
