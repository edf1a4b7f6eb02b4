"""Pages that belong to no room: home, search, language, mail, errors, health."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.filebased import EmailBackend
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertTemplateUsed

from forums.models import Topic
from organisations.models import Organisation, User
from tests.factories_activities import editor_of, make_activity, make_when
from tests.factories_forums import make_consultation, make_forum, make_topic

pytestmark = pytest.mark.django_db


def test_stranger_sees_what_is_on_and_who_is_here(
    client: Client, organisation: Organisation
) -> None:
    today = timezone.localdate()
    make_activity("Cleaning the bank", when=make_when(today + timedelta(days=2)))
    make_activity("Next month", when=make_when(today + timedelta(days=30)))
    consultation = make_consultation()
    topic = make_topic(title="Buses at night")

    answer = client.get("/")

    assert [entry.title for entry in answer.context["week"]] == ["Cleaning the bank"]
    assert [row.topic for row in answer.context["consultations"]] == [consultation]
    assert set(answer.context["talked_about"]) == {topic, Topic.objects.get(pk=consultation.pk)}
    assert answer.context["counts"]["topics"] == 2


def test_member_sees_what_waits(owner: User, organisation: Organisation, signed_in: Any) -> None:
    inviter = make_consultation().organisation
    assert inviter is not None
    make_activity("A walk", organisation=inviter, co_organisers=[organisation])

    waiting = signed_in(owner).get("/").context["waiting"]

    assert ["A walk" in notice["text"] for notice in waiting] == [True]


def test_member_of_an_organisation_that_waits_reads_what_that_means(
    owner: User, outsider: User, organisation: Organisation, signed_in: Any
) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(status=Organisation.Status.PENDING)

    shown = [list(signed_in(who).get("/").context["unverified"]) for who in (owner, outsider)]

    assert shown == [[organisation], []]


def test_stranger_sees_nothing_hidden_on_the_first_page(
    client: Client, organisation: Organisation
) -> None:
    make_activity("For us", visibility="members", when=make_when(timezone.localdate()))
    make_topic(make_forum(organisation, visibility="members"), editor_of(organisation))

    context = client.get("/").context

    assert (context["week"], list(context["talked_about"])) == ([], [])


@pytest.mark.parametrize("rows", [1, 6])
def test_first_page_costs_the_same_with_more_rows(
    client: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(rows):
        make_activity(when=make_when(timezone.localdate() + timedelta(days=1)))
        make_topic()
        make_consultation()
    client.get("/")
    with django_assert_max_num_queries(10):
        client.get("/")


def test_search_finds_in_any_script_what_the_reader_may_see(
    client: Client, owner: User, organisation: Organisation, signed_in: Any
) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(folded="opstina gnjilane")
    forum = make_forum(organisation, visibility="members")
    make_topic(forum, editor_of(organisation), title="Општина Гњилане")

    seen = signed_in(owner).get("/search/", {"q": "Општина Гњилане"}).context["groups"]
    public = client.get("/search/", {"q": "gnjilane"}).context["groups"]

    assert sorted(len(hits) for _, hits in seen) == [1, 1]
    assert [len(hits) for _, hits in public] == [1]


@pytest.mark.parametrize("query", ["", "   ", "%", "'; DROP TABLE", "x" * 5000, "()[]*"])
def test_search_bears_any_query(client: Client, query: str) -> None:
    assert client.get("/search/", {"q": query}).status_code == 200


def test_language_is_kept_in_a_cookie_and_beside_the_account(owner: User, signed_in: Any) -> None:
    client = signed_in(owner)

    answer = client.post("/language/", {"language": "ka", "next": "/about/"})

    owner.refresh_from_db()
    assert (answer.status_code, answer["Location"], owner.language) == (302, "/about/", "ka")
    assertContains(client.get("/about/"), '<html lang="ka"')


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_language_leads_to_no_other_site(client: Client, target: str) -> None:
    answer = client.post("/language/", {"language": "xx", "next": target})
    assert answer["Location"] == "/"
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


@pytest.mark.parametrize(
    ("accept", "language"),
    [("sq-AL,en;q=0.5", "sq"), ("fr, bg;q=0.3", "bg"), ("", "en"), ("xx,,;;q", "en")],
)
def test_browser_says_the_language_first(client: Client, accept: str, language: str) -> None:
    answer = client.get("/about/", headers={"accept-language": accept})
    assert answer["Content-Language"] == language


def test_health_answers_without_session_or_language(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.content, answer.cookies) == (b"ok\n", {})


def test_readiness_names_what_is_there(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "layer": "ok", "worker": "ok"}


def test_robots_may_read_the_calendar(client: Client) -> None:
    assertContains(client.get("/robots.txt"), "Allow: /calendar/")


def test_missing_page_says_so_in_words_or_json(client: Client) -> None:
    page = client.get("/nowhere/")
    told = client.get("/nowhere/", headers={"accept": "application/json"})
    assertTemplateUsed(page, "404.html")
    assert (page.status_code, told.status_code) == (404, 404)
    assert "error" in told.json()


def test_form_from_elsewhere_is_refused_with_advice(owner: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    answer = client.post("/language/", {"language": "sq"})
    assert answer.status_code == 403
    assertTemplateUsed(answer, "403_csrf.html")


def test_pages_carry_a_strict_policy(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_mail_can_be_read_from_this_machine_only(client: Client) -> None:
    folder = settings.DATA_DIR / "mail"
    message = mail.EmailMessage("Your code", "It is 1234.", to=["a@people.example"])
    EmailBackend(file_path=str(folder)).send_messages([message])
    name = max(folder.glob("*.log"), key=lambda path: path.stat().st_mtime).name

    assertContains(client.get("/dev/mail/"), "Your code")
    assertContains(client.get(f"/dev/mail/{name}/"), "It is 1234.")
    assert client.get("/dev/mail/", REMOTE_ADDR="10.0.0.7").status_code == 404
    assert client.get("/dev/mail/..%2f..%2fsecret-key/").status_code == 404
