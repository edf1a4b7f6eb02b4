"""Trying an act with a form: what refuses it becomes words there, and nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest

from hub.refusals import Refused, in_words

R = TypeVar("R")
AnyForm = forms.Form | forms.ModelForm


@dataclass(frozen=True)
class Attempt(Generic[R]):
    """How it went: `done` with its `result`, or the `status` that the form's page is sent with."""

    done: bool = False
    result: R | None = None
    status: HTTPStatus = HTTPStatus.OK


def sent(request: HttpRequest) -> Any:
    """What was sent, also where that is nothing; None on a page that only shows a form."""
    return request.POST if request.method == "POST" else None


def sent_files(request: HttpRequest) -> Any:
    """The uploads that came along, or None on a page that only shows a form."""
    return request.FILES if request.method == "POST" else None


def attempt(form: AnyForm, act: Callable[[], R], *others: forms.BaseFormSet) -> Attempt[R]:
    """Do `act` if the form (and the `others`) were sent and are right."""
    if not form.is_bound:
        return Attempt()
    if not all([form.is_valid(), *(other.is_valid() for other in others)]):
        return Attempt(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return Attempt(done=True, result=act())
    except Refused as refused:
        return refuse(form, refused.message, refused.status, refused.field)
    except PermissionDenied as denied:
        return refuse(form, in_words(denied), HTTPStatus.FORBIDDEN)
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for field, messages in by_field.items():
            for message in messages:
                refuse(form, message, HTTPStatus.UNPROCESSABLE_ENTITY, field)
        return Attempt(status=HTTPStatus.UNPROCESSABLE_ENTITY)


def refuse(form: AnyForm, message: Any, status: HTTPStatus, field: str = "") -> Attempt[Any]:
    """Say on the form (at `field`, where it has one) why nothing was done."""
    form.is_valid()  # errors can only be added to a form that was looked into
    form.add_error(field if field in form.fields else None, str(message))
    return Attempt(status=status)
