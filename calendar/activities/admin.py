"""The operators' view of the calendar: to look, not to write around the services."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from activities.models import Activity, CoOrganiser, FeedToken


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows can be found and read.  Changes go through the pages, which keep the audit trail."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here."""
        return False


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    """Activities."""

    list_display = ["summary", "organisation", "dtstart", "tzid", "status", "visibility"]
    list_filter = ["kind", "status", "visibility"]
    list_select_related = ["organisation"]
    search_fields = ["summary", "uid"]


@admin.register(CoOrganiser)
class CoOrganiserAdmin(ReadOnlyAdmin):
    """Requests to co-organise."""

    list_display = ["activity", "organisation", "state", "asked", "answered"]
    list_filter = ["state"]
    list_select_related = ["activity", "organisation"]


@admin.register(FeedToken)
class FeedTokenAdmin(ReadOnlyAdmin):
    """Own feeds; the secret address is not shown."""

    list_display = ["person", "name", "created", "last_fetched", "revoked"]
    list_select_related = ["person"]
    exclude = ["token"]
