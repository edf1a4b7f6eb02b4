"""The account forms of django-allauth with our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.forms.people import clean_display_name

EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
PASSWORD_HINT = _("At least ten characters. Three or four words make a good one.")


def _plain(form: forms.Form, **labels: Any) -> None:
    """Give fields our labels and no placeholders: those vanish as one types."""
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = label
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignupForm(account.SignupForm):
    """Name, address and password."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As others see it beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["display_name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=EMAIL, password1=PASSWORD)
        self.fields["email"].help_text = _("We send a link there. Others do not see it.")
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_HINT

    def clean_display_name(self) -> str:
        """The name on one line, and not an address."""
        return clean_display_name(self.cleaned_data["display_name"])


class LoginForm(account.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, login=EMAIL, password=PASSWORD)
        self.fields["password"].help_text = ""


class RequestLoginCodeForm(account.RequestLoginCodeForm):
    """The address a code goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=EMAIL)


class ConfirmLoginCodeForm(account.ConfirmLoginCodeForm):
    """The code from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Code from the mail"))


class ResetPasswordForm(account.ResetPasswordForm):
    """The address a reset link goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=EMAIL)


class _NewPassword:
    """New passwords are typed once: one can look at them, and a mail resets them."""

    fields: dict[str, forms.Field]

    def _once(self, **labels: Any) -> None:
        assert isinstance(self, forms.Form)
        self.fields.pop("password2", None)
        _plain(self, password1=NEW_PASSWORD, **labels)
        self.fields["password1"].help_text = PASSWORD_HINT

    def clean(self) -> dict[str, Any]:
        """Skip the comparison of two passwords, as there is one."""
        return forms.Form.clean(self) or self.cleaned_data  # type: ignore[arg-type,attr-defined]


class ResetPasswordKeyForm(_NewPassword, account.ResetPasswordKeyForm):
    """A new password, by the link from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._once()


class SetPasswordForm(_NewPassword, account.SetPasswordForm):
    """A first password, for an account that had none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._once()


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):
    """Another password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._once(oldpassword=_("Your password of today"))
        self.fields["oldpassword"].help_text = ""


class AddEmailForm(account.AddEmailForm):
    """Another address for the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=_("New e-mail address"))
        self.fields["email"].help_text = _(
            "We send a link there. Until you confirm it, nothing changes."
        )


class ReauthenticateForm(account.ReauthenticateForm):
    """One's password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password=PASSWORD)
        self.fields["password"].help_text = ""


CODE = _("Code from your app, or a recovery code")


class MFAAuthenticateForm(mfa.AuthenticateForm):
    """The second factor at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=CODE)


class MFAReauthenticateForm(mfa.ReauthenticateForm):
    """The second factor once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=CODE)


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """The first code of an app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Code that the app shows now"))


class _Credential:
    """Answers of keys that are no answers get a clear message: the library raises whatever."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_no_answer(self)

    def clean_credential(self) -> Any:
        """The answer of a key, if it is one."""
        with _refused():
            return super().clean_credential()  # type: ignore[misc]


NO_ANSWER = _("The key did not answer as it should. Try again.")


def _say_no_answer(form: Any) -> None:
    """The hidden field is filled by a script: "required" would help nobody."""
    form.fields["credential"].error_messages |= {"required": NO_ANSWER, "invalid": NO_ANSWER}


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except forms.ValidationError:
        raise
    except Exception as error:
        raise forms.ValidationError(NO_ANSWER) from error


class AuthenticateWebAuthnForm(_Credential, webauthn.AuthenticateWebAuthnForm):
    """A key as the second step."""


class ReauthenticateWebAuthnForm(_Credential, webauthn.ReauthenticateWebAuthnForm):
    """A key, to show that it is still you."""


class LoginWebAuthnForm(_Credential, webauthn.LoginWebAuthnForm):
    """A passkey alone."""


class AddWebAuthnForm(webauthn.AddWebAuthnForm):
    """A passkey or a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, name=_("Name of the key"), passwordless=_("Sign in with this key alone"))
        self.fields["name"].help_text = _("So that you know it again: “my phone”, “office laptop”.")
        _say_no_answer(self)
        if "passwordless" in self.fields:
            self.fields["passwordless"].help_text = _(
                "A passkey: it asks for your finger, your face or a PIN instead of a password."
            )

    def clean(self) -> dict[str, Any]:
        """The answer of the key, if it is one."""
        with _refused():
            return super().clean()


class EditWebAuthnForm(webauthn.EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, name=_("Name of the key"))
