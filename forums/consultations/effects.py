"""What each move of a consultation checks, changes and tells.  Called inside the move's write."""

from datetime import date, timedelta
from http import HTTPStatus

from django.utils.translation import gettext as _

from forums.consultations.models import ANSWER_DAYS, Consultation, Response, end_of
from forums.procedures import Effect, MoveContext
from forums.services.topics import list_topic
from hub.files.services import store_file
from hub.notifications.services import close_notices, notify
from hub.refusals import Refused
from hub.text import render_markdown
from organisations.models import User
from organisations.people import people_of


def check_publish(context: MoveContext) -> None:
    """An invitation that closes in the past cannot be published."""
    if context.topic.consultation.is_over(context.now):
        raise _wrong(_("The closing day has passed. Choose a later one in the draft."), "closes")


def publish(context: MoveContext) -> None:
    """The draft enters the forum."""
    list_topic(context.topic, context.now)
    _touch(context.topic.consultation)


def check_extension(context: MoveContext) -> None:
    """The new closing day lies after the old one and has not ended."""
    consultation = context.topic.consultation
    day: date = context.data["date"]
    if day <= consultation.closes or end_of(day, consultation.tzid) <= context.now:
        raise _wrong(_("Choose a day that is later than the closing day and not past."), "date")


def extend(context: MoveContext) -> None:
    """Move the closing day, and the answer's day by as much."""
    consultation = context.topic.consultation
    day: date = context.data["date"]
    context.move.details = {"from": consultation.closes.isoformat(), "to": day.isoformat()}
    context.move.save(update_fields=["details"])
    consultation.answer_due += day - consultation.closes
    consultation.set_closing(day)
    consultation.closed = None
    _touch(consultation, "closes", "closes_at", "answer_due", "closed")


def check_postponement(context: MoveContext) -> None:
    """The new answer day lies after the old one."""
    if context.data["date"] <= context.topic.consultation.answer_due:
        raise _wrong(_("Choose a day that is later than the one the answer is due on."), "date")


def postpone(context: MoveContext) -> None:
    """Move the day the answer is due."""
    consultation = context.topic.consultation
    day: date = context.data["date"]
    context.move.details = {"from": consultation.answer_due.isoformat(), "to": day.isoformat()}
    context.move.save(update_fields=["details"])
    consultation.answer_due = day
    _touch(consultation, "answer_due")


def date_back(context: MoveContext) -> None:
    """A closing by date happened when the day ended, whenever the hub got to noting it."""
    context.move.at = context.topic.consultation.closes_at


def close(context: MoveContext) -> None:
    """Keep when contributions ended."""
    consultation = context.topic.consultation
    consultation.closed = context.move.at
    _touch(consultation, "closed")
    close_notices("consultations.invited", target=context.topic)


def answer(context: MoveContext) -> None:
    """Keep the answer and its documents."""
    text: str = context.data["text"]
    organisation = context.topic.organisation
    assert organisation is not None  # an invitation is always an organisation's
    response = Response.objects.create(
        consultation=context.topic.consultation,
        body=text,
        html=render_markdown(text),
        person=context.actor.person,
        organisation=organisation,
        published=context.now,
    )
    for upload in context.data.get("documents") or []:
        store_file(upload, actor=context.actor, attached_to=response)
    context.topic.consultation.response = response
    _touch(context.topic.consultation)
    close_notices("consultations.closed", target=context.topic)


def withdraw(context: MoveContext) -> None:
    """Its days in the calendar are cancelled, and nobody is asked for anything any more."""
    _touch(context.topic.consultation)
    for kind in ("consultations.invited", "consultations.closed"):
        close_notices(kind, target=context.topic)


def tell_invited(context: MoveContext) -> None:
    """Members of the invited organisations hear of the invitation."""
    invited = context.topic.consultation.invited.all()
    people = people_of(invited, "member")
    notify(people, "consultations.invited", actor=context.actor, target=context.topic)


def tell_responsible(context: MoveContext) -> None:
    """Editors of the inviting organisation hear that the answer is now awaited."""
    inviting = context.topic.organisation
    editors = people_of([inviting] if inviting else [])
    notify(editors, "consultations.closed", actor=context.actor, target=context.topic)


def tell_followers(kind: str) -> Effect:
    """An announcement to contributors and followers (whoever contributes follows)."""

    def tell(context: MoveContext) -> None:
        following = {"followed_topics__topic": context.topic, "followed_topics__active": True}
        people = User.objects.filter(is_active=True, **following)
        notify(people, kind, actor=context.actor, target=context.topic)

    return tell


def default_answer_day(closes: date) -> date:
    """The day the answer is due where the invitation names none."""
    return closes + timedelta(days=ANSWER_DAYS)


def _touch(consultation: Consultation, *fields: str) -> None:
    """Save `fields`; calendars that hold its days see a newer version."""
    consultation.sequence += 1
    consultation.save(update_fields=[*fields, "sequence", "last_modified"])


def _wrong(message: str, field: str) -> Refused:
    return Refused(message, status=HTTPStatus.UNPROCESSABLE_ENTITY, field=field)
