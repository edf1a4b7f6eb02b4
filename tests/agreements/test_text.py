"""Frozen text, fingerprints, documents, amendments, and the public comparison."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from hub.refusals import Refused
from projects.agreements import services
from projects.agreements.fingerprints import (
    read_fingerprint,
    sha256_of_parts,
    sha256_of_text,
    text_bytes,
)
from projects.agreements.models import Agreement, Amendment, Fingerprint
from projects.agreements.services.ending import current_text
from projects.days import hub_today
from tests import factories
from tests import factories_projects as make
from tests.agreements.conftest import party_of

VERIFY = "/agreements/verify/"


def _sign_all(agreement, *sides):
    for side in sides:
        services.sign(party=party_of(agreement, side), actor=side.actor, signed_on=hub_today())


def _pdf(words: bytes = b"terms") -> SimpleUploadedFile:
    return SimpleUploadedFile("terms.pdf", b"%PDF-1.7 " + words)


def test_fingerprint_of_a_text_is_plain_sha256_of_what_is_offered():
    assert sha256_of_text("a\r\nb\n\n") == hashlib.sha256(b"a\nb\n").hexdigest()


@given(st.text())
def test_line_ends_do_not_change_a_text(text):
    windows = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")

    assert text_bytes(windows) == text_bytes(text)


@given(st.lists(st.tuples(st.sampled_from(["text", "document"]), st.text("abc0", max_size=5))))
def test_order_of_parts_does_not_matter(parts):
    assert sha256_of_parts(parts) == sha256_of_parts(list(reversed(parts)))


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("AB" * 32, "ab" * 32),
        (" ".join(["abcd"] * 16) + "\n", "abcd" * 16),
        ("SHA256: " + ":".join(["ab"] * 32), "ab" * 32),
        ("ab" * 31, ""),
        ("xy" * 32, ""),
    ],
)
def test_pasted_fingerprint_is_read(pasted, read):
    assert read_fingerprint(pasted) == read


@pytest.mark.django_db
def test_sending_takes_fingerprints_of_text_document_and_whole(between, first):
    agreement = between(state="draft", text="We agree.")
    services.add_document(agreement=agreement, upload=_pdf(), actor=first.actor)

    services.propose(agreement=agreement, actor=first.actor)

    text = hashlib.sha256(b"We agree.\n").hexdigest()
    document = hashlib.sha256(b"%PDF-1.7 terms").hexdigest()
    whole = hashlib.sha256(f"document {document}\ntext {text}\n".encode()).hexdigest()
    assert set(agreement.fingerprints.values_list("what", "sha256")) == {
        ("text", text),
        ("document", document),
        ("whole", whole),
    }


@pytest.mark.django_db
def test_taking_back_forgets_the_fingerprint_of_the_text(between, first):
    agreement = between(state="draft")
    services.propose(agreement=agreement, actor=first.actor)

    services.take_back(agreement=agreement, actor=first.actor, reason="Change.")

    assert not agreement.fingerprints.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["proposed", "active", "ended", "terminated", "cancelled"])
def test_text_dates_parties_and_documents_are_frozen(state, between, first):
    agreement = between(state=state, text="As signed.")
    other = factories.make_organisation()

    for change in (
        {"text": "Other words."},
        {"until": hub_today() + timedelta(days=900)},
        {"parties": [services.PartyDraft(first.organisation), services.PartyDraft(other)]},
    ):
        with pytest.raises(Refused):
            services.edit_draft(agreement=agreement, actor=first.actor, **change)
    with pytest.raises(Refused):
        services.add_document(agreement=agreement, upload=_pdf(), actor=first.actor)

    stored = Agreement.objects.get(pk=agreement.pk)
    assert (stored.text, stored.until, stored.parties.count()) == ("As signed.", None, 2)


@pytest.mark.django_db
def test_document_of_a_draft_can_be_removed_and_is_gone(between, first):
    agreement = between(state="draft")
    kept = services.add_document(agreement=agreement, upload=_pdf(), actor=first.actor)

    services.remove_document(agreement=agreement, fingerprint=kept, actor=first.actor)

    assert not Fingerprint.objects.exists()


@pytest.mark.django_db
def test_signed_copy_is_kept_once_all_have_signed(between, first):
    with pytest.raises(Refused):
        services.add_signed_copy(
            agreement=between(state="proposed"), upload=_pdf(), actor=first.actor
        )

    kept = services.add_signed_copy(
        agreement=between(state="active"), upload=_pdf(b"scan"), actor=first.actor
    )

    assert (kept.what, kept.sha256) == (
        "signed_copy",
        hashlib.sha256(b"%PDF-1.7 scan").hexdigest(),
    )


@pytest.mark.django_db
def test_text_is_offered_as_its_fingerprint_was_taken(client, between):
    agreement = between(text="We agree.\r\nTruly.")

    response = client.get(f"{agreement.get_absolute_url()}text/")

    assert response.content == b"We agree.\nTruly.\n"


# The comparison ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_anyone_finds_the_agreement_of_a_document(client, between, first, second):
    agreement = between(state="draft", title="Clean river")
    services.add_document(agreement=agreement, upload=_pdf(), actor=first.actor)
    services.propose(agreement=agreement, actor=first.actor)
    _sign_all(agreement, first, second)

    same = client.post(VERIFY, {"document": _pdf()})
    other = client.post(VERIFY, {"document": _pdf(b"terms.")})

    assert "This is in the register" in same.content.decode()
    assert "Clean river" in same.content.decode()
    assert "This is not in the register" in other.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "visibility"), [("proposed", "public"), ("active", "parties"), ("draft", "public")]
)
def test_comparison_does_not_tell_of_what_is_not_public(
    client, signed_in, between, first, state, visibility
):
    agreement = between(state=state, visibility=visibility, title="Hidden work")
    Fingerprint.objects.create(agreement=agreement, what="text", sha256="ab" * 32)

    for reader in (client, signed_in(first.person, first.organisation)):
        page = reader.post(VERIFY, {"fingerprint": "ab" * 32}).content.decode()
        assert "This is not in the register" in page
        assert "Hidden work" not in page


@pytest.mark.django_db
def test_text_with_other_line_ends_is_found(client, between, first, second):
    agreement = between(state="draft", text="We agree.\nTruly.")
    services.propose(agreement=agreement, actor=first.actor)
    _sign_all(agreement, first, second)

    upload = SimpleUploadedFile("terms.md", b"We agree.\r\nTruly.\r\n")

    assert "This is in the register" in client.post(VERIFY, {"document": upload}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose a document or paste a fingerprint."),
        ({"fingerprint": "abc"}, "A fingerprint has 64 digits"),
    ],
)
def test_wrong_comparison_is_explained(client, data, words):
    response = client.post(VERIFY, data)

    assert response.status_code == 422
    assert words in response.content.decode()


# Amendments -------------------------------------------------------------------------------


def _propose(agreement, side, **fields):
    terms = {"reason": "We do more.", "text": "More.", "until": agreement.until, **fields}
    return services.propose_amendment(agreement=agreement, actor=side.actor, **terms)


@pytest.mark.django_db
def test_amendment_holds_when_every_party_agreed(between, first, second):
    until = hub_today() + timedelta(days=10)
    agreement = between(text="Less.", until=until)
    amendment = _propose(agreement, first, until=until + timedelta(days=365))

    assert current_text(agreement) == "Less."
    services.answer_amendment(amendment=amendment, actor=second.actor, agree=True)

    agreement.refresh_from_db()
    amendment.refresh_from_db()
    assert (agreement.text, current_text(agreement)) == ("Less.", "More.")
    assert (agreement.until, amendment.previous_until) == (until + timedelta(days=365), until)
    assert agreement.fingerprints.get().sha256 == sha256_of_text("More.")


@pytest.mark.django_db
def test_declined_amendment_changes_nothing(between, first, second):
    agreement = between(text="Less.")
    amendment = _propose(agreement, first)

    services.answer_amendment(
        amendment=amendment, actor=second.actor, agree=False, reason="Too much."
    )

    amendment.refresh_from_db()
    assert (amendment.state, current_text(agreement)) == ("declined", "Less.")


@pytest.mark.django_db
def test_one_amendment_at_a_time(between, first, second):
    agreement = between()
    amendment = _propose(agreement, first)

    with pytest.raises(Refused):
        _propose(agreement, second)
    services.withdraw_amendment(amendment=amendment, actor=first.actor)

    assert _propose(agreement, second).number == 2


@pytest.mark.django_db
def test_party_answers_an_amendment_once(between, first, second):
    third = make.as_editor(factories.make_organisation())[1]
    agreement = make.make_agreement([first.organisation, second.organisation, third.organisation])
    amendment = _propose(agreement, first)
    services.answer_amendment(amendment=amendment, actor=second.actor, agree=True)

    for actor in (first.actor, second.actor):
        with pytest.raises(Refused):
            services.answer_amendment(amendment=amendment, actor=actor, agree=True)

    assert Amendment.objects.get().state == "proposed"


@pytest.mark.django_db
def test_amendment_without_a_change_is_refused(between, first):
    agreement = between(text="Same.")

    with pytest.raises(Refused):
        _propose(agreement, first, text="Same.\r\n")
