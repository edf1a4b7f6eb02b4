"""The agreements' share of the demo network: one in every state, made by calling the services.

Their obligations are recorded while they are drafts, as people would.  Hands on
`demo.store["agreements"]`: key -> agreement, and `demo.store["obligations"]`: list of
(agreement, row), for the room of commitments, which lies above this one.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from hub.demo import Demo, register_demo
from organisations.acting import Actor
from projects.agreements import services
from projects.agreements.models import Agreement, Amendment, Fingerprint, Party
from projects.agreements.services import PartyDraft
from projects.days import hub_today
from projects.demo_tools import acting, backdate_acts, calm_notices, day, moment, rows

# Other rooms write into a draft before it is sent: (demo, agreement, row of the data).
Filler = Callable[[Demo, Agreement, dict[str, Any]], None]
_fillers: list[Filler] = []


def register_filler(fill: Filler) -> None:
    """Let another room fill each draft before it is sent for signature."""
    _fillers.append(fill)


def build(demo: Demo) -> None:
    """Draft, send, sign, amend, terminate, renew: each agreement to its fate."""
    demo.store["agreements"] = {}
    for row in rows("agreements"):
        with translation.override(row["language"]):
            agreement = _draft(demo, row)
            for fill in _fillers:
                fill(demo, agreement, row)
            _to_its_fate(demo, agreement, row)
        demo.store["agreements"][row["key"]] = agreement
    services.end_expired()
    for row in rows("agreements"):
        _backdate(demo, demo.store["agreements"][row["key"]], row)
    calm_notices(demo, "agreements", keep=("agreements.proposed", "agreements.amendment_proposed"))


def _draft(demo: Demo, row: dict[str, Any]) -> Agreement:
    dates = {
        "effective_from": day(demo, row["from"]),
        "until": day(demo, row["until"]) if row["until"] is not None else None,
        "notice_days": row["notice"],
    }
    if "follows" in row:
        old = Agreement.objects.get(pk=demo.store["agreements"][row["follows"]].pk)
        actor = acting(demo, old.organisation)
        draft = services.renew(agreement=old, actor=actor)
        return services.edit_draft(agreement=draft, actor=actor, **dates)
    parties = [
        PartyDraft(demo.organisations[slug], role, name, office)
        for slug, role, name, office in row["parties"]
    ]
    actor = acting(demo, parties[0].organisation)
    agreement = services.draft_agreement(
        actor=actor,
        parties=parties,
        title=row["title"],
        kind=row["kind"],
        project=demo.store["projects"].get(row["project"]),
        text=row["text"],
        visibility=row.get("visibility", Agreement.Visibility.PUBLIC),
        **dates,
    )
    if "document" in row:
        name, words = row["document"]
        upload = SimpleUploadedFile(name, words.encode())
        services.add_document(agreement=agreement, upload=upload, actor=actor)
    return agreement


def _to_its_fate(demo: Demo, agreement: Agreement, row: dict[str, Any]) -> None:
    fate, actor = row["fate"], acting(demo, agreement.organisation)
    if fate == "draft":
        return
    if fate == "cancelled":
        services.cancel(agreement=agreement, actor=actor, reason=row["reason"])
        return
    services.propose(agreement=agreement, actor=actor)
    _sign(demo, agreement, row)
    if "amendment" in row:
        _amend(demo, agreement, row["amendment"])
    if fate == "terminated":
        today = hub_today()
        services.terminate(agreement=agreement, actor=actor, last_day=today, reason=row["reason"])


def _sign(demo: Demo, agreement: Agreement, row: dict[str, Any]) -> None:
    wanted = row.get("signed") if row["fate"] == "proposed" else None
    for number, party in enumerate(agreement.parties.select_related("organisation", "agreement")):
        if wanted is None or party.organisation.slug in wanted:
            signed_on = day(demo, min(row["from"] - 8 + 2 * number, -1))
            actor = acting(demo, party.organisation)
            services.sign(party=party, actor=actor, signed_on=signed_on)
    if "declined" in row:
        slug, reason = row["declined"]
        party = agreement.parties.get(organisation=demo.organisations[slug])
        actor = acting(demo, party.organisation)
        services.decline(party=party, actor=actor, reason=reason)


def _amend(demo: Demo, agreement: Agreement, row: dict[str, Any]) -> None:
    current = Agreement.objects.get(pk=agreement.pk)
    proposer = demo.organisations[row["by"]]
    old, new = row.get("replace", ["", ""])
    amendment = services.propose_amendment(
        agreement=current,
        actor=acting(demo, proposer),
        reason=row["reason"],
        text=current.text.replace(old, new) if old else current.text,
        until=day(demo, row["until"]) if "until" in row else current.until,
    )
    others: list[Actor] = [
        acting(demo, party.organisation)
        for party in current.parties.select_related("organisation")
        if party.organisation != proposer
    ]
    for actor in others if row["adopt"] else others[:1]:
        services.answer_amendment(amendment=amendment, actor=actor, agree=True)


def _backdate(demo: Demo, agreement: Agreement, row: dict[str, Any]) -> None:
    """Drafted some weeks before the first day, signed in the days before it."""
    first = min(row["from"], -1)
    if row["fate"] in ("draft", "proposed"):
        first = -3
    drafted, sent = moment(demo, first - 34), moment(demo, first - 14)
    rows_of = Agreement.objects.filter(pk=agreement.pk)
    rows_of.update(created=drafted, last_modified=moment(demo, min(first + 2, -1)))
    rows_of.exclude(proposed_at=None).update(proposed_at=sent)
    if "closed" in row:
        rows_of.update(closed_on=day(demo, row["closed"]))
    for party in Party.objects.filter(agreement=agreement).exclude(answered=None):
        answered = sent + timedelta(days=3 + party.pk % 5, hours=2)
        Party.objects.filter(pk=party.pk).update(answered=min(answered, demo.now))
    Fingerprint.objects.filter(agreement=agreement).update(created=sent)
    amended = moment(demo, max(first // 2, -40))
    Amendment.objects.filter(agreement=agreement).update(created=amended)
    Amendment.objects.filter(agreement=agreement, state=Amendment.State.ADOPTED).update(
        adopted_on=(amended + timedelta(days=6)).date()
    )
    backdate_acts(agreement, drafted, moment(demo, row.get("closed", min(first, -1))))
    agreement.refresh_from_db()


register_demo(41, "agreements", build)
