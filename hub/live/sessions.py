"""A signed-out browser stops listening at once."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from hub.live.publish import recheck


@receiver(user_logged_out)
def stop_listening(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Let this session hear what strangers hear.  (Django's own signal: signing out is its flow,
    and it comes before the session is gone.)"""
    if request.session.session_key:
        recheck(ended_sessions=[request.session.session_key])
