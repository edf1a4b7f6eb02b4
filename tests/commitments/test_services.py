"""Recording, reporting, postponing, assessing: every state, what is demanded, who is told."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from hub import audit
from hub.files.services import files_of
from hub.notifications.models import Notification
from hub.refusals import Refused
from organisations.acting import Actor
from projects.agreements import services as agreement_services
from projects.commitments import services
from projects.commitments.models import Assessment, Commitment
from projects.days import hub_today
from tests import factories
from tests import factories_projects as make

pytestmark = pytest.mark.django_db

STATES = ["planned", "in_progress", "done", "dropped"]
FOLLOWS = {
    "planned": STATES,
    "in_progress": ["in_progress", "done", "dropped"],
    "done": ["in_progress", "done"],
    "dropped": ["in_progress", "dropped"],
}


@pytest.mark.parametrize("new", STATES)
@pytest.mark.parametrize("old", STATES)
def test_every_report_after_every_state(old, new, organisation):
    closed = hub_today() - timedelta(days=3) if old in ("done", "dropped") else None
    commitment = make.make_commitment(organisation, state=old, closed_on=closed)
    actor = make.as_editor(organisation)[1]

    if new in FOLLOWS[old]:
        services.report_progress(commitment=commitment, actor=actor, state=new, text="So it is.")
    else:
        with pytest.raises(Refused):
            services.report_progress(commitment=commitment, actor=actor, state=new, text="Is it?")

    stored = Commitment.objects.get(pk=commitment.pk)
    assert stored.state == (new if new in FOLLOWS[old] else old)
    if new in FOLLOWS[old]:
        expected = {True: None, False: closed if old == new else hub_today()}
        assert stored.closed_on == expected[new in ("planned", "in_progress")]


@pytest.mark.parametrize(
    ("state", "said", "kept"),
    [("planned", 40, 0), ("in_progress", 40, 40), ("in_progress", 100, 99), ("done", 40, 100)],
)
def test_percentage_fits_the_state(state, said, kept, organisation):
    commitment = make.make_commitment(organisation)

    services.report_progress(
        commitment=commitment,
        actor=make.as_editor(organisation)[1],
        state=state,
        progress=said,
        text="So it is.",
    )

    assert Commitment.objects.get(pk=commitment.pk).progress == kept


def test_report_keeps_its_evidence(organisation):
    commitment = make.make_commitment(organisation)
    upload = SimpleUploadedFile("photo.pdf", b"%PDF-1.7 photo")

    report = services.report_progress(
        commitment=commitment,
        actor=make.as_editor(organisation)[1],
        state="done",
        text="Done.",
        link="https://valley.example/done",
        documents=[upload],
    )

    assert [stored.name for stored in files_of(report)] == ["photo.pdf"]


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (datetime(2026, 6, 15, 21, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 6, 15, 22, 0, 0, tzinfo=UTC), True),
    ],
)
def test_late_begins_at_midnight_of_the_hub(settings, moment, late):
    settings.TIME_ZONE = "Europe/Tirane"
    commitment = make.make_commitment(due=date(2026, 6, 15))

    with time_machine.travel(moment, tick=False):
        assert commitment.is_late == late
        assert Commitment.objects.with_status("late").exists() == late
        assert Commitment.objects.with_status("open").exists()


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_closed_commitment_is_never_late(state):
    commitment = make.make_commitment(due=hub_today() - timedelta(days=9), state=state)

    assert commitment.status == state
    assert not Commitment.objects.with_status("late").exists()


def test_status_in_database_and_in_python_agree():
    rows = [
        make.make_commitment(due=hub_today() + timedelta(days=days), state=state)
        for state in STATES
        for days in (-1, 0, 1)
    ]

    for status in ("late", "done", "dropped"):
        found = set(Commitment.objects.with_status(status))
        assert found == {row for row in rows if row.status == status}, status
    still_open = {row for row in rows if row.status in ("open", "late")}
    assert set(Commitment.objects.with_status("open")) == still_open


def test_one_binds_only_oneself(organisation, other_organisation):
    actor = make.as_editor(organisation)[1]

    with pytest.raises(Refused) as refusal:
        services.record_commitment(
            actor=actor,
            title="Mend the road",
            debtor=other_organisation,
            due=hub_today(),
            to_public=True,
        )

    assert refusal.value.field == "debtor"


@pytest.mark.parametrize(
    ("state", "recorded"),
    [("draft", True), ("proposed", False), ("active", False), ("cancelled", False)],
)
def test_others_are_bound_only_in_a_draft_they_must_sign(
    state, recorded, organisation, other_organisation
):
    agreement = make.make_agreement([organisation, other_organisation], state=state)
    actor = make.as_editor(organisation)[1]
    terms = {
        "actor": actor,
        "title": "Mend the road",
        "debtor": other_organisation,
        "beneficiaries": [organisation],
        "due": hub_today(),
        "source": agreement,
    }

    if recorded:
        services.record_commitment(**terms)
    else:
        with pytest.raises(Refused):
            services.record_commitment(**terms)

    assert Commitment.objects.from_source(agreement).exists() == recorded


@pytest.mark.parametrize("to", ["nobody", "the debtor"])
def test_someone_else_must_be_owed(to, organisation):
    with pytest.raises(Refused) as refusal:
        services.record_commitment(
            actor=make.as_editor(organisation)[1],
            title="Mend the road",
            debtor=organisation,
            due=hub_today(),
            beneficiaries=[organisation] if to == "the debtor" else [],
        )

    assert (refusal.value.status, refusal.value.field) == (422, "beneficiaries")


def test_agreement_is_not_sent_while_a_stranger_owes(organisation, other_organisation):
    agreement = make.make_agreement([organisation, other_organisation], state="draft")
    stranger = factories.make_organisation("Stranger")
    make.make_commitment(stranger, source=agreement)

    with pytest.raises(Refused) as refusal:
        agreement_services.propose(agreement=agreement, actor=make.as_editor(organisation)[1])

    assert "Stranger owes something" in str(refusal.value.message)


def test_obligation_is_removed_from_a_draft_only(organisation, other_organisation):
    actor = make.as_editor(organisation)[1]
    draft, sent = (
        make.make_agreement([organisation, other_organisation], state=state)
        for state in ("draft", "proposed")
    )
    rows = [make.make_commitment(organisation, source=source) for source in (draft, sent, None)]

    services.remove_obligation(commitment=rows[0], actor=actor)
    for row in rows[1:]:
        with pytest.raises(Refused):
            services.remove_obligation(commitment=row, actor=actor)

    assert list(Commitment.objects.order_by("pk")) == rows[1:]


def test_obligation_of_a_frozen_agreement_is_not_edited(organisation, other_organisation):
    agreement = make.make_agreement([organisation, other_organisation], state="proposed")
    row = make.make_commitment(organisation, source=agreement, title="Old")

    with pytest.raises(Refused):
        services.edit_commitment(
            commitment=row,
            actor=make.as_editor(organisation)[1],
            beneficiaries=[other_organisation],
            title="New",
        )

    assert Commitment.objects.get().title == "Old"


def test_postponing_keeps_the_old_day_and_the_reason(organisation, other_organisation):
    commitment = make.make_commitment(organisation, to=[other_organisation])
    old, new = commitment.due, commitment.due + timedelta(days=30)

    services.postpone(
        commitment=commitment,
        actor=make.as_editor(other_organisation)[1],
        due=new,
        reason="Winter came early.",
    )

    entry = audit.history(commitment).get()
    assert (entry.changes, entry.reason) == (
        {"due": [old.isoformat(), new.isoformat()]},
        "Winter came early.",
    )
    assert (commitment.due, commitment.sequence) == (new, 1)


@pytest.mark.parametrize(
    ("days", "reason", "field"), [(30, " ", "reason"), (0, "Why not.", "due"), (-1, "No.", "due")]
)
def test_wrong_postponement_is_refused(days, reason, field, organisation):
    commitment = make.make_commitment(organisation)

    with pytest.raises(Refused) as refusal:
        services.postpone(
            commitment=commitment,
            actor=make.as_editor(organisation)[1],
            due=commitment.due + timedelta(days=days),
            reason=reason,
        )

    assert refusal.value.field == field


def test_closed_commitment_is_not_postponed(organisation):
    commitment = make.make_commitment(organisation, state="done")

    with pytest.raises(Refused):
        services.postpone(
            commitment=commitment,
            actor=make.as_editor(organisation)[1],
            due=commitment.due + timedelta(days=1),
            reason="More.",
        )


def test_newest_finding_of_each_assessor_counts(organisation, other_organisation):
    commitment = make.make_commitment(organisation)
    [one, colleague] = [make.as_editor(other_organisation)[1] for _ in range(2)]
    citizen, other_citizen = (Actor(factories.make_user()) for _ in range(2))

    for actor, verdict in (
        (one, "not_met"),
        (colleague, "partly"),  # for the same organisation: replaces
        (citizen, "no_evidence"),
        (other_citizen, "met"),
        (citizen, "met"),
    ):
        services.assess(commitment=commitment, actor=actor, verdict=verdict, reason="I looked.")

    current = Assessment.objects.filter(current=True).order_by("pk")
    assert [(each.person, each.verdict) for each in current] == [
        (colleague.person, "partly"),
        (other_citizen.person, "met"),
        (citizen.person, "met"),
    ]
    assert Assessment.objects.count() == 5


def test_those_concerned_are_told(organisation, other_organisation):
    debtor, debtor_actor = make.as_editor(organisation)
    receiver, receiver_actor = make.as_editor(other_organisation)
    commitment = services.record_commitment(
        actor=debtor_actor,
        title="Mend the road",
        debtor=organisation,
        beneficiaries=[other_organisation],
        due=hub_today(),
    )
    services.report_progress(
        commitment=commitment, actor=debtor_actor, state="done", text="Mended."
    )
    services.assess(
        commitment=commitment, actor=receiver_actor, verdict="partly", reason="Half of it."
    )

    told = Notification.objects.order_by("pk").values_list("kind", "recipient")
    assert list(told) == [
        ("commitments.recorded", receiver.pk),
        ("commitments.reported", receiver.pk),
        ("commitments.assessed", debtor.pk),
    ]
