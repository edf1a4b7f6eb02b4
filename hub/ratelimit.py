"""How often one person may do a thing: far above what work needs, far below what harms others.

Counted in Django's cache (Redis, or the memory of this process) by clock windows: the count of
a window is one number that is raised atomically, so two requests at once are two.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import ngettext

from hub.refusals import Refused

R = TypeVar("R")
MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


@dataclass(frozen=True)
class Limit:
    """Each of `rates` is (times, seconds): at most so often in so long."""

    name: str
    rates: tuple[tuple[int, int], ...]


REPLIES = Limit("replies", ((20, MINUTE), (200, HOUR)))
TOPICS = Limit("topics", ((20, HOUR),))
INVITATIONS = Limit("invitations", ((60, HOUR),))
REGISTRATIONS = Limit("registrations", ((10, DAY),))
SEARCHES = Limit("searches", ((60, MINUTE),))


class TooMany(Refused):
    """429: done too often.  `wait` says in how many seconds it may be tried again."""

    def __init__(self, wait: int) -> None:
        minutes = math.ceil(wait / MINUTE)
        words = ngettext(
            "That was too often in a short time. Wait a minute and try again.",
            "That was too often in a short time. Wait %(count)d minutes and try again.",
            minutes,
        )
        super().__init__(words % {"count": minutes}, status=HTTPStatus.TOO_MANY_REQUESTS)
        self.wait = wait


def spend(request: HttpRequest, limit: Limit) -> None:
    """Count one more for whoever asks; TooMany where that is beyond `limit`.

    The seconds to wait also go to the request: the answer says them in `Retry-After`.
    """
    who = _who(request)
    if not who:
        return
    now = time.time()
    waits = [
        math.ceil((now // seconds + 1) * seconds - now)
        for times, seconds in limit.rates
        if _count(f"limit:{limit.name}:{seconds}:{int(now // seconds)}:{who}", seconds) > times
    ]
    if waits:
        noted: Any = request
        noted.retry_after = max(waits)
        raise TooMany(max(waits))


def within(request: HttpRequest, limit: Limit, act: Callable[..., R]) -> Callable[..., R]:
    """`act`, counted against `limit` when it is done; for `hub.attempts.attempt`."""

    def counted(*args: Any) -> R:
        spend(request, limit)
        return act(*args)

    return counted


def _who(request: HttpRequest) -> str:
    """The person, else the address they come from; empty where that tells nobody apart.

    A session is no measure: whoever throws the cookie away has a new one.  An address of this
    machine or of a house's own network is a proxy's that we were not told to trust, and stands
    for everybody behind it.
    """
    if request.user.is_authenticated:
        return f"person:{request.user.pk}"
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except (ValueError, PermissionDenied):  # none, or a proxy's header with nonsense in it
        return ""
    return f"address:{address}" if address.is_global else ""


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds + 1)
    try:
        return int(cache.incr(key))
    except ValueError:  # pushed out of the cache between the two calls
        return 1
