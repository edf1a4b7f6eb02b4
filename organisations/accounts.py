"""How django-allauth speaks and acts here: our words, our mails, one account per address."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.live.publish import recheck
from organisations.mail import AUTOMATIC
from organisations.models import User
from organisations.services.invitations import invitations_for


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail address and display name."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("Address and password do not belong together. Try again."),
        "duplicate_email": _("This is your address already."),
        "enter_current_password": _("This is not your password of today."),
        "incorrect_code": _("This code is not right. Look at the newest mail, or ask for another."),
        "incorrect_password": _("This password is not right."),
        "invalid_password_reset": _("This link was used already or is too old."),
        "max_email_addresses": _("There is a change under way. Confirm or cancel it first."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "same_as_current": _("This is the same as before."),
        "rate_limited": _("Too many requests. Wait a little, then try again."),
    }

    def save_user(
        self, request: HttpRequest, user: Any, form: BaseForm, commit: bool = True
    ) -> Any:
        """A new person, with their name and the language they signed up in."""
        user.display_name = form.cleaned_data["display_name"]
        user.language = get_language() or settings.LANGUAGE_CODE
        try:
            with transaction.atomic():
                return super().save_user(request, user, form, commit=commit)
        except IntegrityError:
            # The same address was sent twice at once; the other one made the account and has
            # sent the mail.  The answer is the same as ever.
            same_answer = self.respond_email_verification_sent(request, None)
            raise ImmediateHttpResponse(same_answer) from None

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm an address; an account that never confirmed it cannot keep it from its owner."""
        with transaction.atomic():
            _release_unconfirmed(email_address)
            return bool(super().confirm_email(request, email_address))

    def set_password(self, user: Any, password: str) -> None:
        """Keep a new password; open lines of sessions that it ends fall silent at once."""
        super().set_password(user, password)
        recheck(person_ids=[user.pk])

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """After signing in: to an invitation that waits, else to the first page."""
        if isinstance(request.user, User) and invitations_for(request.user):
            return reverse("account_profile")
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account's first page."""
        return reverse("account_profile")

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Speak the language the person chose, in this browser too."""
        response = super().post_login(request, user, **kwargs)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and user.language:
            remember_language(response, user.language)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of the account the mail goes to, else in the page's."""
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = getattr(person, "language", "") or get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            super().send_mail(template_prefix, email, context)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Plain text, marked as automatic so that no holiday note answers it."""
        at_home = {
            name: _at_home(value) for name, value in context.items() if name.endswith("_url")
        }
        named = {**context, **at_home, "hub_name": settings.HUB_NAME}
        return super().render_mail(template_prefix, email, named, {**AUTOMATIC, **(headers or {})})


def _at_home(url: str) -> str:
    """The address below HUB_BASE_URL: whatever host a request named, mails lead here."""
    parts = urlsplit(url)
    return settings.HUB_BASE_URL + urlunsplit(("", "", parts.path, parts.query, parts.fragment))


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep the language in this browser, as the language menu does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


def _release_unconfirmed(email_address: EmailAddress) -> None:
    """Remove accounts that hold this address without ever having confirmed it.

    They could never sign in (confirmation is mandatory), so nothing hangs on them; whoever
    confirms the address now has shown that it is theirs.
    """
    strangers = User.objects.filter(email__iexact=email_address.email, last_login=None).exclude(
        pk=email_address.user_id
    )
    for stranger in strangers:
        if not EmailAddress.objects.filter(user=stranger, verified=True).exists():
            stranger.delete()


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Where a person is signed in."""

    def end_sessions(self, sessions: Any) -> None:
        """Sign out elsewhere; open lines there fall silent at once."""
        people = {session.user_id for session in sessions}
        super().end_sessions(sessions)
        recheck(person_ids=people)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors, in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Codes change every 30 seconds."),
        "cannot_delete_authenticator": _("This cannot be switched off at the moment."),
        "cannot_generate_recovery_codes": _("Add an app or a passkey first."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def _get_site_name(self) -> str:
        return str(settings.HUB_NAME)
