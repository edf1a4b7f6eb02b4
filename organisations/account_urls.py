"""Addresses of one's own account that django-allauth does not have."""

from django.urls import path

from organisations.views import accounts

urlpatterns = [
    path("", accounts.profile, name="account_profile"),
    path("acting/", accounts.acting, name="acting"),
]
