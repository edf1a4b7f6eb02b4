"""`python -m hub.catalogue compile`: make the .mo files, without needing any setting."""

import sys
from pathlib import Path

from hub.catalogue.store import compile_all

if __name__ == "__main__":
    if sys.argv[1:] != ["compile"]:
        sys.exit("usage: python -m hub.catalogue compile")
    compile_all(Path(__file__).resolve().parent.parent.parent / "locale")
