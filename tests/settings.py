"""Settings of the tests: the hub's own, read with an environment that is set in place here.

Every run has a folder of its own, removed at its end, and every xdist worker a data folder, a
database, a Redis number and a channel prefix of its own.  TEST_ENGINE (sqlite or postgres)
chooses the engines; `python -m tests.engines` starts them.  With TEST_SERVED set, these are
the settings of the server that the browser tests talk to: as in life, on the tests' database.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

ENGINE = os.environ.get("TEST_ENGINE", "sqlite")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
NUMBER = int(WORKER.removeprefix("gw"))
SERVED = bool(os.environ.get("TEST_SERVED"))


def _run_folder() -> Path:
    """The folder of this run; made once by the first process, which also removes it."""
    if given := os.environ.get("TEST_RUN_FOLDER"):
        return Path(given)
    made = Path(tempfile.mkdtemp(prefix="hub-tests-"))
    os.environ["TEST_RUN_FOLDER"] = str(made)
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


RUN_FOLDER = _run_folder()
_ours = ("HUB_", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")
_keep = {"HUB_BASE_URL"} if SERVED else set[str]()
for _name in [name for name in os.environ if name.startswith(_ours) and name not in _keep]:
    del os.environ[_name]
os.environ["HUB_DATA_DIR"] = str(RUN_FOLDER / WORKER)
os.environ["HUB_SECRET_KEY"] = "a key for tests only, of no use to anybody"
if ENGINE == "postgres":
    try:
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
        os.environ["REDIS_URL"] = f"{os.environ['TEST_REDIS_URL'].rpartition('/')[0]}/{NUMBER}"
    except KeyError as missing:
        raise SystemExit(f"{missing} is not set: run `make test`.") from None

from hub.settings import *  # noqa: E402
from hub.settings import BASE_DIR, CACHES, CHANNEL_LAYERS, DATABASES, STATICFILES_DIRS  # noqa: E402

database: dict[str, Any] = DATABASES["default"]
if ENGINE == "sqlite":
    # A file, not memory: threads and the server of the browser tests share it.  What is lost
    # when the machine stops does not matter.
    database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
    database["TEST"] = {"NAME": str(RUN_FOLDER / WORKER / "test.sqlite3")}
else:
    database["TEST"] = {"NAME": "test_hub"}
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"hub-test-{WORKER}"
    CACHES["default"]["KEY_PREFIX"] = f"hub-test-{WORKER}"

# Fonts and style sheets are cut once and kept between runs.
GENERATED_STATIC_DIR = BASE_DIR / "var" / "tests" / "generated"
GENERATED_STATIC_DIR.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS[-1] = GENERATED_STATIC_DIR
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEST_RUNNER = "tests.settings.NoRunner"

if SERVED:
    # pytest-django names the database of each worker; the server is told which one it is.
    database["NAME"] = os.environ["TEST_SERVED"]
    if ENGINE == "sqlite":  # in files, so that the tests can clear it
        folder = str(RUN_FOLDER / WORKER / "cache")
        backend = "django.core.cache.backends.filebased.FileBasedCache"
        CACHES["default"] = {"BACKEND": backend, "LOCATION": folder}
    STATIC_ROOT = BASE_DIR / "var" / "tests" / "static"
else:
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


class NoRunner:
    """`manage.py test` would find no test and call that a success; it says so instead."""

    def __init__(self, **options: Any) -> None:
        raise SystemExit("The tests run with pytest: make test")
