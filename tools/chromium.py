"""Find a Chromium for the browser tests and screenshots, or install one.

python -m tools.chromium     prints its path; installs one where there is none
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = (
    "no Chromium was found and none could be installed. Install one (Debian: apt-get install"
    " chromium) or name it: CHROMIUM=/path/to/chromium. The browser tests need it."
)


def find() -> str | None:
    """The path of a Chromium that can be started, or None."""
    for path in candidates():
        if starts(path):
            return path
    return None


def candidates() -> list[str]:
    """Where a Chromium may be: the setting CHROMIUM, the search path, Playwright's own folder."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return [named]
    found = [path for name in NAMES if (path := shutil.which(name))]
    home = Path.home()
    folders = [
        Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or home / ".cache" / "ms-playwright"),
        home / "Library" / "Caches" / "ms-playwright",
    ]
    for folder in folders:
        for pattern in ("chrome-linux*/chrome", "chrome-mac*/Chromium.app/Contents/MacOS/Chromium"):
            found += sorted(map(str, folder.glob(f"chromium-*/{pattern}")), reverse=True)
    return found


def starts(path: str) -> bool:
    """Whether the program at `path` can show an empty page (its libraries may be missing)."""
    command = [path, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "about:blank"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"<html" in done.stdout


def install() -> None:
    """Try to install one: by the system's packages as root, else by Playwright's download."""
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        system = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        commands = [["apt-get", "update", "-qq"], system, *commands]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        print(f"hub: no Chromium yet; trying: {' '.join(command)}", file=sys.stderr, flush=True)
        try:
            subprocess.run(command, stdout=sys.stderr, env=quiet, timeout=600, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"hub: that did not work ({error}).", file=sys.stderr)
        if command[-1] == "chromium" and find():
            return


def main() -> None:
    """Print the path of a Chromium, having installed one where that was needed."""
    if find() is None:
        install()
    path = find()
    if path is None:
        sys.exit(f"hub: {MISSING}")
    print(f"hub: Chromium is {path}", file=sys.stderr)


if __name__ == "__main__":
    main()
