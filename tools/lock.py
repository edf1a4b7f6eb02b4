"""Write `requirements/*.lock`: exact versions with the hashes of every published file.

The locks hold no address of an index and no name of a host, so that they serve with any index.
pip-tools gets a venv of its own, because it must not stand in the locks.
"""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"
TOOL = "pip-tools==7.6.2"
WORDS = [
    *("--generate-hashes", "--strip-extras", "--allow-unsafe", "--quiet"),
    *("--no-header", "--no-annotate", "--no-emit-options", "--no-emit-index-url"),
    *("--no-emit-trusted-host", "--no-emit-find-links"),
]


def main() -> None:
    """Write the lock of the running hub, then that of the tests on top of it."""
    home = ROOT / "var" / "lock-venv"
    if not (home / "bin" / "pip-compile").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([home / "bin" / "python", "-m", "pip", "-q", "install", TOOL], check=True)
    compile_ = [str(home / "bin" / "pip-compile"), *WORDS, *sys.argv[1:]]
    run, test = FOLDER / "run.lock", FOLDER / "test.lock"
    FOLDER.mkdir(exist_ok=True)
    extra = ["--extra", "fonts"]
    subprocess.run([*compile_, *extra, "-o", str(run), "pyproject.toml"], cwd=ROOT, check=True)
    extra += ["--extra", "dev", "--constraint", str(run.relative_to(ROOT))]
    subprocess.run([*compile_, *extra, "-o", str(test), "pyproject.toml"], cwd=ROOT, check=True)
    print(f"Written: {run.relative_to(ROOT)}, {test.relative_to(ROOT)}. Run `make test` now.")


if __name__ == "__main__":
    main()
