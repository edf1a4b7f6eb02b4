"""Addresses of notices."""

from django.urls import path

from hub.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.notification_list, name="list"),
    path("read/", views.read_all, name="read-all"),
    path("choices/", views.choices, name="choices"),
    path("<int:pk>/", views.open_notification, name="open"),
]
