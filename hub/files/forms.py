"""Fields for uploads."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
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


class SeveralFiles(forms.ClearableFileInput):
    """A file control that takes more than one file."""

    allow_multiple_selected = True


class DocumentsField(forms.FileField):
    """Documents and pictures, each of at most 20 MB; the value is a list of uploads."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Documents"))
        kwargs.setdefault("help_text", _("PDF, Word, Excel or pictures, at most 20 MB each."))
        kwargs["widget"] = SeveralFiles(attrs={"accept": ACCEPT})
        super().__init__(max_length=200, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each upload looked into; what was sent as nothing is an empty list."""
        given = data if isinstance(data, list | tuple) else [data]
        uploads = [super(DocumentsField, self).clean(each, None) for each in given if each]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        for upload in uploads:
            check_upload(upload)
        return uploads
