"""Static files under names that tell their content, so that browsers may keep them for ever."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

STAMP = "collected"
SELDOM_READ = ("admin/", "django_htmx/ext/")


class HashedStorage(CompressedManifestStaticFilesStorage):
    """`css/hub.css` becomes `css/hub.1a2b3c.css`, with compressed copies beside it.

    The plain copies are not kept: a page that asked for one would hold an old style for as
    long as a browser likes.
    """

    keep_only_hashed_files = True

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what readers fetch; the operators' pages are opened too seldom to wait for."""
        yield from super().compress_files(
            [path for path in paths if not path.startswith(SELDOM_READ)]
        )


def collect() -> bool:
    """Collect the static files where one of them changed since the last time; whether it did.

    Hashing and compressing takes seconds, looking at names and times does not: a hub that
    starts again is there at once.
    """
    stamp = Path(settings.STATIC_ROOT) / STAMP
    mark = fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == mark:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(mark, encoding="utf-8")
    return True


def fingerprint() -> str:
    """A hash over where every static file lies, its size and when it was changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(
                f"{storage.location} {name} {found.st_size} {found.st_mtime_ns}\n".encode()
            )
    return digest.hexdigest()
