"""Fields for uploads."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.files.checks import ACCEPT, check_upload


class DocumentField(forms.FileField):
    """One document or picture of at most 20 MB."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("PDF, Word, Excel or a picture, at most 20 MB."))
        kwargs.setdefault("max_length", 200)
        kwargs["widget"] = forms.ClearableFileInput(attrs={"accept": ACCEPT})
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        """The upload, looked into."""
        upload = super().to_python(data)
        if upload:
            check_upload(upload)
        return upload
