"""Projects, partners and links: every status and move, every answer, who is told."""

import pytest

from hub import audit
from hub.notifications.models import Notification
from hub.refusals import Refused
from projects import services
from projects.models import Partner, Project
from tests import factories
from tests import factories_projects as make
from tests.factories_activities import make_activity
from tests.factories_forums import make_topic

pytestmark = pytest.mark.django_db

LEADS_TO = {
    ("planned", "start"): "active",
    ("planned", "stop"): "stopped",
    ("active", "finish"): "finished",
    ("active", "stop"): "stopped",
    ("finished", "reopen"): "active",
    ("stopped", "reopen"): "active",
}


@pytest.mark.parametrize("move", ["start", "finish", "stop", "reopen"])
@pytest.mark.parametrize("status", ["planned", "active", "finished", "stopped"])
def test_every_move_in_every_status(status, move, organisation, lead):
    project = make.make_project(organisation, status=status)

    if (status, move) in LEADS_TO:
        services.move_project(project=project, move=move, actor=lead, reason="It is time.")
    else:
        with pytest.raises(Refused):
            services.move_project(project=project, move=move, actor=lead, reason="It is time.")

    assert Project.objects.get().status == LEADS_TO.get((status, move), status)


@pytest.mark.parametrize(("status", "move"), [("active", "stop"), ("stopped", "reopen")])
def test_reason_is_demanded(status, move, organisation, lead):
    project = make.make_project(organisation, status=status)

    with pytest.raises(Refused) as refusal:
        services.move_project(project=project, move=move, actor=lead, reason=" ")

    assert (refusal.value.status, refusal.value.field) == (422, "reason")


def test_move_is_kept_with_its_reason_and_partners_are_told(project, invited, lead, guest):
    services.move_project(project=project, move="stop", actor=lead, reason="No money.")

    entry = audit.history(project).get()
    assert (entry.action, entry.reason, entry.changes) == (
        "projects.project.stopped",
        "No money.",
        {"status": ["planned", "stopped"]},
    )
    told = Notification.objects.values_list("kind", "recipient")
    assert list(told) == [("projects.moved", guest.person.pk)]


# state of the partner -> what each act makes of it; what is not named is refused
ANSWERS = {
    ("invited", "accept"): "accepted",
    ("invited", "decline"): "declined",
    ("accepted", "leave"): "left",
    ("declined", "invite"): "invited",
    ("left", "invite"): "invited",
    ("invited", "withdraw"): None,
}


@pytest.mark.parametrize("act", ["accept", "decline", "leave", "invite", "withdraw"])
@pytest.mark.parametrize("state", ["invited", "accepted", "declined", "left"])
def test_every_answer_in_every_state(state, act, project, lead, guest):
    partner = make.make_partner(project, guest.organisation, state)
    acts = {
        "accept": lambda: services.answer_invitation(partner=partner, accept=True, actor=guest),
        "decline": lambda: services.answer_invitation(partner=partner, accept=False, actor=guest),
        "leave": lambda: services.leave_project(partner=partner, actor=guest, reason="Busy."),
        "invite": lambda: services.invite_partner(
            project=project, organisation=guest.organisation, actor=lead
        ),
        "withdraw": lambda: services.withdraw_invitation(partner=partner, actor=lead),
    }

    if (state, act) in ANSWERS:
        acts[act]()
    else:
        with pytest.raises(Refused):
            acts[act]()

    stored = Partner.objects.filter(pk=partner.pk).values_list("state", flat=True).first()
    assert stored == ANSWERS.get((state, act), state)


def test_lead_cannot_be_its_own_partner(project, lead):
    with pytest.raises(Refused):
        services.invite_partner(project=project, organisation=lead.organisation, actor=lead)


def test_invitation_and_answer_are_told_to_the_other_side(project, lead, guest):
    partner = services.invite_partner(project=project, organisation=guest.organisation, actor=lead)
    services.answer_invitation(partner=partner, accept=True, actor=guest)

    told = Notification.objects.order_by("pk").values_list("kind", "recipient")
    assert list(told) == [
        ("projects.invited", guest.person.pk),
        ("projects.answered", lead.person.pk),
    ]


@pytest.mark.parametrize("title", ["Clean river", "Чиста река", "სუფთა მდინარე", "Create", "!!!"])
def test_address_is_made_from_the_title_and_never_taken_twice(title, lead):
    slugs = {services.create_project(actor=lead, title=title, summary="x").slug for _ in range(2)}

    assert len(slugs) == 2
    assert "create" not in slugs


def test_topic_and_activity_are_linked_once_and_taken_off(project, lead):
    topic, activity = make_topic(), make_activity()
    for target in (topic, activity):
        services.link(project=project, target=target, actor=lead)
        with pytest.raises(Refused):
            services.link(project=project, target=target, actor=lead)

    assert (list(project.topics.all()), list(project.activities.all())) == ([topic], [activity])
    services.unlink(project=project, target=topic, actor=lead)
    assert not project.topics.exists()


def test_edit_notes_what_changed(project, lead):
    place = factories.make_place()

    services.edit_project(
        project=project, actor=lead, tags=["river"], title="Cleaner river", place=place
    )

    entry = audit.history(project).get()
    assert entry.changes == {
        "title": ["Clean river", "Cleaner river"],
        "place": ["", str(place)],
    }
    assert [tag.name for tag in project.tags.all()] == ["river"]
