"""The app of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored files with checked rights."""

    name = "hub.files"
    label = "files"
    verbose_name = "Files"
