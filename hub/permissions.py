"""Rights by name: small predicates that apps register, asked everywhere in one way.

A rule answers "may this actor do this to that?" and never raises.  Anything a
rule was not registered for is a programming error and raises LookupError.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied

Predicate = Callable[[Any, Any], bool]
_rules: dict[str, Predicate] = {}


def rule(name: str) -> Callable[[Predicate], Predicate]:
    """Register a predicate `(actor, target) -> bool` under `name`, such as `forums.reply`."""

    def register(predicate: Predicate) -> Predicate:
        if name in _rules:
            raise ValueError(f"The rule {name} exists already.")
        _rules[name] = predicate
        return predicate

    return register


def may(actor: Any, name: str, target: Any = None) -> bool:
    """Whether `actor` holds the right `name` on `target`."""
    return _rules[name](actor, target)


def require(actor: Any, name: str, target: Any = None) -> None:
    """Raise PermissionDenied (403) unless `actor` holds the right `name` on `target`."""
    if not may(actor, name, target):
        raise PermissionDenied(name)
