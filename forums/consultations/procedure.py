"""The procedure of a consultation: draft, open, closed, answered, or withdrawn."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forums.consultations import effects
from forums.consultations.head import head
from forums.consultations.models import Consultation
from forums.models import Forum, Topic
from forums.procedures import MoveKind, Need, Procedure, Stage, register_procedure
from hub.dates import day_in_words
from hub.permissions import may
from hub.refusals import Refused

RUN = "consultations.run"


def stage_of(topic: Topic, now: datetime) -> str:
    """The stored stage, except that an open one is closed the moment its last day ends."""
    if topic.stage == "open" and topic.consultation.is_over(now):
        return "closed"
    return topic.stage


def due_move(topic: Topic, now: datetime) -> str | None:
    """The hub closes a consultation whose last day has ended."""
    return "close_on_time" if topic.stage != stage_of(topic, now) else None


def refuses_post(topic: Topic, actor: Any, now: datetime) -> Refused | None:
    """Not after closing, and only from those who were asked."""
    consultation: Consultation = topic.consultation
    stage = stage_of(topic, now)
    if stage == "withdrawn":
        return Refused(gettext("This consultation was withdrawn. Nothing can be added."))
    if stage != "open":
        words = gettext("This consultation closed on %(day)s. Contributions are no longer taken.")
        return Refused(words % {"day": day_in_words(consultation.last_day)})
    if not may(actor, "consultations.contribute", consultation):
        return Refused(
            gettext(
                "Only the invited organisations contribute to this consultation. If you are a "
                "member of one, choose above to act for it."
            ),
            status=HTTPStatus.FORBIDDEN,
        )
    return None


def create_url(forum: Forum) -> str:
    """The form for an invitation in `forum`."""
    return f"{reverse('consultations:create')}?forum={forum.slug}"


def edit_url(topic: Topic) -> str:
    """The form for a draft."""
    return reverse("consultations:edit", args=[topic.pk])


CONSULTATION = Procedure(
    kind="consultation",
    label=_("Consultation"),
    explained=_(
        "A municipality or institution asks before it decides, until a day, and answers in public."
    ),
    icon="consultation",
    open_rule="consultations.invite",
    related=("consultation", "consultation__response"),
    stage_of=stage_of,
    due_move=due_move,
    refuses_post=refuses_post,
    head=head,
    head_template="consultations/_head.html",
    create_url=create_url,
    edit_url=edit_url,
    replies_label=_("Contributions"),
    stages=(
        Stage("draft", _("Draft")),
        Stage("open", _("Open for contributions"), accepts_posts=True, tone="good"),
        Stage("closed", _("Waiting for the answer"), tone="warn"),
        Stage("answered", _("Answered"), tone="official"),
        Stage("withdrawn", _("Withdrawn"), tone="bad"),
    ),
    moves=(
        MoveKind(
            name="publish",
            label=_("Publish the invitation"),
            done=_("Invitation published"),
            from_stages=("draft",),
            to_stage="open",
            rule=RUN,
            hint=_("Everyone who may read the forum sees it, and the invited are told."),
            leading=True,
            check=effects.check_publish,
            effect=effects.publish,
            announce=effects.tell_invited,
        ),
        MoveKind(
            name="answer",
            label=_("Publish the answer"),
            done=_("Answer published"),
            from_stages=("closed",),
            to_stage="answered",
            rule=RUN,
            needs=frozenset({Need.TEXT}),
            offers=frozenset({Need.DOCUMENT}),
            hint=_("Say what you take up, what you do not, and why. It leads the page."),
            leading=True,
            effect=effects.answer,
            announce=effects.tell_followers("consultations.answered"),
        ),
        MoveKind(
            name="extend",
            label=_("Extend the time"),
            done=_("Time extended"),
            from_stages=("open", "closed"),
            to_stage="open",
            rule=RUN,
            needs=frozenset({Need.DATE, Need.REASON}),
            hint=_("Give the new closing day. The day the answer is due moves along with it."),
            check=effects.check_extension,
            effect=effects.extend,
            announce=effects.tell_followers("consultations.extended"),
        ),
        MoveKind(
            name="postpone",
            label=_("Postpone the answer"),
            done=_("Answer postponed"),
            from_stages=("closed",),
            to_stage="closed",
            rule=RUN,
            needs=frozenset({Need.DATE, Need.REASON}),
            hint=_("Give the new day by which you answer. Old day and reason stay in the history."),
            check=effects.check_postponement,
            effect=effects.postpone,
            announce=effects.tell_followers("consultations.postponed"),
        ),
        MoveKind(
            name="close",
            label=_("Close before its day"),
            done=_("Closed before its day"),
            from_stages=("open",),
            to_stage="closed",
            rule=RUN,
            needs=frozenset({Need.REASON}),
            effect=effects.close,
        ),
        MoveKind(
            name="close_on_time",
            label=_("Close on the closing day"),
            done=_("Closed on its day"),
            from_stages=("open",),
            to_stage="closed",
            rule=RUN,
            check=effects.date_back,
            effect=effects.close,
            announce=effects.tell_responsible,
            automatic=True,
        ),
        MoveKind(
            name="withdraw",
            label=_("Withdraw the consultation"),
            done=_("Consultation withdrawn"),
            from_stages=("draft", "open", "closed"),
            to_stage="withdrawn",
            rule=RUN,
            needs=frozenset({Need.REASON}),
            hint=_("Contributions stay readable. This cannot be undone."),
            effect=effects.withdraw,
            announce=effects.tell_followers("consultations.withdrawn"),
            dangerous=True,
        ),
    ),
)


def register() -> None:
    """Make the kind known."""
    register_procedure(CONSULTATION)
