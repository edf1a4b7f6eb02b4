"""Every address that changes something refuses whoever may not: one table over all of them.

Three tables hold all addresses of the hub.  What only reads has its own tests; what changes
only what is one's own is open to whoever is signed in; the rest is refused to a stranger, to a
member of another organisation, and to a member whose membership has ended, and leaves no trace.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation, User
from tests.world import World, make_world, route_names

pytestmark = pytest.mark.django_db

READING = {
    "home", "about", "accessibility", "search", "live-events", "files:read", "dev-mail",
    "dev-mail-detail", "organisations:list", "organisations:detail", "organisations:acts",
    "forums:list", "forums:detail", "forums:feed", "forums:topic", "forums:topic-short",
    "forums:post", "consultations:list", "activities:month", "activities:agenda",
    "activities:feed", "activities:personal-feed", "activities:file", "activities:subscribe",
    "activities:detail", "projects:list", "projects:detail", "agreements:list",
    "agreements:detail", "agreements:text", "agreements:amendment-text", "agreements:verify",
    "commitments:list", "commitments:detail", "notifications:list",
    "organisations:verify", "organisations:people",
}  # fmt: skip

# What one changes for oneself: signed in or not, it touches nobody else's.
OWN = {
    "set_language", "acting", "account_profile", "notifications:read-all",
    "notifications:choices", "organisations:register", "activities:own-feeds",
    "organisations:invitation", "commitments:assess",
}  # fmt: skip

Keys = Callable[[World], list[Any]]


def agreement(state: str) -> Keys:
    return lambda world: [getattr(world, state).number]


def party(world: World) -> list[Any]:
    parties = world.proposed.parties
    return [world.proposed.number, parties.get(organisation=world.organisation).pk]


def amendment(world: World) -> list[Any]:
    return [world.active.number, world.amendment.number]


def organisation(world: World) -> list[Any]:
    return [world.organisation.slug]


def topic(world: World) -> list[Any]:
    return [world.topic.pk]


def post(world: World) -> list[Any]:
    return [world.topic.pk, 1]


def activity(world: World) -> list[Any]:
    return [world.activity.uid]


def day(world: World) -> list[Any]:
    return [world.activity.uid, world.day]


def asked(world: World) -> list[Any]:
    return [world.activity.uid, world.activity.co_organisers.get().pk]


def project(world: World) -> list[Any]:
    return [world.project.slug]


def partner(world: World) -> list[Any]:
    return [world.project.slug, world.partner.pk]


def commitment(world: World) -> list[Any]:
    return [world.commitment.pk]


CHANGING: dict[str, Keys] = {
    "notifications:open": lambda world: [world.notice.pk],
    "organisations:edit": organisation,
    "organisations:ask-again": organisation,
    "organisations:decide": organisation,
    "organisations:invite": organisation,
    "organisations:role": lambda world: [world.organisation.slug, world.membership.pk],
    "organisations:end": lambda world: [world.organisation.slug, world.membership.pk],
    "organisations:withdraw": lambda world: [world.organisation.slug, world.invitation.pk],
    "organisations:invitation-accept": lambda world: [world.invitation.pk],
    "organisations:invitation-decline": lambda world: [world.invitation.pk],
    "forums:create": lambda world: [],
    "forums:edit": lambda world: [world.forum.slug],
    "forums:archive": lambda world: [world.forum.slug],
    "forums:topic-create": lambda world: [world.forum.slug],
    "forums:reply": topic,
    "forums:topic-rename": topic,
    "forums:topic-follow": topic,
    "forums:topic-pin": topic,
    "forums:topic-lock": topic,
    "forums:topic-unlock": topic,
    "forums:topic-hide": topic,
    "forums:topic-show": topic,
    "forums:move": lambda world: [world.topic.pk, "close"],
    "forums:post-edit": post,
    "forums:post-hide": post,
    "consultations:create": lambda world: [],
    "consultations:edit": lambda world: [world.consultation.pk],
    "activities:create": lambda world: [],
    "activities:edit": activity,
    "activities:cancel": activity,
    "activities:reinstate": activity,
    "activities:delete": activity,
    "activities:ask": activity,
    "activities:answer": asked,
    "activities:withdraw": asked,
    "activities:leave-out": day,
    "activities:move": day,
    "activities:put-back": day,
    "activities:revoke-feed": lambda world: [world.token.pk],
    "projects:create": lambda world: [],
    "projects:edit": project,
    "projects:move": lambda world: [world.project.slug, "start"],
    "projects:partner-invite": project,
    "projects:partner-accept": partner,
    "projects:partner-decline": partner,
    "projects:partner-leave": partner,
    "projects:partner-withdraw": partner,
    "projects:link-add": project,
    "projects:topic-remove": lambda world: [world.project.slug, world.topic.pk],
    "projects:activity-remove": lambda world: [world.project.slug, world.activity.pk],
    "agreements:create": lambda world: [],
    "agreements:edit": agreement("draft"),
    "agreements:document-remove": lambda world: [world.draft.number, 1],
    "agreements:copy-add": agreement("active"),
    "agreements:propose": agreement("draft"),
    "agreements:take-back": agreement("proposed"),
    "agreements:cancel": agreement("draft"),
    "agreements:terminate": agreement("active"),
    "agreements:renew": agreement("active"),
    "agreements:party-sign": party,
    "agreements:party-decline": party,
    "agreements:amendment-propose": agreement("active"),
    "agreements:amendment-agree": amendment,
    "agreements:amendment-decline": amendment,
    "agreements:amendment-withdraw": amendment,
    "commitments:create": lambda world: [],
    "commitments:create-from": lambda world: ["agreement", world.active.pk],
    "commitments:edit": commitment,
    "commitments:remove": commitment,
    "commitments:postpone": commitment,
    "commitments:report": commitment,
}

# What may be opened by whoever is an editor somewhere: refused only to people without any
# organisation, so the outsider, who administers one, is no stranger here.
OPEN_TO_OTHER_ORGANISATIONS = {
    "forums:create", "activities:create", "projects:create", "agreements:create",
    "commitments:create",
}  # fmt: skip

# Fields that many forms share: a refusal must not hang on a form being empty.
FILLED = {
    "title": "Mine now", "summary": "Mine now", "body": "Mine now", "reason": "Because.",
    "name": "Mine now", "role": "administrator", "email": "mine@people.example",
    "decision": "verified", "follow": "yes", "pinned": "yes", "answer": "accept", "key": "k" * 32,
    "state": "done", "verdict": "met", "text": "Mine now", "due": "2030-01-01",
    "signed_on": "2026-01-01", "last_day": "2030-01-01",
}  # fmt: skip

REFUSED = {403, 404}


def test_every_address_stands_in_a_table() -> None:
    theirs = ("account_", "mfa_", "usersessions_")
    ours = {name for name in route_names() if not name.startswith(theirs)} | {"account_profile"}
    assert ours == READING | OWN | set(CHANGING)


def snapshot() -> dict[str, list[Any]]:
    """All rows of our tables; the cursor of what someone has read is no change."""
    rooms = {"hub", "live", "notifications", "files", "organisations", "forums", "consultations"}
    rooms |= {"activities", "projects", "agreements", "commitments", "taggit"}
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label in rooms and model._meta.label != "organisations.User"
    }


@pytest.fixture
def world(organisation: Organisation, owner: User) -> World:
    return make_world(organisation, owner)


def send(client: Client, name: str, world: World, acting_for: str | None) -> int:
    data = dict(FILLED)
    if acting_for is not None:
        data["acting_for"] = acting_for
    answer = client.post(reverse(name, args=CHANGING[name](world)), data)
    if answer.status_code == 302 and "/accounts/login/" in answer["Location"]:
        return 403  # asked to sign in first
    return answer.status_code


@pytest.mark.parametrize("name", sorted(CHANGING))
def test_stranger_is_refused(name: str, world: World) -> None:
    before = snapshot()
    assert send(Client(), name, world, None) in REFUSED
    assert snapshot() == before


@pytest.mark.parametrize("name", sorted(CHANGING))
def test_removed_member_is_refused(
    name: str, world: World, removed: User, signed_in: Callable[..., Client]
) -> None:
    before = snapshot()
    client = signed_in(removed, world.organisation)  # the session still names it
    assert send(client, name, world, None) in REFUSED
    assert send(client, name, world, world.organisation.slug) in REFUSED
    assert snapshot() == before


@pytest.mark.parametrize("name", sorted(set(CHANGING) - OPEN_TO_OTHER_ORGANISATIONS))
def test_member_of_another_organisation_is_refused(
    name: str,
    world: World,
    outsider: User,
    other_organisation: Organisation,
    signed_in: Callable[..., Client],
) -> None:
    before = snapshot()
    client = signed_in(outsider, other_organisation)
    assert send(client, name, world, other_organisation.slug) in REFUSED
    assert send(client, name, world, world.organisation.slug) in REFUSED
    assert snapshot() == before


def test_removed_member_assesses_as_a_citizen_only(
    world: World, removed: User, signed_in: Callable[..., Client]
) -> None:
    before = snapshot()
    answer = signed_in(removed).post(
        reverse("commitments:assess", args=[world.commitment.pk]),
        {**FILLED, "acting_for": world.organisation.slug},
    )
    assert answer.status_code == 403
    assert snapshot() == before


@pytest.mark.parametrize("name", sorted(CHANGING))
def test_reading_an_address_changes_nothing(
    name: str, world: World, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(world.owner, world.organisation)
    before = snapshot()
    client.get(reverse(name, args=CHANGING[name](world)))
    assert snapshot() == before
