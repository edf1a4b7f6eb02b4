"""The act log in words."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from hub.models import AuditEntry
from organisations.acts import VERBS, acts_of, in_words
from organisations.models import Organisation
from tests import factories

ROOMS = ("hub", "organisations", "forums", "calendar", "projects")


def recorded_actions() -> set[str]:
    """Every action that some service names in a call of `record`."""
    found = set()
    for path in (file for room in ROOMS for file in Path(settings.BASE_DIR, room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "record"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    return found


def test_every_act_has_words() -> None:
    actions = recorded_actions()
    assert len(actions) > 20
    assert {name for name in actions if name.rpartition(".")[2] not in VERBS} == set()


def test_entry_reads_as_a_sentence_even_when_its_kind_is_gone() -> None:
    act = in_words(AuditEntry(action="old.thing.vanished", target_type="old.thing"))
    assert (str(act.verb), act.noun) == ("Acted on", "")
    act = in_words(
        AuditEntry(action="organisations.member.joined", target_type="organisations.membership")
    )
    assert (str(act.verb), str(act.noun)) == ("Joined", "membership")


@pytest.mark.parametrize("about", ["by", "to", "neither"])
def test_log_holds_what_was_done_by_it_and_to_it(organisation: Organisation, about: str) -> None:
    other = factories.make_organisation()
    entry = AuditEntry.objects.create(
        action="x.y.changed",
        organisation_id=organisation.pk if about == "by" else other.pk,
        target_type="organisations.organisation",
        target_id=str(organisation.pk if about == "to" else other.pk),
        target_label="X",
    )
    assert list(acts_of(organisation)) == ([] if about == "neither" else [entry])
