"""Operators' view of projects."""

from django.contrib import admin

from projects.models import Partner, Project


class PartnerInline(admin.TabularInline):
    """The partners of a project."""

    model = Partner
    extra = 0
    raw_id_fields = ["organisation", "person"]


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):
    """Projects."""

    list_display = ["title", "lead", "status", "visibility", "last_modified"]
    list_filter = ["status", "visibility"]
    list_select_related = ["lead"]
    search_fields = ["title", "folded"]
    raw_id_fields = ["lead", "place", "person", "topics", "activities"]
    inlines = [PartnerInline]
