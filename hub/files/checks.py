"""What may be uploaded: documents and pictures, told by their content and not their name."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_BYTES = 20 * 1024 * 1024

# Ending: (type served, the bytes a file of it begins with)
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "webp": ("image/webp", (b"RIFF",)),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (b"PK\x03\x04",),
    ),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (b"PK\x03\x04",),
    ),
    "pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        (b"PK\x03\x04",),
    ),
    "odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", (b"PK\x03\x04",)),
    "odp": ("application/vnd.oasis.opendocument.presentation", (b"PK\x03\x04",)),
    "doc": ("application/msword", (b"\xd0\xcf\x11\xe0",)),
    "xls": ("application/vnd.ms-excel", (b"\xd0\xcf\x11\xe0",)),
    "txt": ("text/plain; charset=utf-8", ()),
    "csv": ("text/csv; charset=utf-8", ()),
}
ACCEPT = ",".join(f".{ending}" for ending in KINDS)


def ending_of(name: str) -> str:
    """The ending of a file name, lower case, without the dot."""
    return PurePath(name).suffix.lower().lstrip(".")


def check_upload(upload: Any) -> None:
    """Raise ValidationError with what is wrong and how to mend it, unless `upload` may be kept."""
    name = PurePath(str(upload.name)).name
    kind = KINDS.get(ending_of(name))
    if kind is None:
        raise ValidationError(
            _(
                "“%(name)s” is of a kind that is not taken. "
                "Send it as PDF, Word, Excel or a picture."
            )
            % {"name": name},
            code="kind",
        )
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than 20 MB. Make it smaller or divide it.") % {"name": name},
            code="size",
        )
    if upload.size == 0:
        raise ValidationError(_("“%(name)s” is empty.") % {"name": name}, code="empty")
    upload.seek(0)
    head = upload.read(512)
    upload.seek(0)
    starts = kind[1]
    if (starts and not head.startswith(starts)) or (not starts and b"\x00" in head):
        raise ValidationError(
            _("“%(name)s” is not what its ending says. Save it anew from the program it came from.")
            % {"name": name},
            code="content",
        )
