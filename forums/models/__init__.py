"""Forums, topics, posts, the moves of a procedure, and what each person has read."""

from forums.models.forum import Forum, ForumQuerySet, Opening, Visibility
from forums.models.move import Move
from forums.models.post import Post, PostQuerySet
from forums.models.reading import Follow, LastRead
from forums.models.topic import Topic, TopicQuerySet

__all__ = [
    "Follow",
    "Forum",
    "ForumQuerySet",
    "LastRead",
    "Move",
    "Opening",
    "Post",
    "PostQuerySet",
    "Topic",
    "TopicQuerySet",
    "Visibility",
]
