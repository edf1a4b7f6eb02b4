"""Addresses of files."""

from django.urls import path

from hub.files import views

app_name = "files"
urlpatterns = [path("<uuid:pk>/<str:name>", views.read, name="read")]
