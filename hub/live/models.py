"""Streams, and the events in them.

A number comes from the stream's own counter row, taken as the last act of the writing
transaction: the row stays locked until commit, so numbers are gapless and ordered by commit.
A sequence of the database would not do: its numbers commit out of order, and a reader past
one would never see it.
"""

import secrets

from django.db import models


def new_epoch() -> str:
    """A name for one life of a stream's numbers; it changes when they start anew."""
    return secrets.token_hex(4)


class Stream(models.Model):
    """The counter of one stream, such as `topic:12`."""

    name = models.CharField(max_length=80, unique=True)
    seq = models.BigIntegerField(default=0)
    epoch = models.CharField(max_length=16, default=new_epoch)

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """Something that changed: a kind, and the numbers of what changed; never rendered text."""

    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="events")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["stream", "seq"]
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="one_number_once")]
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.stream.name} {self.seq} {self.kind}"
