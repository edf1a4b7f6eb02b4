"""SHA-256 fingerprints: proof that a text or file is the one that was agreed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class What(models.TextChoices):
    """What the fingerprint was taken from."""

    TEXT = "text", _("text of the agreement")
    DOCUMENT = "document", _("document")
    SIGNED_COPY = "signed_copy", _("signed copy")
    WHOLE = "whole", _("text and documents together")
    AMENDMENT = "amendment", _("text of an amendment")


class Fingerprint(models.Model):
    """One SHA-256 of something that belongs to an agreement, in 64 hexadecimal digits.

    Of a file it is taken from its bytes.  Of a text from its UTF-8 bytes with Unix line ends,
    as the page offers it for download.  Of the whole from the list of the others.
    """

    What = What

    agreement = models.ForeignKey(
        "agreements.Agreement",
        on_delete=models.CASCADE,
        related_name="fingerprints",
        verbose_name=_("agreement"),
    )
    what = models.CharField(_("of what"), max_length=20, choices=What.choices)
    name = models.CharField(_("name"), max_length=255, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    file = models.ForeignKey(
        "files.StoredFile",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )
    created = models.DateTimeField(_("taken"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.sha256[:12]}"
