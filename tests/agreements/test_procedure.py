"""Every state and every move: what is allowed, what it leads to, what it demands."""

from datetime import timedelta

import pytest

from hub import audit
from hub.notifications.models import Notification
from hub.refusals import Refused
from projects.agreements import services
from projects.agreements.models import Agreement
from projects.days import hub_today
from tests.agreements.conftest import party_of

pytestmark = pytest.mark.django_db

STATES = ["draft", "proposed", "cancelled", "active", "ended", "terminated", "renewed"]

# (state, act) -> state after it.  What is not named is refused.
LEADS_TO = {
    ("draft", "propose"): "proposed",
    ("draft", "cancel"): "cancelled",
    ("draft", "edit"): "draft",
    ("proposed", "take_back"): "draft",
    ("proposed", "cancel"): "cancelled",
    ("proposed", "sign"): "proposed",
    ("proposed", "decline"): "proposed",
    ("active", "terminate"): "terminated",
    ("active", "renew"): "active",
    ("active", "amend"): "active",
    ("ended", "renew"): "ended",
}
ACTS = sorted({act for _state, act in LEADS_TO})


def _do(act, agreement, first, second):
    party, today = party_of(agreement, second), hub_today()
    acts = {
        "propose": lambda: services.propose(agreement=agreement, actor=first.actor),
        "edit": lambda: services.edit_draft(agreement=agreement, actor=first.actor, title="New"),
        "cancel": lambda: services.cancel(agreement=agreement, actor=first.actor, reason="No."),
        "take_back": lambda: services.take_back(
            agreement=agreement, actor=first.actor, reason="Typing mistake."
        ),
        "sign": lambda: services.sign(party=party, actor=second.actor, signed_on=today),
        "decline": lambda: services.decline(party=party, actor=second.actor, reason="Too dear."),
        "terminate": lambda: services.terminate(
            agreement=agreement, actor=second.actor, last_day=today, reason="It failed."
        ),
        "renew": lambda: services.renew(agreement=agreement, actor=second.actor),
        "amend": lambda: services.propose_amendment(
            agreement=agreement, actor=second.actor, reason="More.", text="More.", until=None
        ),
    }
    acts[act]()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_every_act_in_every_state(state, act, between, first, second):
    agreement = between(state=state)

    if (state, act) in LEADS_TO:
        _do(act, agreement, first, second)
    else:
        with pytest.raises(Refused):
            _do(act, agreement, first, second)

    expected = LEADS_TO.get((state, act), state)
    assert Agreement.objects.get(pk=agreement.pk).state == expected


def test_everyones_signature_makes_it_active(between, first, second):
    agreement = between(state="proposed")
    today = hub_today()

    services.sign(
        party=party_of(agreement, first), actor=first.actor, signed_on=today - timedelta(days=9)
    )
    services.sign(
        party=party_of(agreement, second), actor=second.actor, signed_on=today - timedelta(days=2)
    )

    stored = Agreement.objects.get(pk=agreement.pk)
    assert (stored.state, stored.date_signed) == ("active", today - timedelta(days=2))


def test_party_that_declined_may_still_sign(between, first, second):
    agreement = between(state="proposed")
    services.decline(party=party_of(agreement, second), actor=second.actor, reason="Not now.")

    services.sign(party=party_of(agreement, second), actor=second.actor, signed_on=hub_today())

    party = party_of(agreement, second)
    assert (party.state, party.reason) == ("signed", "")


def test_signature_in_the_future_is_refused(between, second):
    agreement = between(state="proposed")

    with pytest.raises(Refused) as refusal:
        services.sign(
            party=party_of(agreement, second),
            actor=second.actor,
            signed_on=hub_today() + timedelta(days=1),
        )

    assert (refusal.value.status, refusal.value.field) == (422, "signed_on")


def test_second_signature_of_a_party_is_refused(between, second):
    agreement = between(state="proposed")
    services.sign(party=party_of(agreement, second), actor=second.actor, signed_on=hub_today())

    with pytest.raises(Refused):
        services.sign(party=party_of(agreement, second), actor=second.actor, signed_on=hub_today())


def test_taking_back_voids_signatures(between, first, second):
    agreement = between(state="proposed")
    services.sign(party=party_of(agreement, second), actor=second.actor, signed_on=hub_today())

    services.take_back(agreement=agreement, actor=first.actor, reason="A mistake in section 2.")

    rows = list(agreement.parties.values_list("state", "signed_on", "person"))
    assert rows == [("invited", None, None)] * 2


@pytest.mark.parametrize("act", ["cancel", "take_back", "terminate", "decline"])
def test_reason_is_demanded(act, between, first, second):
    state = "active" if act == "terminate" else "proposed"
    agreement = between(state=state)
    calls = {
        "cancel": lambda: services.cancel(agreement=agreement, actor=first.actor, reason=" "),
        "take_back": lambda: services.take_back(agreement=agreement, actor=first.actor, reason=""),
        "terminate": lambda: services.terminate(
            agreement=agreement, actor=first.actor, last_day=hub_today(), reason=""
        ),
        "decline": lambda: services.decline(
            party=party_of(agreement, second), actor=second.actor, reason=""
        ),
    }

    with pytest.raises(Refused) as refusal:
        calls[act]()

    assert (refusal.value.status, refusal.value.field) == (422, "reason")
    assert Agreement.objects.get(pk=agreement.pk).state == state


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "There is nothing to sign yet"),
        ({"effective_from": None}, "from which day"),
    ],
)
def test_incomplete_draft_is_not_sent(fields, words, between, first):
    agreement = between(state="draft", **fields)

    with pytest.raises(Refused) as refusal:
        services.propose(agreement=agreement, actor=first.actor)

    assert words in str(refusal.value.message)


def test_termination_may_not_rewrite_the_past(between, first):
    agreement = between(state="active")

    with pytest.raises(Refused):
        services.terminate(
            agreement=agreement,
            actor=first.actor,
            last_day=hub_today() - timedelta(days=2),
            reason="Late.",
        )


def test_termination_on_the_agreed_last_day_is_refused(between, first):
    until = hub_today() + timedelta(days=40)
    agreement = between(state="active", until=until)

    with pytest.raises(Refused):
        services.terminate(agreement=agreement, actor=first.actor, last_day=until, reason="End.")


def test_sweep_ends_what_is_over_and_nothing_else(between):
    today = hub_today()
    over = between(until=today - timedelta(days=1), effective_from=today - timedelta(days=9))
    last_day = between(until=today)
    open_ended = between()

    assert services.end_expired() == 1
    assert services.end_expired() == 0

    states = dict(Agreement.objects.values_list("pk", "state"))
    assert states == {over.pk: "ended", last_day.pk: "active", open_ended.pk: "active"}


def test_sweep_tells_both_parties(between, first, second):
    agreement = between(until=hub_today() - timedelta(days=1), effective_from=None)

    services.end_expired()

    told = Notification.objects.filter(kind="agreements.ended", target_id=str(agreement.pk))
    assert {notice.recipient for notice in told} == {first.person, second.person}


def test_renewed_agreement_ends_where_the_new_one_begins(between, first, second):
    today = hub_today()
    old = between(effective_from=today - timedelta(days=300), until=today + timedelta(days=20))
    new = services.renew(agreement=old, actor=second.actor)

    assert (new.state, new.effective_from) == ("draft", today + timedelta(days=21))
    assert new.until - new.effective_from == old.until - old.effective_from
    assert Agreement.objects.get(pk=old.pk).state == "active"

    services.propose(agreement=new, actor=second.actor)
    for side in (first, second):
        services.sign(party=party_of(new, side), actor=side.actor, signed_on=today)

    old.refresh_from_db()
    assert (old.state, old.closed_on, old.status) == ("renewed", old.until, "expiring")
    assert old.status_on(today + timedelta(days=21)) == "renewed"


def test_agreement_is_renewed_once(between, first, second):
    old = between()
    successor = services.renew(agreement=old, actor=first.actor)

    with pytest.raises(Refused):
        services.renew(agreement=old, actor=second.actor)
    services.cancel(agreement=successor, actor=first.actor, reason="Another plan.")

    assert services.renew(agreement=old, actor=second.actor).previous == old


def test_moves_are_kept_with_actor_and_reason(between, first):
    agreement = between(state="proposed")

    services.cancel(agreement=agreement, actor=first.actor, reason="Money is short.")

    entry = audit.history(agreement).get()
    assert (entry.action, entry.person, entry.organisation_id, entry.reason, entry.changes) == (
        "agreements.agreement.cancelled",
        first.person,
        first.organisation.pk,
        "Money is short.",
        {"state": ["proposed", "cancelled"]},
    )


def test_sending_tells_the_other_party_only(between, first, second):
    agreement = between(state="draft")

    services.propose(agreement=agreement, actor=first.actor)

    told = Notification.objects.filter(kind="agreements.proposed")
    assert [notice.recipient for notice in told] == [second.person]
