"""The page of a topic."""

import pytest
from django.test import Client

from tests.factories_forums import make_consultation, make_reply, make_topic

pytestmark = pytest.mark.django_db


def test_anonymous_reads_a_public_topic(client: Client) -> None:
    topic = make_topic(body="When do **they** go?")
    make_reply(topic, body="At seven.")

    answer = client.get(topic.get_absolute_url())

    assert answer.status_code == 200
    assert "<strong>they</strong>" in answer.text
    assert "At seven." in answer.text


def test_consultation_page(client: Client) -> None:
    topic = make_consultation()
    answer = client.get(topic.get_absolute_url())
    assert answer.status_code == 200
