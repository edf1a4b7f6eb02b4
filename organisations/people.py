"""Whom to tell: the people behind organisations."""

from collections.abc import Iterable

from django.db.models import QuerySet

from organisations.models import Membership, Organisation, User
from organisations.models.membership import RANK


def people_of(organisations: Iterable[Organisation | int], role: str = "editor") -> QuerySet[User]:
    """Active people who hold at least `role` in one of `organisations`, each once; one query."""
    roles = [name for name, rank in RANK.items() if rank >= RANK[role]]
    memberships = Membership.objects.active().filter(organisation__in=organisations, role__in=roles)
    return User.objects.filter(pk__in=memberships.values("person_id"), is_active=True)
