"""A signed-out browser stops listening at once."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from hub.live.publish import recheck


@receiver(user_logged_out)
def stop_listening(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Ask anew what this session may hear.  (Django's own signal: signing out is its flow.)"""
    if request.session.session_key:
        recheck(session_keys=[request.session.session_key])
