"""The pages of consultations, their documents, and their days in the calendar."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forums.consultations.models import Consultation
from forums.models import Topic
from forums.services.moves import make_move
from hub.deadlines import deadlines
from hub.files.services import files_of
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.conftest import SignIn
from tests.factories import make_member, make_municipality, make_place
from tests.factories_forums import in_days, make_consultation, make_forum, make_inviter, make_reply

pytestmark = pytest.mark.django_db
LIST = reverse("consultations:list")
CREATE = reverse("consultations:create")
LIST_ANONYMOUS = 4


def inviter_of(topic: Topic) -> Actor:
    return Actor(topic.person, topic.organisation)


def status_of(client: Client, url: str) -> int:
    """The status of a file's address; read to its end, so that the file is closed again."""
    answer = client.get(url)
    answer.getvalue()
    return answer.status_code


def shown(client: Client, query: str = "") -> list[str]:
    page = client.get(f"{LIST}?{query}").context["page"]
    return [row.topic.title for row in page.object_list]


@pytest.fixture
def several() -> dict[str, Topic]:
    """One consultation at each stage."""
    place = make_place("xk-hillside")
    first = make_inviter(make_municipality("Hillside", place=place))
    topics = {
        "late": make_consultation(first, title="Late", closes=in_days(20)),
        "soon": make_consultation(title="Soon", closes=in_days(3)),
        "closed": make_consultation(title="Closed"),
        "answered": make_consultation(title="Answered"),
        "withdrawn": make_consultation(title="Withdrawn"),
        "draft": make_consultation(title="Draft", publish_now=False),
    }
    for name in ("closed", "answered"):
        topic = topics[name]
        make_move(topic=topic, actor=inviter_of(topic), move="close", reason="Enough.")
    answered = topics["answered"]
    make_move(topic=answered, actor=inviter_of(answered), move="answer", text="Yes.")
    withdrawn = topics["withdrawn"]
    make_move(topic=withdrawn, actor=inviter_of(withdrawn), move="withdraw", reason="No.")
    return topics


def test_open_ones_lead_and_drafts_are_left_out(client: Client, several: dict[str, Topic]) -> None:
    titles = shown(client)
    assert titles[:2] == ["Soon", "Late"]
    assert set(titles[2:]) == {"Closed", "Answered", "Withdrawn"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=open", {"Soon", "Late"}),
        ("status=closed", {"Closed"}),
        ("status=answered", {"Answered"}),
        ("status=withdrawn", {"Withdrawn"}),
        ("q=late", {"Late"}),
        ("place=xk-hillside", {"Late"}),
    ],
)
def test_filters(client: Client, several: dict[str, Topic], query: str, expected: set[str]) -> None:
    assert set(shown(client, query)) == expected


def test_a_filter_that_makes_no_sense_is_told(client: Client, several: dict[str, Topic]) -> None:
    response = client.get(reverse("consultations:list"), {"status": "nonsense"})
    assert response.status_code == 400
    assert list(response.context["page"]) == []


def test_filter_by_organisation(client: Client, several: dict[str, Topic]) -> None:
    slug = several["soon"].organisation.slug
    assert shown(client, f"organisation={slug}") == ["Soon"]


def test_the_list_as_a_table(client: Client, several: dict[str, Topic]) -> None:
    rows = client.get(f"{LIST}?format=json").json()
    assert {(row["subject"], row["stage"]) for row in rows} == {
        ("Soon", "open"),
        ("Late", "open"),
        ("Closed", "closed"),
        ("Answered", "answered"),
        ("Withdrawn", "withdrawn"),
    }


def test_the_list_costs_the_same_with_one_and_with_many(
    client: Client, django_assert_num_queries: object
) -> None:
    assert callable(django_assert_num_queries)
    make_consultation()
    with django_assert_num_queries(LIST_ANONYMOUS):
        client.get(LIST)
    for _ in range(4):
        make_reply(make_consultation())
    with django_assert_num_queries(LIST_ANONYMOUS):
        client.get(LIST)


def test_the_page_costs_the_same_whoever_is_invited(
    client: Client, organisation: Organisation, django_assert_num_queries: object
) -> None:
    assert callable(django_assert_num_queries)
    one = make_consultation(invited=[organisation])
    many = make_consultation(invited=[make_municipality() for _ in range(6)])
    for topic in (one, many):
        client.get(topic.get_absolute_url())
        with django_assert_num_queries(7):
            client.get(topic.get_absolute_url())


def form_of(topic_forum: str, **fields: object) -> dict[str, object]:
    return {
        "forum": topic_forum,
        "title": "School routes",
        "body": "Which way is **safe**?",
        "audience": "everyone",
        "closes": in_days(20).isoformat(),
        "answer_due": "",
        "key": "0123456789abcdef",
        **fields,
    }


def test_a_liaison_publishes_an_invitation_with_a_document(signed_in: SignIn) -> None:
    actor = make_inviter()
    forum = make_forum(actor.organisation)
    browser = signed_in(actor.person, actor.organisation)
    page = browser.get(CREATE)
    assert page.status_code == 200
    paper = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan", "application/pdf")
    sent = form_of(forum.slug, documents=paper, publish="yes")
    answer = browser.post(CREATE, sent)

    topic = Topic.objects.select_related("consultation").get()
    assert answer["Location"] == topic.get_absolute_url()
    assert (topic.stage, topic.person, topic.organisation) == (
        "open",
        actor.person,
        actor.organisation,
    )
    stored = files_of(topic.consultation).get()
    text = Client().get(topic.get_absolute_url()).text
    assert "Which way is <strong>safe</strong>?" in text
    assert stored.get_absolute_url() in text
    assert status_of(Client(), stored.get_absolute_url()) == 200


def test_the_documents_of_a_draft_are_not_read_by_others(signed_in: SignIn) -> None:
    actor = make_inviter()
    paper = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan", "application/pdf")
    topic = make_consultation(actor, publish_now=False, documents=[paper])
    url = files_of(topic.consultation).get().get_absolute_url()
    assert status_of(Client(), url) == 404
    assert status_of(signed_in(actor.person), url) == 200


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"title": ""}, 422),
        ({"closes": "soon"}, 422),
        ({"closes": "2020-01-01", "publish": "yes"}, 422),
        ({"answer_due": "2020-01-01"}, 422),
        ({"audience": "invited"}, 422),
        ({"forum": "elsewhere"}, 422),
        ({"documents": SimpleUploadedFile("virus.exe", b"MZ")}, 422),
    ],
)
def test_a_form_that_is_refused_keeps_its_text(
    signed_in: SignIn, fields: dict[str, object], status: int
) -> None:
    actor = make_inviter()
    forum = make_forum(actor.organisation)
    browser = signed_in(actor.person, actor.organisation)
    answer = browser.post(CREATE, form_of(forum.slug, **fields))
    assert answer.status_code == status
    assert "Which way is **safe**?</textarea>" in answer.text
    assert not Topic.objects.exists()


def test_a_draft_is_changed_and_then_published(signed_in: SignIn) -> None:
    actor = make_inviter()
    topic = make_consultation(actor, publish_now=False)
    browser = signed_in(actor.person)
    url = reverse("consultations:edit", args=[topic.pk])
    assert "What should it pay for?</textarea>" in browser.get(url).text
    acting = {"acting_for": topic.organisation.slug}
    changed = browser.post(url, {**form_of(""), **acting, "title": "Roads"})
    assert changed["Location"] == f"/topics/{topic.pk}-roads/"
    browser.post(reverse("forums:move", args=[topic.pk, "publish"]), acting)
    topic.refresh_from_db()
    assert (topic.title, topic.stage) == ("Roads", "open")
    late = browser.post(url, {**form_of(""), **acting})
    assert late.status_code == 409


@pytest.mark.parametrize("who", ["member", "outsider", "removed"])
def test_strangers_neither_invite_nor_change(
    member: User, outsider: User, removed: User, signed_in: SignIn, who: str
) -> None:
    person = {"member": member, "outsider": outsider, "removed": removed}[who]
    topic = make_consultation()
    browser = signed_in(person)
    assert browser.get(CREATE).status_code == 403
    assert browser.post(CREATE, form_of(topic.forum.slug)).status_code == 403
    edit = reverse("consultations:edit", args=[topic.pk])
    assert [browser.get(edit).status_code, browser.post(edit, form_of("")).status_code] == [403] * 2
    draft = make_consultation(publish_now=False)
    assert browser.get(reverse("consultations:edit", args=[draft.pk])).status_code == 404
    assert Consultation.objects.count() == 2


def test_anonymous_is_asked_to_sign_in(client: Client) -> None:
    topic = make_consultation()
    for url in (CREATE, reverse("consultations:edit", args=[topic.pk])):
        assert client.post(url, {})["Location"].startswith("/accounts/login/")


def test_a_late_contribution_is_refused_clearly_and_kept(outsider: User, signed_in: SignIn) -> None:
    topic = make_consultation(closes=in_days(1))
    browser = signed_in(outsider)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        answer = browser.post(
            reverse("forums:reply", args=[topic.pk]), {"body": "My long and dear text"}
        )
    assert answer.status_code == 409
    assert "Contributions are no longer taken" in answer.text
    assert "My long and dear text</textarea>" in answer.text


def test_the_answer_by_its_page(signed_in: SignIn) -> None:
    actor = make_inviter()
    topic = make_consultation(actor)
    make_move(topic=topic, actor=actor, move="close", reason="Enough.")
    browser = signed_in(actor.person, actor.organisation)
    url = reverse("forums:move", args=[topic.pk, "answer"])
    assert 'type="file"' in browser.get(url).text
    empty = browser.post(url, {"text": ""})
    papers = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7") for n in (1, 2)]
    done = browser.post(url, {"text": "We **do**.", "documents": papers})
    assert (empty.status_code, done.status_code) == (422, 302)
    response = Consultation.objects.get(topic=topic).response
    assert files_of(response).count() == 2


# The calendar -------------------------------------------------------------------------------------


def test_both_days_are_deadlines_for_who_may_see_it() -> None:
    topic = make_consultation(closes=in_days(10))
    make_consultation(closes=in_days(10), publish_now=False)
    found = deadlines(AnonymousUser(), in_days(0), in_days(60))
    assert [(entry.kind, entry.day, entry.url) for entry in found] == [
        ("consultation-closes", in_days(10), topic.get_absolute_url()),
        ("consultation-answer", in_days(40), topic.get_absolute_url()),
    ]
    assert {entry.organisations[0].slug for entry in found} == {topic.organisation.slug}
    assert {entry.object_id for entry in found} == {topic.consultation.pk}
    assert deadlines(AnonymousUser(), in_days(11), in_days(39)) == []


def test_a_deadline_that_moves_or_falls_is_a_newer_version() -> None:
    topic = make_consultation(closes=in_days(10))
    actor = inviter_of(topic)
    first = deadlines(AnonymousUser(), in_days(0), in_days(90))
    make_move(topic=topic, actor=actor, move="extend", date=in_days(20), reason="So.")
    second = deadlines(AnonymousUser(), in_days(0), in_days(90))
    make_move(topic=topic, actor=actor, move="withdraw", reason="So.")
    third = deadlines(AnonymousUser(), in_days(0), in_days(90))
    assert [entry.day for entry in second] == [in_days(20), in_days(50)]
    assert first[0].sequence < second[0].sequence < third[0].sequence
    assert first[0].last_modified < second[0].last_modified
    assert [entry.cancelled for entry in third] == [True, True]


def test_days_of_a_forum_of_members_are_theirs_alone() -> None:
    actor = make_inviter()
    forum = make_forum(actor.organisation, visibility="members")
    make_consultation(actor, forum=forum, closes=in_days(10))
    insider = make_member(forum.owner)
    seen = [len(deadlines(user, in_days(0), in_days(90))) for user in (AnonymousUser(), insider)]
    assert seen == [0, 2]
