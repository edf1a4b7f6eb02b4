"""How a service says no for a reason other than a missing right."""

from http import HTTPStatus

from django.utils.functional import Promise


class Refused(Exception):
    """The act does not fit how things stand.  `message` is for the person who tried.

    409 where the state has moved on meanwhile; 422 where something needed is missing, with
    the name of the form's field in `field` where there is one.
    """

    def __init__(
        self, message: str | Promise, *, status: HTTPStatus = HTTPStatus.CONFLICT, field: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.field = field
