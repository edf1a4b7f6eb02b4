"""What the views of this wing share: acts with a form, and what is refused."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, ParamSpec

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hub.refusals import Refused
from organisations.acting import ActingRequest, Actor

P = ParamSpec("P")


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
    return render(request, template, context, status=status)


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
