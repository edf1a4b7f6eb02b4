"""Pictures of pages as they look: each width, light and dark, each language.

    python -m tools.screenshots / /calendar/ --base http://127.0.0.1:8000
    python -m tools.screenshots /forums/ --as ngo@demo.example --languages en ka --widths 360 1280

The server must run already. PNG files go to `var/screenshots`, named by address, width,
colours and language; sign-in uses the demo's password unless HUB_SCREENSHOT_PASSWORD is set.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tools import chromium

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = (360, 768, 1280)
THEMES = ("light", "dark")
DEMO_PASSWORD = "demo-hub-2026"  # only ever set by the demo network


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures that the arguments ask for and print each file's path."""
    wish = _parser().parse_args(arguments)
    path = chromium.find()
    if path is None:
        print(chromium.MISSING, file=sys.stderr)
        return 1
    wish.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for file in take(browser, wish):
            print(file)
        browser.close()
    return 0


def take(browser: Browser, wish: argparse.Namespace) -> Iterator[Path]:
    """Yield the file of each picture after it is written."""
    for width, theme, language in product(wish.widths, wish.themes, wish.languages):
        context = browser.new_context(
            viewport={"width": width, "height": 800 if width < 700 else 900},
            color_scheme=theme,
            reduced_motion="reduce",
        )
        host = urlsplit(wish.base).hostname
        context.add_cookies(
            [{"name": "hub_language", "value": language, "domain": host, "path": "/"}]
        )
        if wish.person:
            _sign_in(context, wish)
        for address in wish.addresses:
            file = wish.out / f"{name_of(address)}-{width}-{theme}-{language}.png"
            page = context.new_page()
            # Not "networkidle": a page that listens for live events is never idle.
            page.goto(wish.base + address)
            page.evaluate("document.fonts.ready.then(() => true)")
            page.screenshot(path=file, full_page=wish.whole)
            page.close()
            yield file
        context.close()


def name_of(address: str) -> str:
    """A file's name for an address: "/calendar/agenda/?q=a" -> "calendar-agenda-q-a"."""
    return re.sub(r"[^\w]+", "-", address).strip("-")[:80] or "home"


def _sign_in(context: BrowserContext, wish: argparse.Namespace) -> None:
    page = context.new_page()
    page.goto(f"{wish.base}/accounts/login/")
    page.fill("input[name=login]", wish.person)
    page.fill("input[name=password]", os.environ.get("HUB_SCREENSHOT_PASSWORD", DEMO_PASSWORD))
    page.locator("main form button:not([name]), main form [type=submit]").first.click()
    page.wait_for_url(lambda address: "/accounts/login" not in address)
    page.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("addresses", nargs="*", default=["/"])
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--widths", nargs="+", type=int, default=WIDTHS)
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=THEMES)
    parser.add_argument("--languages", nargs="+", default=["en"])
    parser.add_argument("--as", dest="person", default="", help="e-mail to sign in with")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "screenshots")
    parser.add_argument("--top", dest="whole", action="store_false", help="only what is in view")
    return parser


if __name__ == "__main__":
    sys.exit(main())
