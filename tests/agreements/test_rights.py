"""Who may read and change agreements: personas by state, and three forms of rights that agree."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from hub.files.guards import may_read
from hub.permissions import may
from organisations.acting import Actor
from projects.agreements import access
from projects.agreements.models import Agreement
from tests import factories
from tests.agreements.conftest import party_of

pytestmark = pytest.mark.django_db

STATES = ["draft", "proposed", "cancelled", "active", "ended", "terminated", "renewed"]
SIGNED = STATES[3:]


@pytest.fixture
def personas(owner, member, removed, coordinator):
    """Readers by name; the parties are `organisation` and `other_organisation`."""
    stranger = factories.make_member(factories.make_organisation(), "administrator")
    return {
        "owner": owner,
        "member": member,
        "removed": removed,
        "stranger": stranger,
        "coordinator": coordinator,
        "anonymous": AnonymousUser(),
    }


def _sees(name: str, agreement: Agreement) -> bool:
    """The table: members of a party see everything, others what is signed and public."""
    if name in ("owner", "member"):
        return True
    return agreement.state in SIGNED and agreement.visibility == "public"


def test_three_forms_of_the_right_to_read_agree_row_by_row(between, personas):
    agreements = [
        between(state=state, visibility=visibility)
        for state in STATES
        for visibility in ("public", "parties")
    ]

    for name, person in personas.items():
        expected = {row.pk for row in agreements if _sees(name, row)}
        visible = set(Agreement.objects.visible_to(person).values_list("pk", flat=True))
        ruled = {row.pk for row in agreements if may(Actor(person), "agreements.view", row)}
        fetched = {row.pk for row in agreements if _fetched(person, row)}
        files = {row.pk for row in agreements if may_read(person, row)}
        assert (visible, ruled, fetched, files) == (expected,) * 4, name


def _fetched(person, agreement) -> bool:
    try:
        return access.agreement_for(person, agreement.number) == agreement
    except Http404:
        return False


def test_public_rows_are_what_anonymous_readers_see(between):
    for state in STATES:
        between(state=state)
        between(state=state, visibility="parties")

    public = set(Agreement.objects.public())

    assert public == set(Agreement.objects.visible_to(AnonymousUser()))


# right: the roles that hold it for the drafting party / the other party, and in which states
RIGHTS = {
    "agreements.edit": ("drafter", ["draft"]),
    "agreements.propose": ("drafter", ["draft"]),
    "agreements.take_back": ("drafter", ["proposed"]),
    "agreements.cancel": ("drafter", ["draft", "proposed"]),
    "agreements.terminate": ("both", ["active"]),
    "agreements.renew": ("both", ["active", "ended"]),
    "agreements.amend": ("both", ["active"]),
    "agreements.add_copy": ("both", SIGNED),
}


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("state", STATES)
def test_rights_by_role_and_state(right, state, between, organisation, other_organisation):
    agreement = between(state=state)
    who, states = RIGHTS[right]

    for party, drafts in ((organisation, True), (other_organisation, False)):
        for role in ("member", "editor", "administrator"):
            person = factories.make_member(party, role)
            expected = role != "member" and state in states and (who == "both" or drafts)
            assert may(Actor(person, party), right, agreement) == expected, (role, drafts)
            assert not may(Actor(person), right, agreement), "only in the organisation's name"


def test_only_the_party_itself_signs(between, first, second):
    agreement = between(state="proposed")
    mine, theirs = party_of(agreement, first), party_of(agreement, second)

    held = [
        may(actor, right, party)
        for right in ("agreements.sign", "agreements.decline")
        for actor in (first.actor, second.actor)
        for party in (mine, theirs)
    ]

    assert held == [True, False, False, True] * 2


ADDRESSES = [
    ("draft", "edit/"),
    ("draft", "propose/"),
    ("draft", "cancel/"),
    ("proposed", "take-back/"),
    ("proposed", "parties/{party}/sign/"),
    ("proposed", "parties/{party}/decline/"),
    ("active", "terminate/"),
    ("active", "renew/"),
    ("active", "copies/add/"),
    ("active", "amendments/propose/"),
]


@pytest.mark.parametrize(("state", "address"), ADDRESSES)
def test_strangers_are_refused_on_every_address(
    state, address, between, first, second, personas, organisation, signed_in, client
):
    agreement = between(state=state)
    party = party_of(agreement, first).pk
    url = agreement.get_absolute_url() + address.format(party=party)
    hidden = 403 if state in SIGNED else 404
    before = Agreement.objects.values().get(pk=agreement.pk)

    answers = {
        name: signed_in(personas[name]).post(url, {"acting_for": organisation.slug}).status_code
        for name in ("stranger", "removed", "member", "coordinator")
    }
    anonymous = client.post(url)

    assert answers == {
        "stranger": hidden,
        "removed": hidden,
        "member": 403,
        "coordinator": hidden,
    }
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith("/accounts/login/")
    assert Agreement.objects.values().get(pk=agreement.pk) == before


@pytest.mark.parametrize(("state", "address"), ADDRESSES)
def test_stranger_without_a_claim_learns_nothing(
    state, address, between, first, personas, signed_in
):
    agreement = between(state=state)
    url = agreement.get_absolute_url() + address.format(party=party_of(agreement, first).pk)

    for name in ("stranger", "removed"):
        expected = 403 if state in SIGNED else 404
        assert signed_in(personas[name]).post(url).status_code == expected, name


@pytest.mark.parametrize(("state", "address"), ADDRESSES)
def test_editor_who_comes_too_late_is_told_so(state, address, between, first, signed_in):
    wrong = "cancelled"
    agreement = between(state=wrong)
    url = agreement.get_absolute_url() + address.format(party=party_of(agreement, first).pk)

    response = signed_in(first.person, first.organisation).post(url)

    assert response.status_code == 409
    assert "Nothing was changed" in response.content.decode()
    assert agreement.get_absolute_url() in response.content.decode()
