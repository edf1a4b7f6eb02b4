"""What registers know of an organisation: the shape of numbers, and likely doubles by name."""

import re
from difflib import SequenceMatcher

from django.utils.translation import gettext_lazy as _

from hub.text import fold
from organisations.models import Organisation, OrganisationQuerySet

#: Usual shapes of numbers, after `tidy_number`, with an example of each.  Registers of the
#: same country differ (courts, ministries, business registers), so an unusual number is asked
#: about and not refused.
SHAPES = {
    "XK": (r"\d{9}|\d{7}-?\d", "810123456"),
    "AL": (r"[A-Z]\d{8}[A-Z]", "L12345678A"),
    "BG": (r"\d{9}(\d{4})?", "123456789"),
    "GE": (r"\d{9}", "123456789"),
}
WHERE = {
    "XK": _("business, fiscal or NGO number"),
    "AL": _("NIPT"),
    "BG": _("EIK"),
    "GE": _("identification code"),
}

# Words that say what an organisation is, not which one: they do not tell two apart.
_COMMON_WORDS = """
    ngo cso ojq ojf onlus shoqata shoqate organizata organizate fondacioni fondacion qendra qender
    komuna bashkia nvo udruzenje udruzenja fondacija centar opstina sdruzenie sdruzenieto
    fondacijata obstina aaip pondi asotsiatsia tsentri kavshiri munitsipaliteti association
    foundation centre center municipality the of for and i e te per za na da
"""
_COMMON = set(_COMMON_WORDS.split())
_ALIKE = 0.88


def tidy_number(text: str) -> str:
    """`text` as registers compare it: capitals, no spaces, dots or slashes."""
    return re.sub(r"[\s./]", "", text).upper()


def is_usual_number(number: str, country: str) -> bool:
    """Whether a tidied number has the usual shape for its country; unknown countries: yes."""
    shape = SHAPES.get(country)
    return shape is None or re.fullmatch(shape[0], number) is not None


def example_of(country: str) -> str:
    """A number of the usual shape, to show beside the question; empty for unknown countries."""
    return SHAPES[country][1] if country in SHAPES else ""


def core_of(name: str) -> str:
    """The words of a name that tell it apart, folded and sorted; all of them where none is left."""
    words = fold(name).split()
    return " ".join(sorted(set(words) - _COMMON or set(words)))


def likely_doubles(
    name: str, country: str, *, apart_from: Organisation | None = None, limit: int = 5
) -> list[Organisation]:
    """Organisations of `country` that may well be the one called `name`; one or two queries.

    Same when folded comes first (in any country), then those whose telling words are the same
    or nearly the same.
    """
    folded = fold(name)
    others = _others(apart_from)
    same = list(others.filter(folded_name=folded)[:limit])
    core = core_of(name)
    telling = max(core.split(), key=len, default="")
    if len(telling) < 3:
        return same
    near = others.filter(country=country, folded_name__contains=telling[:-1])
    found = [row for row in near[:60] if row not in same and _alike(core, core_of(row.name))]
    return (same + found)[:limit]


def _others(apart_from: Organisation | None) -> OrganisationQuerySet:
    rows = Organisation.objects.all()
    return rows.exclude(pk=apart_from.pk) if apart_from and apart_from.pk else rows


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def same_number(
    number: str, country: str, *, apart_from: Organisation | None = None
) -> Organisation | None:
    """The organisation that has this number in the register of `country`, if any."""
    if not number:
        return None
    rows = _others(apart_from).filter(country=country, registration_number=number)
    return rows.first()
