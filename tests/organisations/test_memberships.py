"""Who belongs, in which role; and that one administrator always stays."""

import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from hub.models import AuditEntry
from hub.notifications.models import Notification
from organisations.acting import Actor
from organisations.models import Membership, Organisation, User
from organisations.services import memberships
from organisations.services.memberships import add_member, change_role, end_membership
from tests import factories
from tests.conftest import SignIn


def membership_of(person: User) -> Membership:
    """The one membership of a persona."""
    return Membership.objects.get(person=person)


def test_owner_changes_a_role(owner: User, member: User, organisation: Organisation) -> None:
    change_role(membership=membership_of(member), role="editor", actor=Actor(owner, organisation))
    entry = AuditEntry.objects.get(action="organisations.member.role-changed")
    assert membership_of(member).role == "editor"
    assert (entry.person, entry.organisation_id, entry.changes) == (
        owner,
        organisation.pk,
        {"role": ["member", "editor"]},
    )
    assert Notification.objects.get(recipient=member).data == {"role": "editor"}


def test_role_that_stays_leaves_no_trace(
    owner: User, member: User, organisation: Organisation
) -> None:
    change_role(membership=membership_of(member), role="member", actor=Actor(owner, organisation))
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("persona", ["editor", "member", "outsider", "removed", "coordinator"])
def test_others_do_not_change_roles(
    persona: str, request: pytest.FixtureRequest, member: User, organisation: Organisation
) -> None:
    actor = Actor(request.getfixturevalue(persona), organisation)
    with pytest.raises(PermissionDenied):
        change_role(membership=membership_of(member), role="administrator", actor=actor)
    assert membership_of(member).role == "member"


def test_nobody_raises_their_own_role(editor: User, organisation: Organisation) -> None:
    with pytest.raises(PermissionDenied):
        change_role(
            membership=membership_of(editor),
            role="administrator",
            actor=Actor(editor, organisation),
        )


def test_last_administrator_cannot_be_lowered_or_leave(
    owner: User, member: User, organisation: Organisation
) -> None:
    actor = Actor(owner, organisation)
    with pytest.raises(ValidationError, match="needs an administrator"):
        change_role(membership=membership_of(owner), role="member", actor=actor)
    with pytest.raises(ValidationError, match="needs an administrator"):
        end_membership(membership=membership_of(owner), actor=actor)
    assert Membership.objects.active().filter(person=owner, role="administrator").exists()


def test_administrator_whose_account_is_closed_does_not_count(
    owner: User, organisation: Organisation
) -> None:
    closed = factories.make_member(organisation, "administrator")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    with pytest.raises(ValidationError):
        end_membership(membership=membership_of(owner), actor=Actor(owner, organisation))


def test_owner_may_leave_when_another_stays(owner: User, organisation: Organisation) -> None:
    other = factories.make_member(organisation, "administrator")
    end_membership(membership=membership_of(owner), actor=Actor(owner, organisation))
    assert not Actor(owner).holds(organisation)
    notice = Notification.objects.get()
    assert (notice.recipient, notice.kind) == (other, "organisations.left")


def test_member_leaves(member: User, owner: User, organisation: Organisation) -> None:
    end_membership(membership=membership_of(member), actor=Actor(member, organisation))
    row = membership_of(member)
    assert row.end_date is not None
    assert not Actor(member).holds(organisation)


def test_ending_closes_open_lines_and_keeps_the_row(
    owner: User, member: User, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(memberships, "recheck", lambda **people: asked.append(people))
    end_membership(
        membership=membership_of(member), actor=Actor(owner, organisation), reason="Moved away"
    )
    entry = AuditEntry.objects.get()
    assert asked == [{"person_ids": [member.pk]}]
    assert (entry.action, entry.reason) == ("organisations.member.ended", "Moved away")
    assert Membership.objects.filter(person=member).count() == 1


def test_ended_twice_is_refused(owner: User, member: User, organisation: Organisation) -> None:
    actor = Actor(owner, organisation)
    row = membership_of(member)
    end_membership(membership=row, actor=actor)
    with pytest.raises(ValidationError, match="ended already"):
        end_membership(membership=row, actor=actor)


def test_person_may_come_back(owner: User, removed: User, organisation: Organisation) -> None:
    add_member(
        organisation=organisation, person=removed, role="member", actor=Actor(removed, organisation)
    )
    assert Actor(removed).roles == {organisation.pk: "member"}
    assert Membership.objects.filter(person=removed).count() == 2


def test_person_belongs_once(member: User, organisation: Organisation) -> None:
    with pytest.raises(ValidationError):
        add_member(organisation=organisation, person=member, role="editor", actor=Actor(member))
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_membership(member, organisation, "editor")


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_leave_one() -> None:
    organisation = factories.make_organisation()
    people = [factories.make_member(organisation, "administrator") for _ in range(2)]
    start = threading.Barrier(2)
    refused = []

    def remove(actor: User, other: User) -> None:
        # Roles are read before the other one acts, as in two requests that cross.
        acting = Actor(actor, organisation)
        assert acting.holds(organisation, "administrator")
        row = membership_of(other)
        start.wait(10)
        try:
            end_membership(membership=row, actor=acting)
        except (PermissionDenied, ValidationError) as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=remove, args=pair) for pair in (people, list(reversed(people)))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(refused) == 1
    assert Membership.objects.active().filter(organisation=organisation).count() == 1


def test_people_page_shows_who_belongs(
    member: User, owner: User, outsider: User, organisation: Organisation, signed_in: SignIn
) -> None:
    page = signed_in(outsider).get(f"{organisation.get_absolute_url()}people/")
    words = page.content.decode()
    assert page.status_code == 200
    assert "Mira Member" in words
    assert "Olive Owner" in words
    assert member.email not in words
    assert "Send the invitation" not in words


def test_owner_changes_a_role_on_the_page(
    owner: User, member: User, organisation: Organisation, signed_in: SignIn
) -> None:
    address = f"{organisation.get_absolute_url()}people/{membership_of(member).pk}/role/"
    client = signed_in(owner)
    response = client.post(address, {"role": "editor"})
    assert response.status_code == 302
    assert membership_of(member).role == "editor"
    assert client.post(address, {"role": "king"}).status_code == 302
    assert membership_of(member).role == "editor"
    assert AuditEntry.objects.get().organisation_id == organisation.pk


def test_page_says_why_the_last_administrator_stays(
    owner: User, organisation: Organisation, signed_in: SignIn
) -> None:
    address = f"{organisation.get_absolute_url()}people/{membership_of(owner).pk}/end/"
    response = signed_in(owner).post(address, {"reason": "I move"})
    assert response.status_code == 422
    words = response.content.decode()
    assert "An organisation needs an administrator" in words
    assert "I move" in words


def test_member_leaves_on_the_page(
    owner: User, member: User, organisation: Organisation, signed_in: SignIn
) -> None:
    address = f"{organisation.get_absolute_url()}people/{membership_of(member).pk}/end/"
    client = signed_in(member)
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert client.get(address).status_code == 404


def test_people_page_costs_the_same_for_many(
    owner: User,
    organisation: Organisation,
    signed_in: SignIn,
    django_assert_num_queries: Any,
) -> None:
    client = signed_in(owner)
    address = f"{organisation.get_absolute_url()}people/"
    with django_assert_num_queries(7):
        client.get(address)
    for _ in range(5):
        factories.make_member(organisation)
    with django_assert_num_queries(7):
        client.get(address)
