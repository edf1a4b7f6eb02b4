"""Addresses of forums and topics."""

from django.urls import path

from forums.feeds import ForumFeed
from forums.views import forums, moves, posts, topics

app_name = "forums"

_acts = [
    path(f"topics/<int:pk>/{name}/", moves.moderate, {"name": name}, name=f"topic-{name}")
    for name in moves.ACTS
]

urlpatterns = [
    path("forums/", forums.forum_list, name="list"),
    path("forums/new/", forums.forum_create, name="create"),
    path("forums/<slug:slug>/", forums.forum_detail, name="detail"),
    path("forums/<slug:slug>/edit/", forums.forum_edit, name="edit"),
    path("forums/<slug:slug>/archive/", forums.forum_archive, name="archive"),
    path("forums/<slug:slug>/feed.atom", ForumFeed(), name="feed"),
    path("forums/<slug:slug>/topics/new/", topics.topic_create, name="topic-create"),
    path("topics/<int:pk>/", topics.topic_detail, name="topic-short"),
    path("topics/<int:pk>-<slug:slug>/", topics.topic_detail, name="topic"),
    path("topics/<int:pk>/reply/", posts.reply, name="reply"),
    path("topics/<int:pk>/rename/", topics.topic_rename, name="topic-rename"),
    path("topics/<int:pk>/follow/", topics.topic_follow, name="topic-follow"),
    path("topics/<int:pk>/pin/", moves.pin, name="topic-pin"),
    *_acts,
    path("topics/<int:pk>/moves/<slug:name>/", moves.move, name="move"),
    path("topics/<int:pk>/posts/<int:number>/", posts.post_detail, name="post"),
    path("topics/<int:pk>/posts/<int:number>/edit/", posts.post_edit, name="post-edit"),
    path("topics/<int:pk>/posts/<int:number>/hide/", posts.post_hide, name="post-hide"),
]
