"""The cursor over HTTP."""

import pytest
from django.test import Client

from hub.live.models import Event, Stream
from tests.hub.live.conftest import Letters

pytestmark = pytest.mark.django_db(transaction=True)


def test_events_since_a_number(client: Client, letters: Letters) -> None:
    letters.write("a", "b")

    answer = client.get("/live/events/", {"stream": "letters:1", "after": "1"})

    assert answer.json() == {
        "events": [
            {
                "type": "event",
                "stream": "letters:1",
                "seq": 2,
                "kind": "letter.written",
                "html": "<p>b en</p>",
            }
        ],
        "seq": 2,
        "epoch": Stream.objects.get().epoch,
        "reset": False,
    }
    assert "no-store" in answer["Cache-Control"]


def test_without_a_number_only_the_position_is_told(client: Client, letters: Letters) -> None:
    letters.write("a")
    answer = client.get("/live/events/", {"stream": "letters:1"}).json()
    assert (answer["events"], answer["seq"], answer["reset"]) == ([], 1, False)


@pytest.mark.parametrize("after", ["0", "9", "-1"])
def test_cursor_that_cannot_be_continued_asks_for_a_reload(
    client: Client, letters: Letters, after: str
) -> None:
    letters.write("a", "b")
    Event.objects.filter(seq=1).delete()
    answer = client.get("/live/events/", {"stream": "letters:1", "after": after}).json()
    assert (answer["events"], answer["seq"], answer["reset"]) == ([], 2, True)


def test_closed_and_unknown_streams_look_the_same(client: Client, letters: Letters) -> None:
    letters.write("a")
    letters.open_to_all = False
    answers = [client.get("/live/events/", {"stream": name}) for name in ("letters:1", "no:1", "")]
    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (404, {"error": "There is no such stream."})
    ] * 3


def test_cursor_must_be_a_number(client: Client, letters: Letters) -> None:
    answer = client.get("/live/events/", {"stream": "letters:1", "after": "x"})
    assert answer.status_code == 400
