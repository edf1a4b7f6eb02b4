"""Events get gapless numbers in the order of commits, or none at all."""

import threading

import pytest
from django.db import connection, transaction

from hub.live.models import Event, Stream
from hub.live.publish import position, positions, publish
from hub.writes import write
from tests.hub.live.conftest import Letters

pytestmark = pytest.mark.django_db(transaction=True)


def numbers(stream: str) -> list[int]:
    rows = Event.objects.filter(stream__name=stream)
    return list(rows.order_by("seq").values_list("seq", flat=True))


def test_events_are_numbered_from_one_without_gaps(letters: Letters) -> None:
    letters.write("a", "b")
    letters.write("c")

    assert numbers("letters:1") == [1, 2, 3]
    assert positions(["letters:1", "letters:2"]) == {"letters:1": 3}
    assert position("letters:2") == 0


def test_failed_service_leaves_no_number(letters: Letters) -> None:
    @write
    def fail() -> None:
        publish("letters:1", "letter.written", letter="x")
        raise ValueError

    with pytest.raises(ValueError):
        fail()
    letters.write("a")

    assert numbers("letters:1") == [1]


def test_nested_service_joins_the_outer_transaction(letters: Letters) -> None:
    @write
    def outer() -> None:
        letters.write("a")
        assert not Event.objects.exists()  # numbered at the very end
        raise ValueError

    with pytest.raises(ValueError):
        outer()

    assert not Event.objects.exists()
    assert not Stream.objects.exists()


def test_publishing_outside_a_service_is_an_error(db: None) -> None:
    with pytest.raises(RuntimeError):
        publish("letters:1", "letter.written")


def test_many_writers_at_once_give_gapless_numbers(letters: Letters) -> None:
    def writer() -> None:
        try:
            for _ in range(10):
                letters.write("a", stream="letters:1")
                letters.write("b", stream="letters:2")
        finally:
            connection.close()

    threads = [threading.Thread(target=writer) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert numbers("letters:1") == list(range(1, 61))
    assert numbers("letters:2") == list(range(1, 61))


def test_opposite_orders_of_streams_do_not_deadlock(letters: Letters) -> None:
    @write
    def both(first: str, second: str) -> None:
        publish(first, "letter.written", letter="a")
        publish(second, "letter.written", letter="b")

    def writer(first: str, second: str) -> None:
        try:
            for _ in range(10):
                both(first, second)
        finally:
            connection.close()

    pairs = [("letters:1", "letters:2"), ("letters:2", "letters:1")]
    threads = [threading.Thread(target=writer, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert numbers("letters:1") == numbers("letters:2") == list(range(1, 21))


def test_reader_never_sees_a_number_before_a_smaller_one_is_committed(letters: Letters) -> None:
    letters.write("a")
    with transaction.atomic():
        letters.write("b")
        seen: list[int] = []

        def read() -> None:
            try:
                seen.extend(numbers("letters:1"))
            finally:
                connection.close()

        thread = threading.Thread(target=read)
        thread.start()
        thread.join(30)
    assert seen == [1]
    assert numbers("letters:1") == [1, 2]
