#!/bin/sh
# Find a Python 3.11 or newer and hand over to tools/setup.py, which needs nothing else.
set -eu
cd "$(dirname "$0")/.."

good() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

for candidate in ${PYTHON:-} .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11 python; do
    if good "$candidate"; then
        exec "$candidate" tools/setup.py "$@"
    fi
done
echo "hub: Python 3.11 or newer is needed and was not found. Install it, or name it: make PYTHON=/path/to/python3 ..." >&2
exit 1
