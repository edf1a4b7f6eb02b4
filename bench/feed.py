"""The feed of 1,000 activities: joined from kept texts, beside building each text anew.

    python -m bench.feed                     1,000 activities
    python -m bench.feed --activities 5000

Runs in a folder of its own, on SQLite, without a server.  Prints a table (milliseconds of this
process's CPU, the middle of several turns) and writes `var/bench/feed.json`.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TURNS = 7
PER_SCALE = 120  # activities of the demo network


def main() -> None:
    """Make the data, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--activities", type=int, default=1000)
    wanted = parser.parse_args().activities
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        results = measure(Path(folder), wanted)
    for name, value in results.items():
        print(f"{name:<44} {value:>12,.1f}")
    out = ROOT / "var" / "bench" / "feed.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def measure(folder: Path, wanted: int) -> dict[str, float]:
    """The numbers, on a fresh demo network with at least `wanted` public activities in its feed."""
    for name in [name for name in os.environ if name.startswith(("HUB_", "DATABASE", "REDIS"))]:
        del os.environ[name]
    os.environ |= {"HUB_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "hub.settings"}
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415 - the settings must be chosen first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - needs the loaded apps

    call_command("migrate", verbosity=0)
    call_command("demo", scale=wanted // PER_SCALE * 5 // 4 + 2, stdout=sys.stderr)
    return _numbers(wanted)


def _numbers(wanted: int) -> dict[str, float]:
    from activities.feeds import Feed  # noqa: PLC0415 - needs the loaded apps
    from activities.models import Activity  # noqa: PLC0415
    from activities.selection import Selection  # noqa: PLC0415
    from activities.services.texts import derive  # noqa: PLC0415

    def feed() -> Feed:
        return Feed(Selection(deadline_kinds=()), language="en")

    held = feed().rows().count()
    assert held >= wanted, f"only {held} activities in the feed"
    keep = list(feed().rows().order_by("dtstart").values_list("pk", flat=True)[:wanted])
    Activity.objects.exclude(pk__in=keep).delete()
    rows = list(Activity.objects.select_related("organisation", "place").order_by("dtstart"))

    def build() -> None:
        for row in rows:
            derive(row)

    text = feed().text()
    return {
        "activities": float(len(rows)),
        "size of the feed (kB)": len(text.encode()) / 1000,
        "has it changed? (ms)": cpu(lambda: feed().state),
        "joined from kept texts (ms)": cpu(lambda: feed().text()),
        "every text built anew, without queries (ms)": cpu(build),
    }


def cpu(act: Callable[[], object]) -> float:
    """Milliseconds of CPU that `act` takes: the middle of several turns, after one to warm up."""
    act()
    turns = []
    for _ in range(TURNS):
        before = time.process_time()
        act()
        turns.append(1000 * (time.process_time() - before))
    return statistics.median(turns)


if __name__ == "__main__":
    main()
