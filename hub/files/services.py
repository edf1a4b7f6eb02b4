"""Keeping files."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from hub import audit
from hub.files.checks import KINDS, check_upload, ending_of
from hub.files.models import StoredFile
from hub.writes import write


@write
def store_file(
    upload: Any, *, actor: audit.Acting, attached_to: Model, title: str = ""
) -> StoredFile:
    """Keep `upload` beside `attached_to`.  Raises ValidationError where it may not be kept."""
    check_upload(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    name = PurePath(str(upload.name)).name[-200:]
    stored = StoredFile(
        name=name,
        title=title,
        content_type=KINDS[ending_of(name)][0],
        size=upload.size,
        sha256=digest.hexdigest(),
        target_type=ContentType.objects.get_for_model(attached_to),
        target_id=str(attached_to.pk),
        person=actor.person,
    )
    stored.file.save(name, upload, save=False)
    stored.save(force_insert=True)
    audit.record("files.stored", target=stored, actor=actor)
    return stored


def files_of(target: Model) -> QuerySet[StoredFile]:
    """The files attached to `target`, oldest first."""
    return StoredFile.objects.filter(
        target_type=ContentType.objects.get_for_model(target), target_id=str(target.pk)
    )
