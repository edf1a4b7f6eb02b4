"""Print the address of the liveliest public topic, brought to at least 50 posts.

Runs on the database of the measurement; posts are added through the same service as always.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402 - needs the settings
from django.db.models import F  # noqa: E402

from forums.models import Topic  # noqa: E402
from forums.models.post import PER_PAGE  # noqa: E402
from forums.services.posts import post_reply  # noqa: E402
from organisations.acting import Actor  # noqa: E402
from organisations.models import User  # noqa: E402

BODY = "We looked at this together and agree with **most** of it.\n\n- the dates\n- the place\n"


def main() -> None:
    """Choose, fill up where needed, print."""
    open_topics = Topic.objects.visible_to(AnonymousUser()).filter(kind="discussion")
    topic = open_topics.order_by(F("post_count").desc(), "pk").first()
    if topic is None:
        sys.exit("The demo network has no public discussion.")
    person = User.objects.get(email="coordinator@demo.example")
    for number in range(topic.post_count, PER_PAGE):
        post_reply(topic=topic, actor=Actor(person), body=f"{BODY}\nNote {number}.")
    print(topic.get_absolute_url())


if __name__ == "__main__":
    main()
