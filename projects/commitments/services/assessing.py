"""What others find."""

from hub import audit
from hub.notifications.services import notify
from hub.permissions import require
from hub.writes import write
from organisations.acting import Actor
from organisations.people import people_of
from projects.commitments.models import Assessment, Commitment


@write
def assess(*, commitment: Commitment, actor: Actor, verdict: str, reason: str) -> Assessment:
    """Record how `actor` sees the commitment; their earlier finding stays, as history."""
    require(actor, "commitments.assess", commitment)
    earlier = Assessment.objects.filter(
        commitment=commitment, organisation=actor.organisation, current=True
    )
    if actor.organisation is None:
        earlier = earlier.filter(person=actor.signed_in())
    earlier.update(current=False)
    assessment = Assessment.objects.create(
        commitment=commitment,
        verdict=verdict,
        reason=reason,
        person=actor.signed_in(),
        organisation=actor.organisation,
    )
    audit.record(
        "commitments.commitment.assessed",
        target=commitment,
        actor=actor,
        changes={"verdict": ("", verdict)},
    )
    concerned = [commitment.debtor, *commitment.beneficiaries.all()]
    others = [each for each in concerned if each != actor.organisation]
    notify(
        people_of(others), "commitments.assessed", actor=actor, target=commitment, verdict=verdict
    )
    return assessment
