"""Notices, histories and the demo of this wing: every kind has its words, every state a row."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from hub import audit, demo, periodic
from hub.notifications.kinds import labels, words
from hub.notifications.models import Notification
from organisations.models import User
from projects.agreements.models import Agreement, Amendment, Status
from projects.commitments.models import Assessment, Commitment, ProgressReport
from projects.days import hub_today
from projects.history import in_words
from projects.models import Partner, Project
from tests import factories
from tests import factories_projects as make

ROOMS = ("projects.", "agreements.", "commitments.")
DATA = {
    "projects.answered": {"answer": "accepted"},
    "projects.moved": {"move": "start"},
    "commitments.reported": {"state": "done"},
    "commitments.assessed": {"verdict": "met"},
}


def _target(kind: str):
    makers = {
        "projects": make.make_project,
        "agreements": make.make_agreement,
        "commitments": make.make_commitment,
    }
    return makers[kind.partition(".")[0]](title="Clean river")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in labels() if kind.startswith(ROOMS)])
def test_every_notice_names_what_it_is_about_and_leads_there(kind):
    target = _target(kind)
    row = Notification.objects.create(
        recipient=factories.make_user(),
        kind=kind,
        actor_name="Green Valley",
        target_type=ContentType.objects.get_for_model(target),
        target_id=str(target.pk),
        data=DATA.get(kind, {}),
    )

    notice = words(row)

    assert notice is not None
    assert "Clean river" in notice.text
    assert "%" not in notice.text
    assert notice.url == target.get_absolute_url()


@pytest.mark.django_db
def test_the_worker_ends_agreements(between_days):
    agreement = between_days(-9, -1)

    [job] = [job for job in periodic._jobs if job.name == "agreements-end"]
    job.run()

    agreement.refresh_from_db()
    assert agreement.state == "ended"


@pytest.fixture
def between_days():
    """`between_days(-9, -1)`: an active agreement in force between two days from today."""

    def made(first: int, last: int) -> Agreement:
        today = hub_today()
        return make.make_agreement(
            effective_from=today + timedelta(days=first), until=today + timedelta(days=last)
        )

    return made


@pytest.fixture
def network(db, monkeypatch) -> None:
    """The demo network without the forums, twice as much as the believable one."""
    rooms = {"organisations", "activities", "projects", "agreements", "commitments"}
    chosen = [row for row in demo._builders if row[1] in rooms]
    monkeypatch.setattr(demo, "_builders", chosen)
    call_command("demo", scale=2, stdout=StringIO())


def test_demo_shows_every_state_and_copies_the_rest(network, client):
    assert {row.status for row in Agreement.objects.all()} == set(Status)
    assert {row.status.value for row in Commitment.objects.all()} == {
        "open",
        "late",
        "done",
        "dropped",
    }
    assert set(Project.objects.values_list("status", flat=True)) == set(Project.Status.values)
    assert set(Amendment.objects.values_list("state", flat=True)) == {"adopted", "proposed"}
    assert set(Assessment.objects.values_list("verdict", flat=True)) == set(
        Assessment.Verdict.values
    )
    assert set(Partner.objects.values_list("state", flat=True)) >= {
        "invited",
        "accepted",
        "declined",
    }
    counts = [model.objects.count() for model in (Project, Agreement, Commitment, ProgressReport)]
    assert counts == [20, 38, 102, 76]
    numbers = sorted(int(row.number[5:]) for row in Agreement.objects.all())
    assert numbers == list(range(1, 39))
    for path in ("/projects/", "/agreements/", "/commitments/"):
        assert client.get(path).status_code == 200


def test_demo_leaves_something_to_sign_for_the_published_sign_ins(network, signed_in):
    for login in ("ngo", "municipality"):
        person = User.objects.get(email=f"{login}@demo.example")
        waiting = Notification.objects.filter(
            recipient=person, kind="agreements.proposed", read_at=None
        )
        assert waiting.exists(), login


def test_demo_tells_its_past_in_order(network):
    for agreement in Agreement.objects.exclude(proposed_at=None)[:40]:
        assert agreement.created <= agreement.proposed_at, agreement
        if agreement.date_signed:
            assert agreement.created.date() <= agreement.date_signed, agreement


@pytest.mark.django_db
def test_acts_without_words_are_left_out_of_the_history(organisation):
    project = make.make_project(organisation)
    audit.record("projects.project.created", target=project, actor=None)
    audit.record("projects.project.something", target=project, actor=None)

    assert [entry["text"] for entry in in_words(audit.history(project))] == ["Entered the project"]
