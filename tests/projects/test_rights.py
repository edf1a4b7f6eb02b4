"""Who may see and change projects: three forms of rights that agree, row by row."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from hub.permissions import may
from organisations.acting import Actor
from projects import access
from projects.models import Project
from tests import factories
from tests import factories_projects as make

pytestmark = pytest.mark.django_db


def test_three_forms_of_the_right_to_see_agree_row_by_row(
    organisation, other_organisation, member, outsider, removed, coordinator
):
    """`outsider` belongs to the partner, in each state of its partnership."""
    rows = {"public": make.make_project(organisation)}
    for state in ("invited", "accepted", "declined", "left"):
        rows[state] = make.make_project(organisation, visibility="partners")
        make.make_partner(rows[state], other_organisation, state)
    sees = {
        member: set(rows),
        outsider: {"public", "invited", "accepted"},
        removed: {"public"},
        coordinator: {"public"},
        AnonymousUser(): {"public"},
    }

    for person, names in sees.items():
        visible = set(Project.objects.visible_to(person))
        ruled = {row for row in rows.values() if may(Actor(person), "projects.view", row)}
        fetched = {row for row in rows.values() if _fetched(person, row)}
        expected = {rows[name] for name in names}
        assert (visible, ruled, fetched) == (expected,) * 3, person


def _fetched(person, project) -> bool:
    try:
        return access.project_for(person, project.slug) == project
    except Http404:
        return False


RIGHTS = {
    "projects.edit": {"lead editor"},
    "projects.answer": {"partner editor"},
    "projects.leave": set(),
}


@pytest.mark.parametrize("right", RIGHTS)
def test_rights_by_role(right, project, invited, organisation, other_organisation):
    people = {
        "lead member": (organisation, "member"),
        "lead editor": (organisation, "editor"),
        "partner member": (other_organisation, "member"),
        "partner editor": (other_organisation, "editor"),
        "stranger": (factories.make_organisation(), "administrator"),
    }
    actors = {
        name: Actor(factories.make_member(where, role), where)
        for name, (where, role) in people.items()
    }
    actors["lead editor for themselves"] = Actor(actors["lead editor"].person)
    actors["former"] = Actor(factories.make_former_member(organisation), organisation)
    target = project if right == "projects.edit" else invited

    assert {name for name, actor in actors.items() if may(actor, right, target)} == RIGHTS[right]


@pytest.mark.parametrize(
    ("status", "role", "allowed"),
    [
        ("verified", "editor", True),
        ("verified", "member", False),
        ("pending", "administrator", False),
        ("suspended", "administrator", False),
    ],
)
def test_editors_of_verified_organisations_enter_projects(status, role, allowed):
    organisation = factories.make_organisation(status=status)
    actor = Actor(factories.make_member(organisation, role), organisation)

    assert may(actor, "projects.create") == allowed


@pytest.mark.parametrize(
    "address",
    ["edit/", "moves/start/", "partners/invite/", "links/add/", "partners/{pk}/withdraw/"],
)
def test_partner_and_strangers_may_not_change_the_project(
    address, project, invited, organisation, outsider, removed, member, coordinator, signed_in
):
    url = project.get_absolute_url() + address.format(pk=invited.pk)

    for person in (outsider, removed, member, coordinator):
        for data in ({}, {"acting_for": organisation.slug}):
            assert signed_in(person).post(url, data).status_code == 403, person
    assert Project.objects.get().status == "planned"


def test_answer_that_comes_too_late_is_told_so(project, invited, guest, signed_in):
    invited.state = "accepted"
    invited.save(update_fields=["state"])

    response = signed_in(guest.person, guest.organisation).post(
        f"{project.get_absolute_url()}partners/{invited.pk}/accept/"
    )

    assert response.status_code == 409
