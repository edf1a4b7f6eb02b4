"""The operators' view of forums: to look, not to write around the services."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from forums.models import Forum, Move, Post, Topic


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


@admin.register(Forum)
class ForumAdmin(ReadOnlyAdmin):
    """Forums."""

    list_display = ["title", "owner", "visibility", "topic_count", "post_count", "archived"]
    list_filter = ["visibility", "opening"]
    list_select_related = ["owner"]
    search_fields = ["title", "owner__name"]


@admin.register(Topic)
class TopicAdmin(ReadOnlyAdmin):
    """Topics."""

    list_display = ["title", "forum", "kind", "stage", "post_count", "last_post_at", "hidden"]
    list_filter = ["kind", "stage"]
    list_select_related = ["forum"]
    search_fields = ["title"]


@admin.register(Post)
class PostAdmin(ReadOnlyAdmin):
    """Posts."""

    list_display = ["topic", "number", "person", "organisation", "created", "hidden"]
    list_select_related = ["topic", "person", "organisation"]
    search_fields = ["body"]


@admin.register(Move)
class MoveAdmin(ReadOnlyAdmin):
    """Moves."""

    list_display = ["topic", "name", "from_stage", "to_stage", "person", "organisation", "at"]
    list_filter = ["name"]
    list_select_related = ["topic", "person", "organisation"]
