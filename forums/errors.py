"""What a service says when it refuses an act for a reason other than a missing right."""

from http import HTTPStatus

from django.utils.functional import Promise


class Refused(Exception):
    """The act does not fit the state of things.  `message` is for the person, `status` for HTTP.

    409 where the state has moved on (closed, locked, another move was quicker), 403 where
    others may act and this actor may not, 422 where what was sent is not enough.
    """

    def __init__(
        self, message: str | Promise, *, status: HTTPStatus = HTTPStatus.CONFLICT, field: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.field = field
