"""The commitments that came from a topic, an activity, an agreement, a project: on its page."""

from typing import Any

from django.db.models import Model

from hub.panels import Panel, register_panel
from projects.acting import allowed
from projects.commitments.models import Commitment, source_kinds
from projects.commitments.models.source import kind_of
from projects.commitments.presenting import attach_shown

MOST = 30


def commitments_of(target: Model, actor: Any) -> Panel | None:
    """Those that the reader may see, and a way to record one for those who may.

    Costs one query and a second one where there are some; a few more for signed-in people.
    """
    kind = kind_of(target)
    if kind is None:
        return None
    visible = Commitment.objects.visible_to(actor.person).from_source(target)
    rows = list(visible.select_related("debtor").prefetch_related("beneficiaries")[:MOST])
    attach_shown(rows)
    recording = _recording(kind, target, actor)
    if not rows and recording is None:
        return None
    context = {"commitments": rows, "recording": recording, "kind": kind, "source": target}
    return Panel("commitments/_source_panel.html", context, order=20)


def _recording(kind: Any, target: Model, actor: Any) -> Any:
    """The reader as they may record a commitment here, or None."""
    if not actor.is_authenticated or not actor.roles or not kind.open_for(target):
        return None
    return allowed(actor, kind.recorders(target), "commitments.record", target)


def register() -> None:
    """Show them on the pages of every kind of source."""
    for kind in source_kinds():
        register_panel(kind.model_label, commitments_of)
