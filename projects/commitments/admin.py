"""Operators' view of commitments."""

from django.contrib import admin

from projects.commitments.models import Assessment, Commitment, ProgressReport


class ReportInline(admin.TabularInline):
    """Reports are only looked at here."""

    model = ProgressReport
    extra = 0
    fields = ("at", "organisation", "person", "state", "progress", "text")
    readonly_fields = ("at", "organisation", "person", "state", "progress", "text")
    can_delete = False


class AssessmentInline(admin.TabularInline):
    """Assessments are only looked at here."""

    model = Assessment
    extra = 0
    fields = ("at", "organisation", "person", "verdict", "reason", "current")
    readonly_fields = ("at", "organisation", "person", "verdict", "reason", "current")
    can_delete = False


@admin.register(Commitment)
class CommitmentAdmin(admin.ModelAdmin):
    """Commitments."""

    list_display = ["title", "debtor", "due", "state", "progress"]
    list_filter = ["state"]
    list_select_related = ["debtor"]
    search_fields = ["title", "folded"]
    raw_id_fields = ["debtor", "beneficiaries", "place", "person", "organisation"]
    readonly_fields = ["source_type", "source_id"]
    inlines = [ReportInline, AssessmentInline]
