"""The operators' view of consultations."""

from django.contrib import admin

from forums.admin import ReadOnlyAdmin
from forums.consultations.models import Consultation, Response


@admin.register(Consultation)
class ConsultationAdmin(ReadOnlyAdmin):
    """Consultations."""

    list_display = ["topic", "audience", "closes", "answer_due", "closed"]
    list_filter = ["audience"]
    list_select_related = ["topic"]
    search_fields = ["topic__title"]


@admin.register(Response)
class ResponseAdmin(ReadOnlyAdmin):
    """Answers."""

    list_display = ["consultation", "organisation", "person", "published"]
    list_select_related = ["consultation__topic", "organisation", "person"]
