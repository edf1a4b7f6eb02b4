"""Form fields that several forms of forums share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.files.checks import ACCEPT, check_upload
from organisations.models import Organisation, Place


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
            raise forms.ValidationError(self.error_messages["required"], code="required")
        for upload in uploads:
            check_upload(upload)
        return uploads


class MarkdownField(forms.CharField):
    """A text in Markdown of at most 20,000 characters."""

    def __init__(self, *, rows: int = 8, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20_000)
        kwargs.setdefault(
            "help_text",
            _("Markdown works: **bold**, *italic*, - list, > quotation, [words](https://…)."),
        )
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class KeyField(forms.RegexField):
    """The hidden key by which a repeated send is known."""

    def __init__(self) -> None:
        super().__init__(
            r"\A[\w-]{8,64}\Z", required=False, widget=forms.HiddenInput, label=_("key of the send")
        )


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar; always sent as year-month-day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def organisations() -> Any:
    """Organisations that a form may offer: the verified ones, by name."""
    return Organisation.objects.verified().order_by("name")


def places() -> Any:
    """Places that a form may offer."""
    return Place.objects.order_by("country", "level", "code")
