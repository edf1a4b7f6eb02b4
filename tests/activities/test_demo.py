"""The demo's activities: as many and as mixed as promised, and the same text by both ways."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Count

from activities.models import Activity, CoOrganiser
from activities.services import rewrite_texts
from hub import demo


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Organisations and activities only, twice as much as the believable network."""
    rooms = [row for row in demo._builders if row[1] in ("organisations", "activities")]
    monkeypatch.setattr(demo, "_builders", rooms)
    call_command("demo", scale=2, stdout=StringIO())


def test_demo_is_as_mixed_as_a_real_calendar_and_copies_read_like_originals(network: Any) -> None:
    assert Activity.objects.count() == 240
    counts = Activity.objects.aggregate(
        zones=Count("tzid", distinct=True), kinds=Count("kind", distinct=True)
    )
    assert counts == {"zones": 4, "kinds": 9}
    assert Activity.objects.filter(status="CANCELLED").count() >= 10
    assert Activity.objects.filter(status="TENTATIVE").exists()
    assert Activity.objects.exclude(rrule="").count() >= 10
    assert Activity.objects.filter(all_day=True).count() >= 20
    assert Activity.objects.filter(visibility="members").exists()
    assert Activity.objects.exclude(conference_url="").exists()
    assert Activity.objects.filter(occurrences__isnull=False).exists()
    assert set(CoOrganiser.objects.values_list("state", flat=True)) == {
        "accepted",
        "declined",
        "invited",
    }
    scripts = {"а": False, "ა": False, "ë": False}
    for text in Activity.objects.values_list("summary", flat=True):
        for letter in scripts:
            scripts[letter] |= letter in text
    assert all(scripts.values())
    assert rewrite_texts(Activity.objects.all()) == 0
