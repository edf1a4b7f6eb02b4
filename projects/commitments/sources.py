"""The four kinds of source this hub has: agreements, topics, activities, projects."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from forums.models import Topic
from organisations.models import Organisation
from projects.agreements.models import Agreement
from projects.agreements.models.status import State as AgreementState
from projects.commitments.models import Commitment, CommitmentQuerySet
from projects.commitments.models.source import Source, register_source
from projects.models import Partner, Project

# Drafted but not signed: what stands in such an agreement does not bind anyone yet.
UNSIGNED = (AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CANCELLED)


def parties_of(agreement: Agreement) -> list[Organisation]:
    """The organisations of the parties."""
    return [party.organisation for party in agreement.parties.select_related("organisation")]


def responsible_for(topic: Topic) -> list[Organisation]:
    """The organisation that opened the topic."""
    return [topic.organisation] if topic.organisation else []


def organisers_of(activity: Activity) -> list[Organisation]:
    """The organiser and the co-organisers that accepted."""
    joined = activity.co_organisers.accepted().select_related("organisation")
    return [activity.organisation, *(row.organisation for row in joined)]


def taking_part_in(project: Project) -> list[Organisation]:
    """The lead organisation and the partners that accepted."""
    accepted = project.partners.filter(state=Partner.State.ACCEPTED)
    return [project.lead, *(each.organisation for each in accepted.select_related("organisation"))]


def is_binding(target: Model | None) -> bool:
    """False while the source is an agreement that not everyone has signed."""
    return not (isinstance(target, Agreement) and target.state in UNSIGNED)


def binding(rows: CommitmentQuerySet) -> CommitmentQuerySet:
    """Without the obligations of agreements that not everyone has signed."""
    unsigned = Agreement.objects.filter(state__in=UNSIGNED).order_by().values("pk")
    kind = ContentType.objects.get_for_model(Agreement)
    return rows.exclude(
        pk__in=Commitment.objects.filter(source_type=kind, source_id__in=unsigned).values("pk")
    )


def _agreement_open(agreement: Agreement) -> bool:
    return agreement.state != AgreementState.CANCELLED


def _answers(topic: Topic) -> bool:
    """A published topic in which an organisation answers: a consultation."""
    return topic.kind == "consultation" and not topic.is_draft


def _happens(activity: Activity) -> bool:
    return not activity.is_cancelled


AGREEMENT = Source(
    key="agreement",
    label=_("agreement"),
    words=_("An obligation of this agreement"),
    model=Agreement,
    visible=lambda user: Agreement.objects.visible_to(user),
    debtors=parties_of,
    recorders=parties_of,
    open_for=_agreement_open,
)
TOPIC = Source(
    key="topic",
    label=_("consultation"),
    words=_("A commitment that follows from this consultation"),
    model=Topic,
    visible=lambda user: Topic.objects.visible_to(user),
    debtors=responsible_for,
    recorders=responsible_for,
    open_for=_answers,
)
ACTIVITY = Source(
    key="activity",
    label=_("activity"),
    words=_("A commitment made at this activity"),
    model=Activity,
    visible=lambda user: Activity.objects.visible_to(user),
    debtors=organisers_of,
    recorders=organisers_of,
    open_for=_happens,
)
PROJECT = Source(
    key="project",
    label=_("project"),
    words=_("A commitment of this project"),
    model=Project,
    visible=lambda user: Project.objects.visible_to(user),
    debtors=taking_part_in,
    recorders=taking_part_in,
)


def register() -> None:
    """Make the four kinds known."""
    for source in (AGREEMENT, TOPIC, ACTIVITY, PROJECT):
        register_source(source)
