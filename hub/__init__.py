"""The project package: settings, entry points and the kernel every app may use.

`calendar/` is a source root, not a package: a package of that name would hide
the standard library's `calendar`.  Everything that loads Django imports `hub`
first, so a bare checkout finds `calendar/activities` from here.  An installed
copy needs nothing, because `activities` then lies beside `hub`.
"""

import sys
from pathlib import Path

_source_root = Path(__file__).resolve().parent.parent / "calendar"
if (_source_root / "activities").is_dir() and str(_source_root) not in sys.path:
    sys.path.insert(1, str(_source_root))
