"""A wrong setting stops the start with one line; production settings pass the deployment check."""

import pytest

from tests.test_layout import run

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "hub.settings",
    "DATABASE_URL": "",
    "REDIS_URL": "",
    "HUB_BASE_URL": "https://hub.example",
    "HUB_SECRET_KEY": "kept-only-for-this-test-0123456789-abcdefghijklmnop-QRSTUV",
    "EMAIL_URL": "smtp+tls://hub:secret@mail.example:587",
}
WRONG = {
    "HUB_DEBGU": "yes",
    "HUB_DEBUG": "perhaps",
    "HUB_SECRET_KEY": "short",
    "HUB_BASE_URL": "hub.example",
    "HUB_LANGUAGES": "en,xx",
    "HUB_TIME_ZONE": "Europe/Atlantis",
    "HUB_THREADS": "many",
    "DATABASE_URL": "mysql://localhost/hub",
    "REDIS_URL": "http://localhost",
    "EMAIL_URL": "pigeon://roof",
    "HUB_SECRET_KEY_FILE": "/nowhere/to/be/found",
}


def test_models_and_migrations_agree() -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = run("manage.py", "makemigrations", "--check", "--dry-run", **settings)
    assert done.returncode == 0, done.stdout + done.stderr


def test_production_settings_pass_the_deployment_check() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", WRONG)
def test_wrong_setting_stops_the_start_with_one_line_that_names_it(name: str) -> None:
    settings = PRODUCTION | {name: WRONG[name]}
    if name == "HUB_SECRET_KEY_FILE":
        settings["HUB_SECRET_KEY"] = ""
    done = run("manage.py", "check", **settings)
    lines = done.stderr.strip().splitlines()
    assert (done.returncode, len(lines)) == (1, 1), done.stderr
    assert lines[0].startswith(f"{name}: ")
