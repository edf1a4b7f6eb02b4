"""Reading a stored file, with the rights checked each time."""

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from hub.files.guards import may_read
from hub.files.models import StoredFile

SHOWN_IN_THE_BROWSER = ("application/pdf", "image/")


@require_safe
def read(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponseBase:
    """The bytes, for whoever may see what the file is attached to; else 404."""
    stored = get_object_or_404(StoredFile.objects.select_related("target_type"), pk=pk)
    if not may_read(request.user, stored.attached_to):
        raise Http404
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=not stored.content_type.startswith(SHOWN_IN_THE_BROWSER),
        filename=stored.name,
        content_type=stored.content_type,
    )
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
