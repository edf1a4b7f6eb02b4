"""A real calendar program subscribes: vdirsyncer fetches the feed, khal lists what it holds."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from activities import services
from activities.models import Activity
from activities.recurrence import Rule
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.browser.server import Server
from tests.factories_activities import make_activity, make_days, make_when

SUBSCRIPTION = """
[general]
status_path = "{folder}/status"

[pair hub]
a = "feed"
b = "folder"
collections = null
conflict_resolution = "a wins"

[storage feed]
type = "http"
url = "{url}"

[storage folder]
type = "filesystem"
path = "{folder}/calendar"
fileext = ".ics"
"""

PROGRAM = """
[calendars]
[[hub]]
path = {folder}/calendar
readonly = True

[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = {zone}
default_timezone = {zone}
unicode_symbols = False

[sqlite]
path = {folder}/khal.db
"""


class Program:
    """A subscriber who lives in `zone`."""

    def __init__(self, folder: Path, url: str, zone: str) -> None:
        self.folder = folder
        (folder / "calendar").mkdir()
        (folder / "vdirsyncer").write_text(SUBSCRIPTION.format(folder=folder, url=url))
        (folder / "khal").write_text(PROGRAM.format(folder=folder, zone=zone))
        self.run("vdirsyncer", "discover", "--no-list")

    def run(self, name: str, *words: str) -> str:
        """Run one of the two programs and give what it says."""
        done = subprocess.run(
            [Path(sys.executable).with_name(name), "-c", self.folder / name, *words],
            env={**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
            input="y\n" * 9,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def agenda(self) -> list[str]:
        """What the program lists for the next weeks, after looking for changes."""
        self.run("vdirsyncer", "sync")
        form = "{start-date-long} {start-time}-{end-time} {title}"
        said = self.run("khal", "list", "--format", form, "--day-format", "", "today", "40d")
        return [line.strip() for line in said.splitlines() if line.strip()]


@pytest.fixture
def actor(editor: User, organisation: Organisation) -> Actor:
    """Who plans."""
    return Actor(editor, organisation)


def test_subscribers_program_shows_the_right_local_times_and_follows_changes(
    served: Server, actor: Actor, tmp_path: Path
) -> None:
    day = timezone.localdate() + timedelta(days=8)
    title = "საჯარო განხილვა: ბიუჯეტი"
    make_activity(title, actor=actor, when=make_when(day, "10:00", "12:00", "Europe/Sofia"))
    make_activity("Fushatë", actor=actor, when=make_days(day, day + timedelta(days=1)))
    weekly = make_when(day, "18:00", "19:00", "Asia/Tbilisi")
    series = make_activity("Weekly", actor=actor, when=weekly, rule=Rule("WEEKLY", count=3))
    program = Program(tmp_path, f"{served.url}/calendar/feed.ics?deadlines=no", "Asia/Tbilisi")
    ahead = make_when(day, "10:00", "12:00", "Europe/Sofia").dtstart.hour
    begins, ends = f"{ahead + 4:02}:00", f"{ahead + 6:02}:00"
    weeks = [day + timedelta(weeks=number) for number in range(3)]

    assert sorted(program.agenda()) == sorted(
        [
            f"{day} {begins}-{ends} {title}",
            f"{day} - Fushatë",
            f"{day} - Fushatë",
            *(f"{week} 18:00-19:00 Weekly" for week in weeks),
        ]
    )

    budget = Activity.objects.get(summary=title)
    moved = make_when(day, "14:00", "15:00", "Europe/Sofia")
    services.change_activity(activity=budget, actor=actor, when=moved)
    services.leave_out(activity=series, actor=actor, day=weeks[1])
    days = Activity.objects.get(all_day=True)
    services.delete_activity(activity=days, actor=actor, reason="Entered twice")

    assert sorted(program.agenda()) == [
        f"{day} {ahead + 8:02}:00-{ahead + 9:02}:00 {title}",
        f"{day} 18:00-19:00 Weekly",
        f"{weeks[2]} 18:00-19:00 Weekly",
    ]
