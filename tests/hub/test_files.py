"""Files: looked into when they come, guarded when they are read."""

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hub.files import checks, guards
from hub.files.models import StoredFile
from hub.files.services import files_of, store_file
from organisations.acting import Actor
from organisations.models import Organisation, User

PDF = b"%PDF-1.7\n" + b"x" * 100


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> set[Any]:
    """Files of organisations may be read by the people in this set."""
    readers: set[Any] = set()
    monkeypatch.setitem(
        guards._guards, "organisations.organisation", lambda user, target: user.pk in readers
    )
    return readers


def upload(name: str = "statute.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_file_is_kept_beside_its_object(owner: User, organisation: Organisation) -> None:
    stored = store_file(upload(), actor=Actor(owner), attached_to=organisation)

    assert list(files_of(organisation)) == [stored]
    assert (stored.name, stored.size, stored.content_type) == (
        "statute.pdf",
        len(PDF),
        "application/pdf",
    )
    with stored.file.open() as kept:
        assert kept.read() == PDF
    assert "statute" not in stored.file.name


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("run.exe", b"MZ", "kind"),
        ("page.svg", b"<svg onload=alert(1)>", "kind"),
        ("page.html", b"<script>", "kind"),
        ("statute", PDF, "kind"),
        ("statute.pdf", b"", "empty"),
        ("statute.pdf", b"MZ not a pdf", "content"),
        ("notes.txt", b"text\x00binary", "content"),
    ],
)
def test_wrong_file_is_refused_and_nothing_is_kept(
    owner: User, organisation: Organisation, name: str, content: bytes, code: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        store_file(upload(name, content), actor=Actor(owner), attached_to=organisation)

    assert refusal.value.code == code
    assert not StoredFile.objects.exists()


def test_too_large_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MAX_BYTES", 10)
    with pytest.raises(ValidationError, match="larger than 20 MB"):
        checks.check_upload(upload())


def test_name_cannot_lead_elsewhere(owner: User, organisation: Organisation) -> None:
    sent = upload()
    sent.name = "x.pdf"
    sent._name = "../../etc/passwd.pdf"
    stored = store_file(sent, actor=Actor(owner), attached_to=organisation)
    assert (stored.name, ".." in stored.file.name) == ("passwd.pdf", False)


def test_reader_gets_the_bytes_and_others_404(
    owner: User,
    outsider: User,
    organisation: Organisation,
    signed_in: Any,
    client: Client,
    guarded: set[Any],
) -> None:
    stored = store_file(upload(), actor=Actor(owner), attached_to=organisation)
    guarded.add(owner.pk)
    url = stored.get_absolute_url()

    answer = signed_in(owner).get(url)

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert [signed_in(outsider).get(url).status_code, client.get(url).status_code] == [404, 404]


def test_file_without_a_guard_is_read_by_nobody(
    owner: User, organisation: Organisation, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "_guards", {})
    stored = store_file(upload(), actor=Actor(owner), attached_to=organisation)
    assert signed_in(owner).get(stored.get_absolute_url()).status_code == 404


def test_content_is_read_from_the_start_again() -> None:
    sent = upload()
    checks.check_upload(sent)
    assert isinstance(sent.file, io.BytesIO) and sent.read() == PDF
