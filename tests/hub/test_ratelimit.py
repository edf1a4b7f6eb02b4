"""Limits: far above what work needs; beyond them 429, when to come again, and the text kept."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from forums.models import Post
from hub import ratelimit
from hub.ratelimit import MINUTE, Limit
from organisations.models import User
from tests.factories_forums import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two replies and two searches a minute."""
    for module, name in (("forums.views.posts", "REPLIES"), ("hub.views.search", "SEARCHES")):
        monkeypatch.setattr(f"{module}.{name}", Limit(name.lower(), ((2, MINUTE),)))


def test_third_reply_in_a_minute_waits_and_keeps_its_text(
    few: None, outsider: User, signed_in: Any
) -> None:
    client, topic = signed_in(outsider), make_topic()

    with time_machine.travel("2026-11-23T10:00:10Z", tick=False):
        answers = [
            client.post(f"/topics/{topic.pk}/reply/", {"body": f"Words {number}"})
            for number in range(3)
        ]
    with time_machine.travel("2026-11-23T10:01:01Z", tick=False):
        later = client.post(f"/topics/{topic.pk}/reply/", {"body": "Words 3"})

    assert [answer.status_code for answer in [*answers, later]] == [302, 302, 429, 302]
    assert answers[2]["Retry-After"] == "50"
    assert "Words 2" in answers[2].content.decode()
    assert Post.objects.filter(topic=topic).count() == 4


def test_script_is_told_in_json(few: None, outsider: User, signed_in: Any) -> None:
    client, topic = signed_in(outsider), make_topic()
    for number in range(3):
        answer = client.post(
            f"/topics/{topic.pk}/reply/",
            {"body": f"Words {number}"},
            headers={"accept": "application/json"},
        )
    assert answer.status_code == 429
    assert "too often" in answer.json()["error"]


def test_searching_too_often_says_so(few: None, outsider: User, signed_in: Any) -> None:
    client = signed_in(outsider)
    answers = [client.get("/search/", {"q": "water"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "too often" in answers[2].content.decode()


def test_people_behind_one_house_are_not_one(few: None) -> None:
    answers = [Client().get("/search/", {"q": "water"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200] * 4


def test_each_person_has_their_own_count(
    few: None, outsider: User, member: User, signed_in: Any
) -> None:
    for person in (outsider, member):
        client = signed_in(person)
        assert [client.get("/search/", {"q": "x"}).status_code for _ in range(2)] == [200, 200]


def test_limits_leave_room_for_work() -> None:
    assert min(times for times, _ in ratelimit.REPLIES.rates) >= 20
