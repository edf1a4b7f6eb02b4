"""Mail about notices, sent in the background, each in its reader's language."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from hub.notifications.kinds import words
from hub.notifications.models import MailChoice, Notification, Preference


def wants_mail(notification: Notification) -> bool:
    """Whether the reader chose mail for this kind, or, where they did not, in general."""
    chosen = dict(
        Preference.objects.filter(
            person_id=notification.recipient_id, kind__in=["", notification.kind]
        ).values_list("kind", "mail")
    )
    answer = chosen.get(notification.kind, chosen.get("", MailChoice.AT_ONCE.value))
    return bool(answer == MailChoice.AT_ONCE)


@task()
def mail_notices(numbers: list[int]) -> int:
    """Mail the notices with these numbers to who wants them so; how many went out."""
    rows = Notification.objects.filter(pk__in=numbers, read_at=None, recipient__is_active=True)
    return sum(_mail(row) for row in rows.select_related("recipient", "target_type"))


def _mail(notification: Notification) -> int:
    if not wants_mail(notification):
        return 0
    with translation.override(notification.recipient.reading_language):
        notice = words(notification)
        if notice is None:
            return 0
        context = {
            "text": notice.text,
            "url": f"{settings.HUB_BASE_URL}{notice.url}",
            "choices_url": f"{settings.HUB_BASE_URL}/notifications/choices/",
            "person": notification.recipient,
            "hub_name": settings.HUB_NAME,
        }
        message = EmailMessage(
            subject=" ".join(notice.text.split())[:150],
            body=render_to_string("emails/notice.txt", context),
            to=[notification.recipient.email],
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
    return message.send(fail_silently=False)
