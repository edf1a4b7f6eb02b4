"""Who may do what: the rules, what is visible, and every address that changes something."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from activities import services
from activities.models import Activity
from activities.recurrence import Rule
from hub import panels
from hub.audit import history
from hub.permissions import may
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.conftest import SignIn
from tests.factories import make_actor, make_organisation
from tests.factories_activities import editor_of, make_activity, make_when

DAY = date(2027, 3, 15)
PEOPLE = ["owner", "editor", "member", "removed", "outsider", "partner", "coordinator", "stranger"]


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_providers", {})


@pytest.fixture
def partner_organisation(db: None) -> Any:
    return make_organisation("Radio Kroi")


@pytest.fixture
def people(
    owner: User,
    editor: User,
    member: User,
    removed: User,
    outsider: User,
    coordinator: User,
    partner_organisation: Any,
) -> Any:
    found: list[Any] = [owner, editor, member, removed, outsider]
    found += [editor_of(partner_organisation).person, coordinator, AnonymousUser()]
    return dict(zip(PEOPLE, found, strict=True))


@pytest.fixture
def actor(editor: User, organisation: Organisation) -> Actor:
    return make_actor(editor, organisation)


@pytest.fixture
def private(actor: Actor, partner_organisation: Any) -> Activity:
    return make_activity(
        "For members",
        actor=actor,
        when=make_when(DAY, "10:00", "11:00"),
        rule=Rule("WEEKLY", count=4),
        visibility="members",
        co_organisers=[partner_organisation],
    )


@pytest.fixture
def public(actor: Actor) -> Activity:
    return make_activity("For all", actor=actor)


@pytest.mark.parametrize(
    ("right", "allowed"),
    [
        ("activities.view", {"owner", "editor", "member", "partner", "coordinator"}),
        ("activities.edit", {"owner", "editor"}),
        ("activities.delete", {"owner", "editor"}),
    ],
)
def test_rights_on_an_activity_for_members(
    people: Any, private: Activity, right: Any, allowed: Any
) -> None:
    holders = {name for name, person in people.items() if may(Actor(person), right, private)}

    assert holders == allowed


def test_everybody_sees_a_public_activity(people: Any, public: Activity) -> None:
    assert all(may(Actor(person), "activities.view", public) for person in people.values())


def test_rights_to_answer_for_the_asked_organisation(people: Any, private: Activity) -> None:
    asked = private.co_organisers.get()

    holders = {
        name for name, person in people.items() if may(Actor(person), "activities.respond", asked)
    }

    assert holders == {"partner"}


def test_right_to_plan_is_for_editors_acting_for_a_verified_organisation(
    people: Any, organisation: Organisation
) -> Any:
    def planners() -> set[str]:
        return {
            name
            for name, person in people.items()
            if person.is_authenticated
            and may(Actor(person).on_behalf_of(organisation), "activities.create")
        }

    assert planners() == {"owner", "editor"}
    assert not may(Actor(people["editor"]), "activities.create")
    assert not may(Actor(people["outsider"], organisation), "activities.create")
    for status in ("pending", "suspended", "refused"):
        organisation.status = status
        assert planners() == set()


def test_suspended_organiser_changes_nothing_more(people: Any, public: Activity) -> None:
    public.organisation.status = "suspended"

    assert not may(Actor(people["owner"]), "activities.edit", public)
    assert not may(Actor(people["owner"]), "activities.delete", public)


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_visible_and_the_right_to_view_agree(
    people: Any, private: Activity, public: Activity, name: Any
) -> None:
    declined = make_activity(
        "Declined", visibility="members", co_organisers=[private.co_organisers.get().organisation]
    )
    services.answer_request(
        asked=declined.co_organisers.get(), actor=Actor(people["partner"]), accept=False
    )
    person = people[name]

    seen = set(Activity.objects.visible_to(person))

    assert seen == {
        row for row in Activity.objects.all() if may(Actor(person), "activities.view", row)
    }
    assert public in seen
    assert (declined in seen) == (name == "coordinator")


CHANGES = [
    "edit/",
    "cancel/",
    "delete/",
    "reinstate/",
    "organisers/",
    "organisers/{asked}/answer/",
    "organisers/{asked}/withdraw/",
    "days/2027-03-22/cancel/",
    "days/2027-03-22/move/",
    "days/2027-03-22/put-back/",
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("shown_to", ["members", "public"])
def test_only_the_organisers_editors_change_an_activity(
    client: Client,
    signed_in: SignIn,
    people: Any,
    private: Activity,
    actor: Actor,
    change: str,
    shown_to: str,
) -> None:
    services.change_activity(activity=private, actor=actor, visibility=shown_to)
    before = (private.last_modified, history(private).count())
    address = private.get_absolute_url() + change.format(asked=private.co_organisers.get().pk)
    sent = {"reason": "x", "organisation": "Radio Kroi", "answer": "accept"}
    far = 404 if shown_to == "members" else 403
    expected = {"member": 403, "coordinator": 403, "removed": far, "outsider": far}
    if "answer" not in change:  # that is the partner's to give
        expected["partner"] = 403

    answers = {name: signed_in(people[name]).post(address, sent).status_code for name in expected}
    stranger = client.post(address, sent)

    assert answers == expected
    assert (stranger.status_code, "/accounts/login/" in stranger["Location"]) == (302, True)
    private.refresh_from_db()
    assert (private.last_modified, history(private).count()) == before


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("owner", 200),
        ("member", 200),
        ("partner", 200),
        ("coordinator", 200),
        ("outsider", 404),
        ("removed", 404),
        ("stranger", 404),
    ],
)
def test_page_of_a_members_activity(
    client: Client, signed_in: SignIn, people: Any, private: Activity, name: Any, status: int
) -> None:
    reader = client if name == "stranger" else signed_in(people[name])

    assert reader.get(private.get_absolute_url()).status_code == status


@pytest.mark.parametrize("name", ["outsider", "removed", "stranger"])
def test_members_activity_stands_in_no_list_of_others(
    client: Client, signed_in: SignIn, people: Any, private: Activity, name: Any
) -> None:
    reader = client if name == "stranger" else signed_in(people[name])

    for address in (
        "/calendar/?month=2027-03",
        "/calendar/agenda/?month=2027-03",
        "/search/?q=members",
    ):
        assert "For members" not in reader.get(address).content.decode()


def test_search_finds_activities_in_either_script(client: Client, actor: Actor) -> None:
    make_activity("Разговор о води", actor=actor)

    assert "Разговор о води" in client.get("/search/?q=razgovor").content.decode()


@pytest.mark.parametrize("change", ["reinstate/", "organisers/", "days/2027-03-22/put-back/"])
def test_changes_are_posted(
    signed_in: SignIn, editor: User, organisation: Organisation, private: Activity, change: Any
) -> None:
    assert (
        signed_in(editor, organisation).get(private.get_absolute_url() + change).status_code == 405
    )


def test_changes_need_the_token_of_the_form(
    editor: User, organisation: Organisation, private: Activity
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    answer = client.post(f"{private.get_absolute_url()}cancel/", {"reason": "x"})

    assert answer.status_code == 403
    private.refresh_from_db()
    assert not private.is_cancelled
