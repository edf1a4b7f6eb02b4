"""Drafts: the only time at which what an agreement says can change."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub import audit
from hub.files.services import store_file
from hub.notifications.services import notify
from hub.refusals import Refused
from hub.text import fold
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Organisation
from organisations.people import people_of
from projects.agreements.models import Agreement, Fingerprint, NumberSeries, Party
from projects.agreements.models.agreement import State
from projects.agreements.services.moving import lock_for_drafter, lock_for_party
from projects.days import hub_today

FIELDS = (
    "title", "kind", "project", "text", "visibility", "effective_from", "until", "notice_days",
)  # fmt: skip


class PartyDraft(NamedTuple):
    """A party as the draft names it."""

    organisation: Organisation
    role: str = ""
    signatory_name: str = ""
    signatory_office: str = ""


def folded_text(agreement: Agreement, parties: Iterable[PartyDraft]) -> str:
    """What search compares: number, title, parties, text."""
    names = " ".join(party.organisation.name for party in parties)
    return fold(f"{agreement.number} {agreement.title} {names} {agreement.text}")


def checked(parties: Iterable[PartyDraft]) -> list[PartyDraft]:
    """The parties; Refused unless they are at least two different organisations."""
    listed = list(parties)
    if len({party.organisation.pk for party in listed}) != len(listed):
        raise Refused(
            _("An organisation is named twice among the parties."),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    if len(listed) < 2:
        raise Refused(
            _("An agreement needs at least two organisations."),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    return listed


@write
def draft_agreement(
    *, actor: Actor, parties: Iterable[PartyDraft], previous: Agreement | None = None, **fields: Any
) -> Agreement:
    """A new draft with the next number of the year; `fields` are among `FIELDS`.

    The organisation that `actor` acts for must be one of the parties.
    """
    own = actor.represented()
    actor.must_act_for(own)
    listed = checked(parties)
    if own not in [party.organisation for party in listed]:
        raise Refused(
            _("%(organisation)s enters this agreement and must be one of its parties.")
            % {"organisation": own},
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    agreement = Agreement(
        number=NumberSeries.objects.take(hub_today().year),
        organisation=own,
        person=actor.signed_in(),
        previous=previous,
        **{name: fields[name] for name in FIELDS if name in fields},
    )
    agreement.folded = folded_text(agreement, listed)
    agreement.save(force_insert=True)
    Party.objects.bulk_create(Party(agreement=agreement, **party._asdict()) for party in listed)
    audit.record("agreements.agreement.drafted", target=agreement, actor=actor)
    others = [each.organisation for each in listed if each.organisation != own]
    notify(people_of(others), "agreements.drafted", actor=actor, target=agreement)
    return agreement


def _still_draft(agreement: Agreement, actor: Actor) -> Agreement:
    locked = lock_for_drafter(agreement, actor)
    if locked.state != State.DRAFT:
        raise Refused(
            _("The text is frozen since the agreement was sent for signature. Take it back first.")
        )
    return locked


@write
def edit_draft(
    *,
    agreement: Agreement,
    actor: Actor,
    parties: Iterable[PartyDraft] | None = None,
    **fields: Any,
) -> Agreement:
    """Change a draft; `fields` are among `FIELDS`, `parties` are all of them.  Refused later."""
    current = _still_draft(agreement, actor)
    changes = {
        name: (str(getattr(current, name) or ""), str(value or ""))
        for name, value in fields.items()
        if name in FIELDS and getattr(current, name) != value
    }
    for name in fields:
        if name in FIELDS:
            setattr(current, name, fields[name])
    if parties is not None:
        changes |= _set_parties(current, checked(parties))
    listed = [PartyDraft(party.organisation) for party in _parties(current)]
    current.folded = folded_text(current, listed)
    dates = {"effective_from", "until"} & set(changes)
    current.sequence += bool(dates)
    known = [name for name in changes if name in FIELDS]
    current.save(update_fields=[*known, "folded", "sequence", "last_modified"])
    changes.pop("text", None)
    audit.record("agreements.agreement.edited", target=current, actor=actor, changes=changes)
    return current


def _parties(agreement: Agreement) -> list[Party]:
    return list(agreement.parties.select_related("organisation"))


def _set_parties(agreement: Agreement, listed: list[PartyDraft]) -> dict[str, tuple[str, str]]:
    """Make the rows what `listed` says; the drafting organisation stays a party."""
    if agreement.organisation not in [party.organisation for party in listed]:
        raise Refused(
            _("%(organisation)s enters this agreement and must be one of its parties.")
            % {"organisation": agreement.organisation},
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    old = _parties(agreement)
    keep = [party.organisation.pk for party in listed]
    agreement.parties.exclude(organisation__in=keep).delete()
    for party in listed:
        Party.objects.update_or_create(
            agreement=agreement,
            organisation=party.organisation,
            defaults={
                "role": party.role,
                "signatory_name": party.signatory_name,
                "signatory_office": party.signatory_office,
            },
        )
    before = ", ".join(party.organisation.name for party in old)
    after = ", ".join(party.organisation.name for party in listed)
    return {"parties": (before, after)} if before != after else {}


def _keep(agreement: Agreement, upload: Any, actor: Actor, what: str) -> Fingerprint:
    stored = store_file(upload, actor=actor, attached_to=agreement)
    return Fingerprint.objects.create(
        agreement=agreement, what=what, name=stored.name, sha256=stored.sha256, file=stored
    )


@write
def add_document(*, agreement: Agreement, upload: Any, actor: Actor) -> Fingerprint:
    """Attach a document to a draft: it is part of what will be agreed."""
    current = _still_draft(agreement, actor)
    kept = _keep(current, upload, actor, Fingerprint.What.DOCUMENT)
    audit.record(
        "agreements.document.added",
        target=agreement,
        actor=actor,
        changes={"document": ("", kept.name)},
    )
    return kept


@write
def remove_document(*, agreement: Agreement, fingerprint: Fingerprint, actor: Actor) -> None:
    """Take a document off a draft."""
    _still_draft(agreement, actor)
    name = fingerprint.name
    stored = fingerprint.file
    if stored is not None:
        stored.delete()
        # The bytes go last: were anything undone, the row would still find them.
        transaction.on_commit(lambda: stored.file.delete(save=False))
    Fingerprint.objects.filter(pk=fingerprint.pk).delete()
    audit.record(
        "agreements.document.removed",
        target=agreement,
        actor=actor,
        changes={"document": (name, "")},
    )


@write
def add_signed_copy(*, agreement: Agreement, upload: Any, actor: Actor) -> Fingerprint:
    """Keep a scan with the signatures beside a signed agreement.  It cannot be removed."""
    current = lock_for_party(agreement, actor)
    if not current.is_signed:
        raise Refused(_("A signed copy can be added once all parties have signed."))
    kept = _keep(current, upload, actor, Fingerprint.What.SIGNED_COPY)
    Agreement.objects.filter(pk=current.pk).update(last_modified=timezone.now())
    audit.record(
        "agreements.copy.added", target=current, actor=actor, changes={"document": ("", kept.name)}
    )
    return kept
