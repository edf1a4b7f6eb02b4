"""The languages tool: what it gathers, how it merges, and what it refuses."""

import gettext
import json
from pathlib import Path

import pytest

from hub.catalogue import Key, Message, exchange, extract, store
from hub.catalogue.check import check, faults

PAGE = """{% load i18n %}
{# Translators: on a button #}
{% translate "Send" %} {% translate "May" context "month" %}
{% blocktranslate trimmed with name=person %}
  Dear {{ name }},
  welcome.
{% endblocktranslate %}
{% blocktranslate count n=all %}{{ n }} post{% plural %}{{ n }} posts{% endblocktranslate %}
<a title="{{ _("It's here") }}">{% include "x" with label=_("Open") only %}</a>
{% translate '100%' as all %}
"""


def messages(*found: Message) -> dict[Key, Message]:
    return {message.key: message for message in found}


def test_template_gives_each_kind_of_message() -> None:
    found = [(one.context, one.text, one.plural) for one in extract.from_template(PAGE, "page")]
    assert found == [
        ("", "Send", ""),
        ("month", "May", ""),
        ("", "Dear %(name)s, welcome.", ""),
        ("", "%(n)s post", "%(n)s posts"),
        ("", "It's here", ""),
        ("", "Open", ""),
        ("", "100%%", ""),
    ]


def test_template_note_reaches_the_translator() -> None:
    first = next(extract.from_template(PAGE, "page"))
    assert first.notes == ["on a button"]


def test_python_gives_each_kind_of_message(tmp_path: Path) -> None:
    path = tmp_path / "words.py"
    path.write_text(
        "# Translators: a greeting\n"
        "a = _('Good ' 'day')\n"
        "b = ngettext_lazy('%(count)d day', '%(count)d days', 'count')\n"
        "c = pgettext('month', 'May')\n"
        "d = npgettext('line', 'a row', 'rows', 2)\n"
        "e = gettext(name)\n"
    )
    assert list(extract.from_python(path)) == [
        Message("Good day", notes=["a greeting"]),
        Message("%(count)d day", "%(count)d days"),
        Message("May", context="month"),
        Message("a row", "rows", "line"),
    ]


def test_two_plurals_of_one_text_are_refused() -> None:
    with pytest.raises(ValueError, match="Two plurals"):
        extract.merge([Message("a post", "posts"), Message("a post", "notes")])


def test_update_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    known: dict[Key, store.Translation] = {("", "Stay"): "Qëndro", ("", "Go"): "Ik"}
    store.write(tmp_path, "sq", messages(Message("Stay"), Message("Go")), known)
    changed = store.update(tmp_path, "sq", messages(Message("Stay"), Message("New")))
    again = store.update(tmp_path, "sq", messages(Message("Stay"), Message("New")))
    assert (changed, again) == (True, False)
    catalog = store.read(tmp_path, "sq")
    assert {one.id: one.string for one in catalog if one.id} == {"Stay": "Qëndro", "New": ""}


def test_compiled_serbian_counts_in_three_forms(tmp_path: Path) -> None:
    message = Message("%(n)s day", "%(n)s days")
    forms = ("%(n)s дан", "%(n)s дана", "%(n)s дана.")
    store.write(tmp_path, "sr", messages(message), {message.key: forms})
    store.compile_all(tmp_path)
    serbian = gettext.translation("django", tmp_path, ["sr"])
    got = [serbian.ngettext(message.text, message.plural, n) for n in (1, 3, 5, 11, 21)]
    assert got == [forms[0], forms[1], forms[2], forms[2], forms[0]]


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("Dear %(name)s", "I dashur", "lacks %(name)s"),
        ("Dear", "I dashur %(name)s", "has %(name)s, which is not in the English"),
        ("A <b>bold</b> word", "Një fjalë", "has other HTML tags than the English"),
        ("Word", " Fjalë", "differs in blank space at its start"),
        ("Word", ("Fjalë", "Fjalë"), "one text, no plural forms are needed"),
    ],
)
def test_translation_that_does_not_fit_is_named(
    text: str, translation: store.Translation, fault: str
) -> None:
    assert list(faults(Message(text), translation, "sq")) == [fault]


def test_form_for_one_may_leave_the_number_out() -> None:
    message = Message("%(count)d reply", "%(count)d replies")
    assert list(faults(message, ("një përgjigje", "%(count)d përgjigje"), "sq")) == []


def test_check_names_what_is_missing_fuzzy_and_gone(tmp_path: Path) -> None:
    store.write(tmp_path, "bg", messages(Message("Here"), Message("Gone")), {("", "Here"): "Тук"})
    path = store.path_of(tmp_path, "bg")
    path.write_text(path.read_text().replace('msgid "Here"', '#, fuzzy\nmsgid "Here"'))
    found = check(tmp_path, "bg", messages(Message("Here"), Message("New")))
    assert {(one.kind, one.text) for one in found} == {
        ("fuzzy", "Here"),
        ("missing", "Here"),
        ("not in the catalogue (run make messages)", "New"),
        ("no longer used (run make messages)", "Gone"),
    }


def test_exchange_takes_what_fits_and_says_why_not(tmp_path: Path) -> None:
    wanted = messages(Message("Yes"), Message("By %(name)s"), Message("%(n)s day", "%(n)s days"))
    store.update(tmp_path, "ka", wanted)
    rows = [
        {"id": "Yes", "translation": "დიახ"},
        {"id": "By %(name)s", "translation": "ავტორი"},
        {"id": "%(n)s day", "translation": ["%(n)s დღე", "%(n)s დღე"]},
        {"id": "Unknown", "translation": "უცნობი"},
    ]
    taken, refused = exchange.take(tmp_path, "ka", wanted, json.dumps(rows))
    assert taken == 2
    assert refused == [
        "'By %(name)s': lacks %(name)s",
        "'Unknown': is not a message of the hub",
    ]
    assert [row["id"] for row in exchange.untranslated(tmp_path, "ka", wanted)] == ["By %(name)s"]


@pytest.mark.parametrize("text", ["3", '[{"id": "Yes"}]', "[5]", "{"])
def test_exchange_refuses_what_is_no_table_of_translations(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"row|object|Expecting"):
        exchange.take(tmp_path, "ka", messages(Message("Yes")), text)
