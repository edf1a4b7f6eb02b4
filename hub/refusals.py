"""How a service says no, and how that is put into words."""

from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class Refused(Exception):
    """The act does not fit the state of things.  `message` is for the person, `status` for HTTP.

    409 where the state has moved on (closed, locked, another was quicker), 403 where others may
    act and this actor may not, 422 where something needed is missing, with the name of the
    form's field in `field` where there is one.
    """

    def __init__(
        self, message: str | Promise, *, status: HTTPStatus = HTTPStatus.CONFLICT, field: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.field = field


def in_words(denied: Exception) -> str:
    """The sentence of a refusal; a bare name of a right says nothing to a person."""
    said = str(denied)
    return said if " " in said else _("You may not do this. Nothing was changed.")
