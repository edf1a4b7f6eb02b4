"""Addresses of consultations; the page of each is its topic's."""

from django.urls import path

from forums.consultations import views

app_name = "consultations"
urlpatterns = [
    path("", views.consultation_list, name="list"),
    path("new/", views.consultation_create, name="create"),
    path("<int:pk>/edit/", views.consultation_edit, name="edit"),
]
