"""What keeps pages and mails of one person from another."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation, User
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_member_pages_are_kept_by_no_cache(member: User, signed_in: SignIn, client: Client) -> None:
    personal = signed_in(member).get(reverse("organisations:list"))
    public = client.get(reverse("organisations:list"))
    assert personal["Cache-Control"] == "private, no-store"
    assert not public.has_header("Cache-Control")
    assert {"Cookie", "Accept-Language"} <= set(public["Vary"].split(", "))


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/calendar/?month=2026-11", "/calendar/?month=2026-11"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
@pytest.mark.parametrize("name", ["acting", "set_language"])
def test_member_is_never_led_elsewhere(
    member: User, signed_in: SignIn, name: str, asked: str, given: str
) -> None:
    response = signed_in(member).post(reverse(name), {"next": asked, "language": "en"})
    assert (response.status_code, response["Location"]) == (302, given)


def test_mail_leads_to_the_hub_whatever_host_was_asked(member: User, client: Client) -> None:
    url = reverse("account_reset_password")
    client.post(url, {"email": member.email}, headers={"host": "localhost:1"})
    (message,) = mail.outbox
    assert f"{settings.HUB_BASE_URL}/accounts/" in str(message.body)
    assert "localhost:1" not in str(message.body)


def test_download_of_the_directory_harms_no_spreadsheet(
    organisation: Organisation, client: Client
) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(name="=1+1", summary="@cmd")
    text = client.get(reverse("organisations:list"), {"format": "csv"}).content.decode()
    assert "'=1+1" in text and ",'@cmd" in text
