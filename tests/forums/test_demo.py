"""The demo's share: as much as promised, at every stage, nothing in the future."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Max
from django.test import override_settings
from django.utils import timezone

from forums.consultations.demo import build as build_consultations
from forums.consultations.demo import one_page_pdf
from forums.consultations.models import Consultation, Response
from forums.demo import build, build_copies
from forums.models import Forum, Post, Topic
from hub.demo import Demo
from organisations.demo import build as build_organisations

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Demo]:
    """The network as far as forums and consultations, asked for one copy of everything.

    It is built once for this file, in a transaction that is taken back at its end.
    """
    made = Demo(scale=2, say=lambda words: None)
    tasks = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(TASKS=tasks):
            for step in (build_organisations, build, build_consultations):
                step(made)
        yield made
        transaction.set_rollback(True)


def test_the_demo_is_as_large_and_as_varied_as_promised(demo: Demo) -> None:
    now = timezone.now()
    kinds = Counter(Topic.objects.values_list("kind", flat=True))
    assert Forum.objects.count() == 10
    assert Topic.objects.count() >= 60
    assert Post.objects.count() >= 600
    assert set(kinds) == {"discussion", "announcement", "consultation"}
    assert set(Topic.objects.filter(kind="consultation").values_list("stage", flat=True)) == {
        "draft",
        "open",
        "closed",
        "answered",
        "withdrawn",
    }
    open_now = Consultation.objects.listed().standing("open")
    assert timezone.localdate() + timedelta(days=9) in open_now.values_list("closes", flat=True)
    assert open_now.filter(audience="invited").exists()
    assert Response.objects.count() == 2
    assert not Post.objects.filter(created__gt=now).exists()
    assert not Post.objects.filter(created__lt=now - timedelta(days=91)).exists()


def test_numbers_counters_and_times_of_the_demo_agree(demo: Demo) -> None:
    topics = Topic.objects.annotate(last=Max("posts__number"), newest=Max("posts__created"))
    assert not topics.exclude(last=F("post_count")).exists()
    assert not topics.filter(published__isnull=False).exclude(newest=F("last_post_at")).exists()
    for forum in Forum.objects.all():
        listed = forum.topics.listed()
        assert forum.topic_count == listed.count()
        assert forum.post_count == sum(listed.values_list("post_count", flat=True))
    for topic in topics:
        times = list(topic.posts.order_by("number").values_list("created", flat=True))
        assert times == sorted(times), topic


def test_copies_come_in_bulk(demo: Demo) -> None:
    topics, posts = Topic.objects.listed().count(), Post.objects.count()
    drafts = Post.objects.filter(topic__published=None).count()
    build_copies(demo)
    assert Forum.objects.count() == 20
    assert Topic.objects.listed().count() == 2 * topics
    assert Post.objects.count() == 2 * posts - drafts
    assert Response.objects.count() == 4


def test_the_papers_of_the_demo_are_true_pdf() -> None:
    paper = one_page_pdf("Plan (draft)")
    assert paper.startswith(b"%PDF-1.4")
    assert paper.rstrip().endswith(b"%%EOF")
    start = int(paper.split(b"startxref\n")[1].split(b"\n")[0])
    assert paper[start:].startswith(b"xref")
