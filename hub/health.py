"""Answers for programs that watch the hub: is the process up, can it work, may robots read."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from redis import Redis
from redis.exceptions import RedisError

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
    """Whether the engine of the channel layer is there; the in-memory one always is."""
    if not settings.REDIS_URL:
        return True

    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as one:
            return bool(one.ping())
    except RedisError as error:
        logger.error("Redis does not answer: %s", error)
        return False


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
