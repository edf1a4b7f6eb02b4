"""What the views of this wing share: acts with a form, acts with a button, lists."""

from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any, ParamSpec

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hub.exports import Column, export, wanted_format
from hub.paging import paginate
from organisations.acting import ActingRequest, Actor
from projects.errors import Refused

P = ParamSpec("P")
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
    request: ActingRequest,
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


def telling(
    template: str, detail: str, key: str
) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """Answer what is refused with a page that says why and leads back to `detail`.

    `key` is the argument of the view that names the thing, as in `agreements:detail` by
    `number`.
    """

    def decorate(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        @wraps(view)
        def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                return view(*args, **kwargs)
            except Refused as refusal:
                context = {
                    "message": refusal.message,
                    "back": reverse(detail, args=[kwargs[key]]),
                }
                request: Any = args[0]
                return render(request, template, context, status=int(refusal.status))

        return answer

    return decorate


def list_page(
    request: ActingRequest,
    template: str,
    *,
    found: Any,
    columns: Sequence[Column],
    name: str,
    prepare: Callable[[Any], None] = lambda rows: None,
    **more: Any,
) -> HttpResponse:
    """A filtered list as a page, or in another form by `?format=`; 400 for a wrong filter.

    `prepare` puts on the rows of the page what is computed once for all of them.
    """
    right = found.is_valid()
    rows = found.qs if right else found.queryset.none()
    if right and (form := wanted_format(request)):
        return export(rows[:MOST_EXPORTED], columns, form=form, name=name)
    page = paginate(rows, request, PER_PAGE)
    prepare(page.object_list)
    context = {
        "filter": found,
        "page": page,
        "is_filtered": right and found.form.has_changed(),
        **more,
    }
    return render(request, template, context, status=200 if right else 400)
