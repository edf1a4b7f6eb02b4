"""Notices: told once, never to oneself, read by their reader alone, mailed in their language."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from hub.live.models import Event
from hub.notifications import kinds
from hub.notifications.kinds import Notice
from hub.notifications.models import Notification
from hub.notifications.services import choose_mail, close_notices, mark_read, notify
from organisations.acting import Actor
from organisations.models import Organisation, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of notice to test with."""

    def describe(notification: Notification) -> Notice:
        return Notice(f"{notification.actor_name} waved at {notification.target}", "/wave/")

    monkeypatch.setitem(kinds._kinds, "test.waved", ("Waves", describe))


@pytest.mark.django_db(transaction=True)
def test_each_person_is_told_once_and_never_the_one_who_acts(
    owner: User, member: User, outsider: User, organisation: Organisation
) -> None:
    notify(
        [owner, member, member, outsider],
        "test.waved",
        actor=Actor(owner, organisation),
        target=organisation,
    )

    told = Notification.objects.order_by("recipient_id").values_list("recipient", flat=True)
    assert sorted(told) == sorted([member.pk, outsider.pk])
    assert sorted(mail.outbox[0].to + mail.outbox[1].to) == sorted([member.email, outsider.email])
    assert mail.outbox[0].subject == f"{organisation} waved at {organisation}"
    assert set(Event.objects.values_list("stream__name", flat=True)) == {
        f"user:{member.pk}",
        f"user:{outsider.pk}",
    }


@pytest.mark.django_db(transaction=True)
def test_who_chose_the_site_only_gets_no_mail(
    owner: User, member: User, organisation: Organisation
) -> None:
    choose_mail(person=member, choices={"test.waved": "never"})

    notify([member], "test.waved", actor=Actor(owner), target=organisation)

    assert (Notification.objects.count(), mail.outbox) == (1, [])


def test_list_shows_own_notices_in_words(
    owner: User, member: User, organisation: Organisation, signed_in: Any
) -> None:
    notify([member], "test.waved", actor=Actor(owner), target=organisation)
    notify([owner], "test.waved", actor=Actor(member), target=organisation)

    page = signed_in(member).get("/notifications/").content.decode()

    assert f"{owner} waved at {organisation}" in page
    assert f"{member} waved at" not in page


def test_opening_marks_as_read_and_leads_on(
    owner: User, member: User, organisation: Organisation, signed_in: Any
) -> None:
    [row] = notify([member], "test.waved", actor=Actor(owner), target=organisation)

    answer = signed_in(member).post(f"/notifications/{row.pk}/")

    row.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/wave/")
    assert row.read_at is not None


def test_others_cannot_open_a_notice(
    owner: User, member: User, outsider: User, organisation: Organisation, signed_in: Any
) -> None:
    [row] = notify([member], "test.waved", actor=Actor(owner), target=organisation)
    assert signed_in(outsider).post(f"/notifications/{row.pk}/").status_code == 404
    assert Client().post(f"/notifications/{row.pk}/").status_code == 302  # to the sign-in page
    row.refresh_from_db()
    assert row.read_at is None


def test_reading_all_leaves_none_unread(
    owner: User, member: User, organisation: Organisation
) -> None:
    for _ in range(3):
        notify([member], "test.waved", actor=Actor(owner), target=organisation)
    assert mark_read(person=member) == 3
    assert Notification.objects.unread_count(member) == 0


def test_list_costs_the_same_with_one_and_with_many(
    owner: User,
    member: User,
    organisation: Organisation,
    signed_in: Any,
    django_assert_max_num_queries: Any,
) -> None:
    client = signed_in(member)
    for count in (1, 20):
        for _ in range(count):
            notify([member], "test.waved", actor=Actor(owner), target=organisation)
        client.get("/notifications/")
        with django_assert_max_num_queries(9):
            client.get("/notifications/")


def test_what_a_colleague_has_done_waits_for_nobody_of_theirs(
    owner: User, member: User, outsider: User, organisation: Organisation
) -> None:
    for name in ("one", "two"):
        people = [owner, member, outsider]
        notify(people, "test.waved", actor=None, target=organisation, name=name)

    own = [owner, member]
    changed = close_notices("test.waved", target=organisation, people=own, name="one")

    unread = Notification.objects.unread().values_list("recipient", "data__name")
    assert (changed, sorted(unread)) == (
        2,
        sorted([(owner.pk, "two"), (member.pk, "two"), (outsider.pk, "one"), (outsider.pk, "two")]),
    )
