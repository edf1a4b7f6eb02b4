"""The words of the interface in every language: gather, keep, check, compile, hand out.

Plain files in and out, no models and no settings, so that set-up can compile the catalogues
before anything else works.  `manage.py messages` is the way in for people.
"""

from dataclasses import dataclass, field

#: What may identify one message: its context (or "") and its English text.
Key = tuple[str, str]


@dataclass
class Message:
    """One message as the code holds it: English, with where it is used."""

    text: str
    plural: str = ""
    context: str = ""
    notes: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What identifies it in a catalogue."""
        return (self.context, self.text)


@dataclass(frozen=True)
class Plurals:
    """How a language counts: gettext's formula, and examples of the numbers of each form."""

    header: str
    examples: tuple[str, ...]


_ONE_AND_MANY = Plurals("nplurals=2; plural=(n != 1);", ("1", "0, 2, 5, 21"))

#: The languages besides English, which is the language of the code.  Formulas as in Django's
#: own catalogues, because both are looked up together.
LANGUAGES = {
    "sq": _ONE_AND_MANY,
    "sr": Plurals(
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
        "(n%100<10 || n%100>=20) ? 1 : 2);",
        ("1, 21, 31", "2, 3, 4, 22", "0, 5, 11, 20"),
    ),
    "bg": _ONE_AND_MANY,
    "ka": _ONE_AND_MANY,
}
