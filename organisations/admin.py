"""The operators' view: everything to look at, a few switches, nothing to delete.

What people do has services with rules and an audit trail; here only that is changed which
nobody else can: who coordinates the hub, who runs it, whose account is closed.
"""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models import URLField
from django.forms import ModelForm
from django.http import HttpRequest

from organisations.acting import Actor
from organisations.models import (
    Invitation,
    Membership,
    Organisation,
    Place,
    User,
    Verification,
)
from organisations.services.people import SWITCHES, set_standing

# Operators sign in like everybody, second step included.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class LookOnly(admin.ModelAdmin):
    """Rows to search and read."""

    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Made by the pages, not here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Changed by the pages, not here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted: rows are ended."""
        return False


@admin.register(User)
class UserAdmin(LookOnly):
    """People, with the switches that only operators have."""

    list_display = ["display_name", "email", "is_coordinator", "is_active", "is_staff"]
    list_filter = ["is_coordinator", "is_staff", "is_active"]
    search_fields = ["display_name", "email"]
    fields = ["display_name", "email", "language", "time_zone", "date_joined", *SWITCHES]
    readonly_fields = ["display_name", "email", "language", "time_zone", "date_joined"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators may turn the switches."""
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def save_model(
        self, request: HttpRequest, obj: User, form: ModelForm[User], change: bool
    ) -> None:
        """Through the service, which notes it and closes open lines."""
        wanted = {name: form.cleaned_data[name] for name in SWITCHES}
        operator: Any = request.user
        set_standing(person=obj, actor=Actor(operator), **wanted)


@admin.register(Organisation)
class OrganisationAdmin(LookOnly):
    """Organisations."""

    list_display = ["name", "kind", "status", "country", "place", "registration_number"]
    list_filter = ["status", "kind", "country"]
    list_select_related = ["place"]
    search_fields = ["folded", "registration_number"]


@admin.register(Membership)
class MembershipAdmin(LookOnly):
    """Who belongs, or once belonged, to which organisation."""

    list_display = ["person", "organisation", "role", "start_date", "end_date"]
    list_filter = ["role"]
    list_select_related = ["person", "organisation"]
    search_fields = ["person__display_name", "person__email", "organisation__folded_name"]


@admin.register(Verification)
class VerificationAdmin(LookOnly):
    """Decisions of the coordinators."""

    list_display = ["organisation", "decision", "coordinator", "decided"]
    list_filter = ["decision"]
    list_select_related = ["organisation", "coordinator"]


@admin.register(Invitation)
class InvitationAdmin(LookOnly):
    """Invitations, without what would let an operator use them."""

    list_display = ["email", "organisation", "role", "created", "expires", "outcome"]
    list_filter = ["outcome"]
    list_select_related = ["organisation"]
    search_fields = ["email", "organisation__folded_name"]
    exclude = ["nonce"]


@admin.register(Place)
class PlaceAdmin(LookOnly):
    """The table of places."""

    list_display = ["code", "name", "level", "country"]
    list_filter = ["level", "country"]
    search_fields = ["folded", "code"]
