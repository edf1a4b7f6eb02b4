"""Answers for programs that watch the hub: is the process up, can it work, may robots read."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

logger = logging.getLogger("hub.health")


def answer(request: HttpRequest) -> HttpResponse:
    """`/healthz`: the process is up. `/readyz`: 200 or 503 and what is missing. `/robots.txt`."""
    if request.path_info == "/healthz":
        return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    if request.path_info == "/robots.txt":
        return HttpResponse(
            "User-agent: *\nAllow: /calendar/\nDisallow: /accounts/\nDisallow: /live/\n"
            "Disallow: /files/\n",
            content_type="text/plain; charset=utf-8",
        )
    parts = {"database": database_answers(), "layer": layer_answers(), "worker": worker_lives()}
    ready = parts["database"] and parts["layer"]
    return JsonResponse(
        {name: "ok" if fine else "missing" for name, fine in parts.items()},
        status=200 if ready else 503,
    )


def database_answers() -> bool:
    """Whether one small query comes back."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer.")
        return False
    return True


def layer_answers() -> bool:
    """Whether a message can be handed to the channel layer; the in-memory one always can."""
    if not settings.REDIS_URL:
        return True

    async def send() -> None:
        layer: Any = get_channel_layer()
        await asyncio.wait_for(layer.group_send("hub.ready", {"type": "ready"}), timeout=2)

    try:
        asyncio.run(send())
    except (OSError, TimeoutError, RuntimeError) as error:
        logger.error("The channel layer does not answer: %s", error)
        return False
    return True


def worker_lives() -> bool:
    """Whether a background worker took or could take work in the last minutes.

    A worker with nothing to do leaves no trace; what shows a dead one is work that waits.
    """
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - a model, not ready earlier

    overdue = timezone.now() - timedelta(minutes=2)
    try:
        waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=overdue).exists()
    except DatabaseError:
        return False
    return not waiting
