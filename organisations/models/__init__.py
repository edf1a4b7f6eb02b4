"""Who: people, organisations, memberships, verification, places."""

from organisations.models.invitation import Invitation
from organisations.models.membership import Membership, MembershipQuerySet, Role
from organisations.models.organisation import Organisation, OrganisationQuerySet
from organisations.models.place import Place
from organisations.models.user import User, UserManager
from organisations.models.verification import Verification

__all__ = [
    "Invitation",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "OrganisationQuerySet",
    "Place",
    "Role",
    "User",
    "UserManager",
    "Verification",
]
