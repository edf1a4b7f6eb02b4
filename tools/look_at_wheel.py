"""See that an installed hub is whole: its pages, styles, languages and fonts came along.

Runs in the venv of the wheel, from an empty folder, with DJANGO_SETTINGS_MODULE set.
"""

import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Collect the static files and ask for pages; end with one line where something is missing."""
    django.setup()
    from django.test import Client  # noqa: PLC0415  (needs the settings)

    home = Path(settings.PACKAGE_DIR)
    if "site-packages" not in home.parts:
        sys.exit(f"hub: {home} is a checkout, not the installed wheel.")
    call_command("assets")
    for language in settings.KNOWN_LANGUAGES.keys() - {"en"}:
        if not (home / "locale" / language / "LC_MESSAGES" / "django.mo").is_file():
            sys.exit(f"hub: the wheel lacks the language {language}.")
    for path in (
        "/",
        "/organisations/",
        "/forums/",
        "/calendar/",
        "/calendar/feed.ics",
        "/healthz",
    ):
        status = Client().get(path, HTTP_HOST="localhost").status_code
        if status != 200:
            sys.exit(f"hub: the installed wheel answers {status} at {path}.")
    print("The wheel works on its own.")


if __name__ == "__main__":
    main()
