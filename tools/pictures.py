"""Take the pictures: a few for the README, and every kind of page to look at.

    make screenshots              starts a hub of its own with the demo network, and stops it

`docs/pictures/` gets exactly the five that the README shows, as a stranger sees them;
`var/screenshots/` gets each page at three widths, in light and dark. The demo network is built
around today, so pictures differ from day to day.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.engines import free_port
from tools import screenshots

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "docs" / "pictures"
LISTS = (
    "/", "/organisations/", "/forums/", "/consultations/", "/calendar/", "/calendar/agenda/",
    "/projects/", "/agreements/", "/commitments/", "/notifications/", "/search/?q=water",
    "/accounts/login/", "/accounts/signup/", "/organisations/register/", "/about/",
)  # fmt: skip
#: One page of each kind: where a link to it stands, and what the link looks like. Those that the
#: README shows are chosen from the demo network by their names.
DETAILS = {
    "forum": ("/forums/", r"/forums/(?!create|new)[\w-]+/"),
    "topic": ("/forums/across-the-borders/", r"/topics/\d+-a-common-calendar[\w-]+/"),
    "consultation": ("/consultations/?status=answered", r"/topics/\d+-velosipedna[\w-]+/"),
    "activity": ("/calendar/agenda/", r"/calendar/activities/[0-9a-f-]{36}/"),
    "organisation": ("/organisations/", r"/organisations/(?!register)[\w-]+/"),
    "project": ("/projects/", r"/projects/(?!create|new)[\w-]+/"),
    "agreement": ("/agreements/?status=active", r"/agreements/\d{4}-001/"),
    "commitment": ("/commitments/", r"/commitments/\d[\w-]*/"),
}
#: What the README shows: name of the file, address or kind of page, width.
SHOWN = (
    ("home", "/", 1280),
    ("calendar", "/calendar/", 1280),
    ("consultation", "consultation", 1280),
    ("agreement", "agreement", 1280),
    ("topic-phone", "topic", 360),
)
PERSON = "ngo@demo.example"


@contextmanager
def demo_hub() -> Iterator[str]:
    """A hub with the demo network, as `make run` starts it, in a folder that is removed after."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="hub-pictures-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
        environment = {**kept, "HUB_DATA_DIR": folder, "PORT": str(port)}
        process = subprocess.Popen([sys.executable, "manage.py", "up"], cwd=ROOT, env=environment)
        try:
            wait(base, process)
            yield base
        finally:
            process.terminate()
            process.wait(30)


def wait(base: str, process: subprocess.Popen[bytes], seconds: float = 180) -> None:
    """Return once pages come; end with one line where they do not."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{base}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    sys.exit("hub: the hub for the pictures did not start.")


def details(base: str) -> dict[str, str]:
    """The address of one page of each kind, as the lists link to them."""
    found: dict[str, str] = {}
    for kind, (page, pattern) in DETAILS.items():
        with urlopen(base + page, timeout=30) as answer:
            match = re.search(rf'href="({pattern})"', answer.read().decode())
        if match is None:
            sys.exit(f"hub: {page} links to no page like {pattern}.")
        found[kind] = match[1]
    return found


def main() -> None:
    """Take them all."""
    with demo_hub() as base:
        found = details(base)
        for name, page, width in SHOWN:
            address = found.get(page, page)
            words = ["--widths", str(width), "--themes", "light", "--top", "--out", str(README)]
            screenshots.main([address, "--base", base, *words])
            taken = README / f"{screenshots.name_of(address)}-{width}-light-en.png"
            taken.replace(README / f"{name}.png")
        screenshots.main([*LISTS, *found.values(), "--base", base, "--as", PERSON])
        screenshots.main([*LISTS, "--base", base, "--out", str(ROOT / "var/screenshots/anonymous")])


if __name__ == "__main__":
    main()
