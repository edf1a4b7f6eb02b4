"""Operators' view of agreements."""

from django.contrib import admin

from projects.agreements.models import Agreement, Amendment, Fingerprint, NumberSeries, Party


class PartyInline(admin.TabularInline):
    """The parties of an agreement."""

    model = Party
    extra = 0
    raw_id_fields = ["organisation", "person"]


class FingerprintInline(admin.TabularInline):
    """Fingerprints are taken by the hub and only looked at here."""

    model = Fingerprint
    extra = 0
    fields = ("what", "name", "sha256", "created")
    readonly_fields = ("what", "name", "sha256", "created")
    can_delete = False


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin):
    """Agreements."""

    list_display = ["number", "title", "kind", "state", "visibility", "until"]
    list_filter = ["state", "kind", "visibility"]
    search_fields = ["number", "title", "folded"]
    raw_id_fields = ["project", "person", "organisation", "previous"]
    readonly_fields = ["number", "text"]
    inlines = [PartyInline, FingerprintInline]


@admin.register(Amendment)
class AmendmentAdmin(admin.ModelAdmin):
    """Amendments."""

    list_display = ["__str__", "state", "created", "adopted_on"]
    list_filter = ["state"]
    raw_id_fields = ["agreement", "person", "organisation"]


@admin.register(NumberSeries)
class NumberSeriesAdmin(admin.ModelAdmin):
    """The counters: to be seen, not to be touched."""

    list_display = ["year", "last"]
    readonly_fields = ["year", "last"]
