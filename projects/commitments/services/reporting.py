"""What the debtor reports."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub import audit
from hub.files.services import store_file
from hub.notifications.services import notify
from hub.refusals import Refused
from hub.writes import write
from organisations.acting import Actor
from organisations.models import Organisation
from organisations.people import people_of
from projects.commitments.models import Commitment, ProgressReport
from projects.commitments.models.commitment import OPEN
from projects.commitments.procedure import allows, progress_of
from projects.days import hub_today


@write
def report_progress(
    *,
    commitment: Commitment,
    actor: Actor,
    state: str,
    text: str,
    progress: int = 0,
    link: str = "",
    documents: Iterable[Any] = (),
) -> ProgressReport:
    """Say how far it is, with evidence.  Refused where `state` cannot follow on the last one.

    `progress` is a percentage from 0 to 100 and is made to fit the state.
    """
    actor.must_act_for(commitment.debtor)
    current = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if not allows(current.state, state):
        raise Refused(
            _("What has begun is not “planned” any more. Choose another state.")
            if state == Commitment.State.PLANNED
            else _("Take the work up again first: report that it is in progress."),
            field="state",
        )
    percent = progress_of(state, progress)
    report = ProgressReport.objects.create(
        commitment=current,
        state=state,
        progress=percent,
        text=text,
        link=link,
        person=actor.signed_in(),
        organisation=actor.represented(),
    )
    for upload in documents:
        store_file(upload, actor=actor, attached_to=report)
    old = current.state
    # More evidence for what is done already does not move the day on which it was done.
    closed_on = None if state in OPEN else current.closed_on if old == state else hub_today()
    Commitment.objects.filter(pk=current.pk).update(
        state=state,
        progress=percent,
        closed_on=closed_on,
        sequence=current.sequence + (old != state),
        last_modified=timezone.now(),
    )
    commitment.refresh_from_db()
    audit.record(
        "commitments.commitment.reported",
        target=commitment,
        actor=actor,
        changes={"state": (old, state), "progress": (current.progress, percent)},
    )
    receivers = Organisation.objects.filter(commitments_received=commitment)
    notify(
        people_of(receivers), "commitments.reported", actor=actor, target=commitment, state=state
    )
    return report
