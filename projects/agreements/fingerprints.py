"""Taking and comparing SHA-256 fingerprints."""

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from projects.agreements.models import Agreement, Fingerprint

What = Fingerprint.What
_HEX = re.compile(r"[0-9a-f]{64}")


def text_bytes(text: str) -> bytes:
    """A text as its fingerprint is taken and as it is offered for download.

    UTF-8, Unix line ends, exactly one at the end: what a form or an editor did to line ends
    shall not make another text of it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return (lines + "\n").encode()


def sha256_of_text(text: str) -> str:
    """The fingerprint of a text, in hexadecimal digits."""
    return hashlib.sha256(text_bytes(text)).hexdigest()


def sha256_of_parts(parts: Iterable[tuple[str, str]]) -> str:
    """The fingerprint of several: of the lines `what sha256`, sorted."""
    lines = "".join(f"{what} {digest}\n" for what, digest in sorted(parts))
    return hashlib.sha256(lines.encode()).hexdigest()


def sha256_of_upload(upload: Any) -> str:
    """The fingerprint of an uploaded file, read in pieces."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def candidates_of_upload(upload: Any) -> list[str]:
    """The fingerprints an upload may be known by: its bytes and, where it is text, its text."""
    found = [sha256_of_upload(upload)]
    if upload.size <= 1024 * 1024:
        content = upload.read()
        upload.seek(0)
        with suppress(UnicodeDecodeError):
            found.append(sha256_of_text(content.decode("utf-8-sig")))
    return list(dict.fromkeys(found))


def read_fingerprint(words: str) -> str:
    """The 64 digits in what someone pasted (spaces, colons and capitals do not matter), or ""."""
    bare = re.sub(r"[\s:]+", "", words).lower().removeprefix("sha256")
    return bare if _HEX.fullmatch(bare) else ""


def parts_of(agreement: Agreement) -> list[tuple[str, str]]:
    """What the agreement consists of while it is being signed: (what, fingerprint)."""
    parts = [
        (What.DOCUMENT.value, digest)
        for digest in agreement.fingerprints.filter(what=What.DOCUMENT).values_list(
            "sha256", flat=True
        )
    ]
    if agreement.text.strip():
        parts.append((What.TEXT.value, sha256_of_text(agreement.text)))
    return parts


def freeze(agreement: Agreement) -> str:
    """Store the fingerprints of text and whole; return that of the whole."""
    parts = parts_of(agreement)
    whole = sha256_of_parts(parts)
    rows = [Fingerprint(agreement=agreement, what=What.WHOLE, sha256=whole)]
    rows += [
        Fingerprint(agreement=agreement, what=what, sha256=digest)
        for what, digest in parts
        if what == What.TEXT
    ]
    Fingerprint.objects.bulk_create(rows)
    return whole


def thaw(agreement: Agreement) -> None:
    """Forget the fingerprints of a text that may change again; those of documents stay."""
    agreement.fingerprints.filter(what__in=[What.WHOLE, What.TEXT]).delete()


def known(digests: Iterable[str]) -> list[Fingerprint]:
    """The fingerprints of public agreements among `digests`, newest agreement first."""
    return list(
        Fingerprint.objects.filter(
            sha256__in=list(digests), agreement__in=Agreement.objects.public().values("pk")
        )
        .select_related("agreement", "file")
        .order_by("-agreement_id", "pk")
    )
