"""One organisation with something of everything, and every address of the hub with its keys.

`route_names` reads all addresses from the URL configuration itself, so that the tables of the
tests must name each of them: a new address without a line in a table is a failing test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from activities.models import Activity, FeedToken
from activities.recurrence import Rule
from forums.models import Forum, Topic
from hub.files.models import StoredFile
from hub.files.services import store_file
from hub.notifications.models import Notification
from hub.notifications.services import notify
from organisations.acting import Actor
from organisations.models import Membership, Organisation, User
from organisations.services.invitations import invite_person
from projects.agreements.models import Agreement, Amendment
from projects.commitments.models import Commitment
from projects.models import Partner, Project
from tests import factories
from tests.factories_activities import make_activity
from tests.factories_forums import make_consultation, make_forum, make_reply, make_topic
from tests.factories_projects import make_agreement, make_commitment, make_partner, make_project

NOT_OURS = ("admin",)


def route_names() -> Iterator[str]:
    """The names of all addresses, with their namespaces; the operators' pages left out."""
    yield from _walk(get_resolver(), "")


def _walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        elif pattern.namespace not in NOT_OURS:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern, inner)


@dataclass
class World:
    """What the addresses speak of; all of it belongs to `organisation`."""

    organisation: Organisation
    owner: User
    coordinator: User
    membership: Membership
    forum: Forum
    topic: Topic
    consultation: Topic
    activity: Activity
    day: str
    project: Project
    partner: Partner
    draft: Agreement
    proposed: Agreement
    active: Agreement
    amendment: Amendment
    commitment: Commitment
    file: StoredFile
    token: FeedToken
    notice: Notification
    invitation: Any


def make_world(organisation: Organisation, owner: User) -> World:
    """Fill `organisation`, which `owner` administers, with one thing of each kind."""
    actor = Actor(owner, organisation)
    Organisation.objects.filter(pk=organisation.pk).update(kind="municipality")
    organisation.refresh_from_db()
    other = factories.make_organisation("Partner of the world")
    other_editor = factories.make_member(other, "editor")
    forum = make_forum(organisation, visibility="members", opening="hosts")
    topic = make_topic(forum, actor)
    make_reply(topic, actor)
    activity = make_activity(
        actor=actor,
        visibility="members",
        rule=Rule.parse("FREQ=WEEKLY;COUNT=3", "Europe/Tirane"),
        co_organisers=[other],
    )
    project = make_project(organisation, visibility="partners")
    proposed = make_agreement([organisation, other], state="proposed", visibility="parties")
    active = make_agreement([organisation, other], state="active", visibility="parties")
    person = factories.make_coordinator("Coordinator of the world")
    [notice] = notify([owner], "organisations.verified", actor=Actor(person), target=organisation)
    return World(
        organisation=organisation,
        owner=owner,
        coordinator=person,
        membership=Membership.objects.get(organisation=organisation, person=owner),
        forum=forum,
        topic=topic,
        consultation=make_consultation(actor, forum=forum),
        activity=activity,
        day=(timezone.localdate() + timedelta(days=7)).isoformat(),
        project=project,
        partner=make_partner(project, factories.make_organisation(), state="invited"),
        draft=make_agreement([organisation, other], state="draft", visibility="parties"),
        proposed=proposed,
        active=active,
        amendment=Amendment.objects.create(
            agreement=active,
            number=1,
            text="Another text.",
            reason="It changed.",
            organisation=other,
            person=other_editor,
        ),
        commitment=make_commitment(organisation),
        file=store_file(
            SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan"), actor=actor, attached_to=topic
        ),
        token=FeedToken.objects.create(person=owner, name="Phone"),
        notice=notice,
        invitation=invite_person(
            organisation=organisation, email="new@people.example", role="member", actor=actor
        ),
    )
