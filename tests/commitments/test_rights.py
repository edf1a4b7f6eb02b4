"""Who may see and change commitments: three forms of rights that agree, row by row."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from hub.files.guards import may_read
from hub.permissions import may
from organisations.acting import Actor
from projects.commitments import access
from projects.commitments.models import Commitment, ProgressReport
from tests import factories
from tests import factories_projects as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def personas(owner, member, removed, outsider, coordinator):
    """Readers by name: members of the debtor, of a beneficiary (`outsider`), and others."""
    stranger = factories.make_member(factories.make_organisation(), "administrator")
    return {
        "owner": owner,
        "member": member,
        "receiver": outsider,
        "removed": removed,
        "stranger": stranger,
        "coordinator": coordinator,
        "anonymous": AnonymousUser(),
    }


@pytest.fixture
def commitments(organisation, other_organisation):
    """One commitment for each way of being seen: name -> row."""
    parties = [organisation, other_organisation]
    sources = {
        "plain": None,
        "public agreement": make.make_agreement(parties),
        "draft": make.make_agreement(parties, state="draft"),
        "hidden agreement": make.make_agreement(parties, visibility="parties"),
        "public project": make.make_project(organisation),
        "hidden project": make.make_project(organisation, visibility="partners"),
    }
    return {
        name: make.make_commitment(organisation, to=[other_organisation], source=source)
        for name, source in sources.items()
    }


PUBLIC = {"plain", "public agreement", "public project"}


def test_three_forms_of_the_right_to_see_agree_row_by_row(commitments, personas):
    reports = {
        row.pk: ProgressReport.objects.create(
            commitment=row,
            state="planned",
            progress=0,
            text="x",
            person=row.person,
            organisation=row.debtor,
        )
        for row in commitments.values()
    }

    for name, person in personas.items():
        everything = name in ("owner", "member", "receiver")
        expected = {row.pk for key, row in commitments.items() if everything or key in PUBLIC}
        visible = set(Commitment.objects.visible_to(person).values_list("pk", flat=True))
        ruled = {
            row.pk
            for row in commitments.values()
            if may(Actor(person), "commitments.view", Commitment.objects.get(pk=row.pk))
        }
        fetched = {row.pk for row in commitments.values() if _fetched(person, row)}
        files = {pk for pk, report in reports.items() if may_read(person, report)}
        assert (visible, ruled, fetched, files) == (expected,) * 4, name


def _fetched(person, commitment) -> bool:
    try:
        return access.commitment_for(person, commitment.pk) == commitment
    except Http404:
        return False


def test_commitment_of_a_hidden_topic_or_activity_stays_hidden(
    organisation, hidden_topic, hidden_activity, personas
):
    rows = [
        make.make_commitment(organisation, source=source)
        for source in (hidden_topic, hidden_activity)
    ]

    seen = {
        name: Commitment.objects.visible_to(person).count() for name, person in personas.items()
    }

    assert len(rows) == 2
    assert seen == {
        "owner": 2,
        "member": 2,
        "receiver": 0,
        "removed": 0,
        "stranger": 0,
        "coordinator": 2,
        "anonymous": 0,
    }


# right -> who holds it on an open commitment that one organisation owes to another
HOLDERS = {
    "commitments.report": {"debtor editor"},
    "commitments.edit": {"debtor editor"},
    "commitments.postpone": {"receiver editor"},
    "commitments.assess": {
        "receiver member",
        "receiver editor",
        "stranger for themselves",
        "stranger",
    },
    "commitments.remove": set(),
}


@pytest.mark.parametrize("right", HOLDERS)
def test_rights_by_role(right, organisation, other_organisation, client):
    commitment = make.make_commitment(organisation, to=[other_organisation])
    third = factories.make_organisation()
    actors = {
        "debtor member": (organisation, "member"),
        "debtor editor": (organisation, "editor"),
        "receiver member": (other_organisation, "member"),
        "receiver editor": (other_organisation, "editor"),
        "stranger": (third, "administrator"),
    }
    people = {
        name: Actor(factories.make_member(where, role), where)
        for name, (where, role) in actors.items()
    }
    people["stranger for themselves"] = Actor(factories.make_user())
    people["debtor editor for themselves"] = Actor(people["debtor editor"].person)
    people["former editor"] = Actor(factories.make_former_member(organisation), organisation)
    people["anonymous"] = Actor(AnonymousUser())

    holders = {name for name, actor in people.items() if may(actor, right, commitment)}

    assert holders == HOLDERS[right]


def test_debtor_gives_itself_time_only_where_the_public_is_owed(organisation):
    _person, actor = make.as_editor(organisation)

    assert may(actor, "commitments.postpone", make.make_commitment(organisation))
    assert not may(actor, "commitments.postpone", make.make_commitment(organisation, state="done"))


@pytest.mark.parametrize(
    ("state", "drafter", "recorder", "other"),
    [("draft", True, True, False), ("proposed", False, False, False), ("active",) + (False,) * 3],
)
def test_obligation_changes_while_its_agreement_is_a_draft(
    state, drafter, recorder, other, organisation, other_organisation
):
    third = factories.make_organisation()
    agreement = make.make_agreement([organisation, other_organisation, third], state=state)
    obligation = make.make_commitment(third, source=agreement, organisation=other_organisation)

    held = [
        may(make.as_editor(each)[1], right, obligation)
        for right in ("commitments.edit", "commitments.remove")
        for each in (organisation, other_organisation, third)
    ]

    assert held == [drafter, recorder, other] * 2


def test_source_decides_who_records(organisation, other_organisation, topic, activity):
    agreement = make.make_agreement([organisation, other_organisation])
    project = make.make_project(organisation)
    make.make_partner(project, other_organisation, "invited")
    mine, theirs = (make.as_editor(each)[1] for each in (organisation, other_organisation))

    held = {
        type(source).__name__: [may(each, "commitments.record", source) for each in (mine, theirs)]
        for source in (agreement, project, topic, activity)
    }

    assert held == {
        "Agreement": [True, True],
        "Project": [True, False],
        "Topic": [True, False],
        "Activity": [True, False],
    }


def test_withdrawn_agreement_gives_rise_to_nothing(organisation, other_organisation):
    agreement = make.make_agreement([organisation, other_organisation], state="cancelled")

    assert not may(make.as_editor(organisation)[1], "commitments.record", agreement)


ADDRESSES = ["edit/", "report/", "postpone/", "remove/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_strangers_are_refused_on_every_address(
    address, organisation, other_organisation, personas, signed_in, client
):
    commitment = make.make_commitment(organisation, to=[other_organisation])
    url = commitment.get_absolute_url() + address

    answers = {
        name: [
            signed_in(personas[name]).post(url, data).status_code
            for data in ({}, {"acting_for": organisation.slug})
        ]
        for name in ("stranger", "removed", "member", "coordinator")
    }

    assert answers == {name: [403, 403] for name in answers}
    assert client.post(url).status_code == 302


def test_debtors_people_cannot_assess_even_for_themselves(organisation, member, signed_in):
    commitment = make.make_commitment(organisation)

    response = signed_in(member).post(
        f"{commitment.get_absolute_url()}assess/", {"verdict": "met", "reason": "Fine."}
    )

    assert response.status_code == 403
    assert not commitment.assessments.exists()
