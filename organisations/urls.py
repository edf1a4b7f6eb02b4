"""Addresses of organisations.  Words that stand here are no slugs: see `hub.text`."""

from django.urls import path

from organisations.views import directory, invitations, people, verification

app_name = "organisations"
urlpatterns = [
    path("", directory.organisation_list, name="list"),
    path("register/", directory.organisation_register, name="register"),
    path("verify/", verification.queue, name="verify"),
    path("invitations/<int:pk>/accept/", invitations.accept, name="invitation-accept"),
    path("invitations/<int:pk>/decline/", invitations.decline, name="invitation-decline"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("<slug:slug>/", directory.organisation_detail, name="detail"),
    path("<slug:slug>/edit/", directory.organisation_edit, name="edit"),
    path("<slug:slug>/ask-again/", directory.organisation_ask_again, name="ask-again"),
    path("<slug:slug>/acts/", directory.organisation_acts, name="acts"),
    path("<slug:slug>/verify/", verification.decide, name="decide"),
    path("<slug:slug>/people/", people.people, name="people"),
    path("<slug:slug>/people/invite/", people.invite, name="invite"),
    path("<slug:slug>/people/<int:pk>/role/", people.role, name="role"),
    path("<slug:slug>/people/<int:pk>/end/", people.end, name="end"),
    path("<slug:slug>/invitations/<int:pk>/withdraw/", people.withdraw, name="withdraw"),
]
