"""Addresses of projects."""

from django.urls import path

from projects.views import partners, projects

app_name = "projects"
urlpatterns = [
    path("", projects.project_list, name="list"),
    path("create/", projects.project_create, name="create"),
    path("<slug:slug>/", projects.project_detail, name="detail"),
    path("<slug:slug>/edit/", projects.project_edit, name="edit"),
    path("<slug:slug>/moves/<slug:move>/", projects.project_move, name="move"),
    path("<slug:slug>/partners/invite/", partners.partner_invite, name="partner-invite"),
    path("<slug:slug>/partners/<int:pk>/accept/", partners.partner_accept, name="partner-accept"),
    path(
        "<slug:slug>/partners/<int:pk>/decline/", partners.partner_decline, name="partner-decline"
    ),
    path("<slug:slug>/partners/<int:pk>/leave/", partners.partner_leave, name="partner-leave"),
    path(
        "<slug:slug>/partners/<int:pk>/withdraw/",
        partners.partner_withdraw,
        name="partner-withdraw",
    ),
    path("<slug:slug>/links/add/", partners.link_add, name="link-add"),
    path(
        "<slug:slug>/links/topic/<int:pk>/remove/",
        partners.link_remove,
        {"kind": "topic"},
        name="topic-remove",
    ),
    path(
        "<slug:slug>/links/activity/<int:pk>/remove/",
        partners.link_remove,
        {"kind": "activity"},
        name="activity-remove",
    ),
]
