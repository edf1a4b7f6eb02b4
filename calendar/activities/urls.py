"""Addresses of the calendar.  Those that end in `.ics` are read by programs: keep them."""

from django.urls import path

from activities.views import changes, feeds, organisers, own_feeds, pages

app_name = "activities"
_one = "activities/<uuid:uid>/"

urlpatterns = [
    path("", pages.month, name="month"),
    path("agenda/", pages.agenda, name="agenda"),
    path("feed.ics", feeds.feed, name="feed"),
    path("feeds/<slug:token>.ics", feeds.personal_feed, name="personal-feed"),
    path("activities/<uuid:uid>.ics", feeds.activity_file, name="file"),
    path("subscribe/", own_feeds.subscribe, name="subscribe"),
    path("subscribe/own/", own_feeds.own_feeds, name="own-feeds"),
    path("subscribe/own/<int:pk>/revoke/", own_feeds.revoke, name="revoke-feed"),
    path("activities/new/", changes.create, name="create"),
    path(_one, pages.detail, name="detail"),
    path(f"{_one}edit/", changes.edit, name="edit"),
    path(f"{_one}cancel/", changes.cancel, name="cancel"),
    path(f"{_one}reinstate/", changes.reinstate, name="reinstate"),
    path(f"{_one}delete/", changes.delete, name="delete"),
    path(f"{_one}organisers/", organisers.ask, name="ask"),
    path(f"{_one}organisers/<int:pk>/answer/", organisers.answer, name="answer"),
    path(f"{_one}organisers/<int:pk>/withdraw/", organisers.withdraw, name="withdraw"),
    path(f"{_one}days/<str:day>/cancel/", changes.leave_out, name="leave-out"),
    path(f"{_one}days/<str:day>/move/", changes.move, name="move"),
    path(f"{_one}days/<str:day>/put-back/", changes.put_back, name="put-back"),
]
