"""Mail of this room that is not a notice: to people who may have no account yet."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from organisations.models import Invitation, User

AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@task()
def mail_invitation(number: int, language: str) -> int:
    """Mail the invitation with this number; 1 where it went out, 0 where it is closed by now.

    It is written in the language of the person invited where they have an account, else in
    `language`, the one that the inviting person reads.
    """
    invitation = (
        Invitation.objects.open().filter(pk=number).select_related("organisation", "person").first()
    )
    if invitation is None:
        return 0
    known = User.objects.filter(email=invitation.email).first()
    with translation.override(known.reading_language if known else language):
        path = reverse("organisations:invitation", args=[invitation.token])
        context = {
            "invitation": invitation,
            "url": f"{settings.HUB_BASE_URL}{path}",
            "hub_name": settings.HUB_NAME,
        }
        message = EmailMessage(
            subject=" ".join(render_to_string("emails/invitation/subject.txt", context).split()),
            body=render_to_string("emails/invitation/body.txt", context),
            to=[invitation.email],
            headers=AUTOMATIC,
        )
    return message.send(fail_silently=False)
