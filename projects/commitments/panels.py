"""The commitments that came from a topic, an activity, an agreement, a project: on its page.

And those of an organisation, on the organisation's.
"""

from typing import Any

from django.db.models import Model

from hub.panels import Panel, register_panel
from organisations.acting import able
from organisations.models import Organisation
from projects.commitments.models import Commitment, source_kinds
from projects.commitments.models.source import kind_of
from projects.commitments.presenting import attach_shown
from projects.commitments.sources import binding

MOST, MOST_OF_ONE = 30, 5


def commitments_of(target: Model, actor: Any) -> Panel | None:
    """Those that the reader may see, and a way to record one for those who may.

    Costs one query and a second one where there are some; a few more for signed-in people.
    """
    kind = kind_of(target)
    if kind is None:
        return None
    visible = Commitment.objects.visible_to(actor.person).from_source(target)
    rows = list(visible.for_list().in_order()[:MOST])
    attach_shown(rows)
    recording = _recording(kind, target, actor)
    if not rows and recording is None:
        return None
    context = {"commitments": rows, "recording": recording, "kind": kind, "source": target}
    return Panel("commitments/_source_panel.html", context, order=20)


def commitments_with(organisation: Organisation, actor: Any) -> Panel | None:
    """What the organisation owes, open ones first, as far as the reader may see; two queries."""
    visible = binding(Commitment.objects.visible_to(actor.person)).filter(debtor=organisation)
    rows = list(visible.for_list().in_order()[: MOST_OF_ONE + 1])
    if not rows:
        return None
    attach_shown(rows)
    context = {
        "commitments": rows[:MOST_OF_ONE],
        "more": len(rows) > MOST_OF_ONE,
        "organisation": organisation,
    }
    return Panel("commitments/_organisation_panel.html", context, order=40)


def _recording(kind: Any, target: Model, actor: Any) -> Any:
    """The reader as they may record a commitment here, or None."""
    if not actor.is_authenticated or not actor.roles or not kind.open_for(target):
        return None
    return able(actor, "commitments.record", target, kind.recorders(target))


def register() -> None:
    """Show them on the pages of every kind of source, and of organisations."""
    for kind in source_kinds():
        register_panel(kind.model_label, commitments_of)
    register_panel("organisations.organisation", commitments_with)
