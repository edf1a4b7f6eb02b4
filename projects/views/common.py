"""What the views of this wing share: acts with a form, acts with a button, lists."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hub.exports import Column, export, wanted_format
from hub.paging import paginate
from organisations.acting import Actor
from projects.errors import Refused

PER_PAGE = 30
MOST_EXPORTED = 20_000


def attempt(
    form: forms.Form | forms.ModelForm, act: Callable[[], Any], *others: forms.BaseFormSet
) -> HTTPStatus:
    """Do `act` if the form (and the `others`) are right.

    OK when done; else what the form's page is answered with.  What a service refuses becomes
    an error of the form, so that nothing typed is lost.
    """
    if not form.is_bound:
        return HTTPStatus.ACCEPTED
    if not all([form.is_valid(), *(other.is_valid() for other in others)]):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        act()
    except Refused as refusal:
        form.add_error(
            refusal.field if refusal.field in form.fields else None, str(refusal.message)
        )
        return refusal.status
    return HTTPStatus.OK


def page_status(status: HTTPStatus) -> int:
    """The status of a page that shows a form: 200 unless something was refused."""
    return 200 if status is HTTPStatus.ACCEPTED else int(status)


def act_page(
    request: HttpRequest,
    template: str,
    *,
    form: Any,
    actor: Actor,
    status: HTTPStatus,
    title: Any,
    button: Any,
    back: str,
    **more: Any,
) -> HttpResponse:
    """A page with one form that does one thing.  `back` is where "do nothing" leads."""
    context = {
        "form": form,
        "acting": actor,
        "title": title,
        "button": button,
        "back": back,
        **more,
    }
    return render(request, template, context, status=page_status(status))


def refused_page(request: HttpRequest, template: str, refusal: Refused, back: str) -> HttpResponse:
    """What a button answers when its act no longer fits: why, and where to look."""
    context = {"message": refusal.message, "back": back}
    return render(request, template, context, status=int(refusal.status))


def list_page(
    request: HttpRequest,
    template: str,
    *,
    found: Any,
    columns: Sequence[Column],
    name: str,
    **more: Any,
) -> HttpResponse:
    """A filtered list as a page, or in another form by `?format=`; 400 for a wrong filter."""
    right = found.is_valid()
    rows = found.qs if right else found.queryset.none()
    if right and (form := wanted_format(request)):
        return export(rows[:MOST_EXPORTED], columns, form=form, name=name)
    context = {
        "filter": found,
        "page": paginate(rows, request, PER_PAGE),
        "is_filtered": right and found.form.has_changed(),
        **more,
    }
    return render(request, template, context, status=200 if right else 400)
