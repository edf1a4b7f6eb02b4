"""Addresses of the register of commitments."""

from django.urls import path

from projects.commitments.views import recording, register, reporting

app_name = "commitments"
urlpatterns = [
    path("", register.commitment_list, name="list"),
    path("create/", recording.commitment_create, name="create"),
    path("create/<slug:source>/<int:pk>/", recording.commitment_create_from, name="create-from"),
    path("<int:pk>/", register.commitment_detail, name="detail"),
    path("<int:pk>/edit/", recording.commitment_edit, name="edit"),
    path("<int:pk>/remove/", recording.commitment_remove, name="remove"),
    path("<int:pk>/postpone/", recording.commitment_postpone, name="postpone"),
    path("<int:pk>/report/", reporting.report_create, name="report"),
    path("<int:pk>/assess/", reporting.assessment_create, name="assess"),
]
