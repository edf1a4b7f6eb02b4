"""Every page of forums and every act on them, through the addresses."""

import json
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from forums.models import Follow, Forum, LastRead, Post, Topic
from forums.services.posts import hide_post
from forums.services.topics import lock_topic
from organisations.acting import Actor
from organisations.models import Membership, Organisation, User
from tests.conftest import SignIn
from tests.factories_forums import fill_topic, make_forum, make_reply, make_topic

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def reply_url(topic: Topic) -> str:
    return reverse("forums:reply", args=[topic.pk])


# Reading --------------------------------------------------------------------------------------


def test_anonymous_reads_public_forums_and_topics(client: Client, topic: Topic) -> None:
    make_reply(topic, body="At **seven**.")
    forum = topic.forum
    listed = client.get(reverse("forums:list"))
    inside = client.get(forum.get_absolute_url())
    page = client.get(topic.get_absolute_url())
    single = client.get(reverse("forums:post", args=[topic.pk, 2]))

    assert [each.status_code for each in (listed, inside, page, single)] == [200] * 4
    assert "Our valley" in listed.text
    assert "School buses" in inside.text
    assert "At <strong>seven</strong>." in page.text
    assert "At <strong>seven</strong>." in single.text
    assert "Sign in" in page.text
    assert "data-composer" not in page.text


def test_a_forum_of_members_is_not_there_for_others(
    organisation: Organisation, member: User, outsider: User, removed: User, signed_in: SignIn
) -> None:
    forum = make_forum(organisation, visibility="members")
    topic = make_topic(forum, Actor(member, organisation))
    addresses = [
        forum.get_absolute_url(),
        topic.get_absolute_url(),
        reverse("forums:post", args=[topic.pk, 1]),
        reverse("forums:feed", args=[forum.slug]),
    ]
    for reader, expected in [(member, 200), (outsider, 404), (removed, 404)]:
        browser = signed_in(reader)
        assert [browser.get(url).status_code for url in addresses] == [expected] * 4
    assert [Client().get(url).status_code for url in addresses] == [404] * 4


@pytest.mark.parametrize("slug", ["", "wrong-words"])
def test_a_wrong_slug_leads_to_the_right_address(client: Client, topic: Topic, slug: str) -> None:
    url = f"/topics/{topic.pk}-{slug}/" if slug else f"/topics/{topic.pk}/"
    answer = client.get(f"{url}?page=2")
    assert answer.status_code == 302
    assert answer["Location"] == f"/topics/{topic.pk}-school-buses/?page=2"


@pytest.mark.parametrize(
    "url",
    [
        "/topics/999999/",
        "/topics/99999999999999999999999/",
        "/topics/99999999999999999999999-x/",
        "/forums/not-there/",
        "/topics/1/posts/99999999999999999999999/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("query", ["page=0", "page=-3", "page=x", "page=99999999999", "after=x"])
def test_nonsense_in_the_address_gives_the_nearest_page(
    client: Client, topic: Topic, query: str
) -> None:
    assert client.get(f"{topic.get_absolute_url()}?{query}").status_code == 200


def test_pages_of_a_long_topic(client: Client, topic: Topic) -> None:
    fill_topic(topic, 120)
    url = topic.get_absolute_url()

    def shown(query: str) -> list[int]:
        text = client.get(f"{url}?{query}").text
        return [int(part.split('"')[0]) for part in text.split('data-number="')[1:]]

    assert shown("") == list(range(1, 51))
    assert shown("page=2") == list(range(51, 101))
    assert shown("page=last") == list(range(101, 122))
    assert shown("after=90") == list(range(91, 122))
    assert shown("after=500") == [121]
    assert 'id="posts" data-last' in client.get(f"{url}?page=last").text
    assert 'id="posts" data-last' not in client.get(url).text


def test_a_returning_reader_is_led_to_the_first_unread_post(
    topic: Topic, outsider: User, signed_in: SignIn
) -> None:
    browser = signed_in(outsider)
    assert "new post" not in browser.get(topic.get_absolute_url()).text
    fill_topic(topic, 60)
    answer = browser.get(topic.get_absolute_url())
    assert 'href="?page=1#post-2"' in answer.text
    assert LastRead.objects.get(person=outsider, topic=topic).number == 50
    assert 'href="?page=2#post-51"' in browser.get(topic.get_absolute_url()).text


def test_the_words_of_a_hidden_post_are_nowhere(
    client: Client, topic: Topic, host: Actor, outsider: User
) -> None:
    post = make_reply(topic, Actor(outsider), "unspeakable words")
    url = topic.get_absolute_url()
    assert "unspeakable" in client.get(url).text
    hide_post(post=post, actor=host, reason="An insult.")
    for address in (url, post.get_absolute_url(), "/search/?q=unspeakable"):
        assert "unspeakable words" not in client.get(address).text
    assert "An insult." in client.get(url).text


def test_an_official_voice_is_marked(client: Client, forum: Forum, outsider: User) -> None:
    municipality = Organisation.objects.create(
        name="Hillside", slug="hillside", kind="municipality", status="verified", country="XK"
    )
    Membership.objects.create(person=outsider, organisation=municipality, role="member")
    topic = make_topic(forum, Actor(outsider, municipality))
    assert "post--official" in client.get(topic.get_absolute_url()).text


# Writing --------------------------------------------------------------------------------------


def test_a_reply_leads_to_the_post(topic: Topic, outsider: User, signed_in: SignIn) -> None:
    answer = signed_in(outsider).post(reply_url(topic), {"body": "At seven.", "acting_for": ""})
    assert answer.status_code == 302
    assert answer["Location"] == f"{topic.get_absolute_url()}#post-2"
    post = Post.objects.get(topic=topic, number=2)
    assert (post.person, post.organisation, post.body) == (outsider, None, "At seven.")


def test_a_reply_for_an_organisation(
    topic: Topic, outsider: User, other_organisation: Organisation, signed_in: SignIn
) -> None:
    signed_in(outsider).post(
        reply_url(topic), {"body": "We help.", "acting_for": other_organisation.slug}
    )
    assert Post.objects.get(topic=topic, number=2).organisation == other_organisation


def test_the_same_send_twice_answers_the_same(
    topic: Topic, outsider: User, signed_in: SignIn
) -> None:
    browser = signed_in(outsider)
    sent = {"body": "At seven.", "key": "0123456789abcdef"}
    plain = [browser.post(reply_url(topic), sent) for _ in range(2)]
    scripted = browser.post(reply_url(topic), sent, **JSON)

    assert [answer["Location"] for answer in plain] == [plain[0]["Location"]] * 2
    assert scripted.status_code == 200
    assert scripted.json()["number"] == 2
    assert 'id="post-2"' in scripted.json()["html"]
    assert Topic.objects.get(pk=topic.pk).post_count == 2


def test_anonymous_is_asked_to_sign_in(client: Client, topic: Topic) -> None:
    answer = client.post(reply_url(topic), {"body": "At seven."})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/topics/")
    assert client.post(reply_url(topic), {"body": "?"}, **JSON).status_code == 401
    assert topic.posts.count() == 1


@pytest.mark.parametrize("body", ["", "   ", "x" * 20_001])
def test_a_reply_that_cannot_be_taken_keeps_its_text(
    topic: Topic, outsider: User, signed_in: SignIn, body: str
) -> None:
    answer = signed_in(outsider).post(reply_url(topic), {"body": body})
    assert answer.status_code == 422
    assert 'class="errors"' in answer.text
    assert body.strip() in answer.text
    assert topic.posts.count() == 1


def test_a_reply_to_a_locked_topic_keeps_its_text(
    topic: Topic, host: Actor, outsider: User, signed_in: SignIn
) -> None:
    lock_topic(topic=topic, actor=host, reason="Enough.")
    browser = signed_in(outsider)
    answer = browser.post(reply_url(topic), {"body": "My long and dear text"})
    scripted = browser.post(reply_url(topic), {"body": "My long and dear text"}, **JSON)

    assert answer.status_code == scripted.status_code == HTTPStatus.CONFLICT
    assert "My long and dear text</textarea>" in answer.text
    assert "locked" in scripted.json()["error"]


def test_who_was_removed_meanwhile_is_refused_and_keeps_the_text(
    topic: Topic, removed: User, organisation: Organisation, signed_in: SignIn
) -> None:
    sent = {"body": "My long and dear text", "acting_for": organisation.slug}
    browser = signed_in(removed)
    answer = browser.post(reply_url(topic), sent)
    scripted = browser.post(reply_url(topic), sent, **JSON)

    assert answer.status_code == scripted.status_code == HTTPStatus.FORBIDDEN
    assert "My long and dear text</textarea>" in answer.text
    assert "may not act for this organisation" in scripted.json()["error"]
    assert topic.posts.count() == 1


def test_the_author_edits_a_post(topic: Topic, outsider: User, signed_in: SignIn) -> None:
    post = make_reply(topic, Actor(outsider), "At seven.")
    url = reverse("forums:post-edit", args=[topic.pk, 2])
    browser = signed_in(outsider)
    assert "At seven.</textarea>" in browser.get(url).text
    answer = browser.post(url, {"body": "At eight.", "version": 1})
    late = browser.post(url, {"body": "At nine.", "version": 1})

    assert answer.status_code == 302
    assert late.status_code == 409
    assert "At nine.</textarea>" in late.text
    assert "At eight." in late.text
    assert Post.objects.get(pk=post.pk).body == "At eight."


def test_a_topic_is_opened_with_its_first_post(
    forum: Forum, outsider: User, signed_in: SignIn
) -> None:
    url = reverse("forums:topic-create", args=[forum.slug])
    browser = signed_in(outsider)
    page = browser.get(url)
    assert "Discussion" in page.text
    assert "Announcement" not in page.text
    sent = {"kind": "discussion", "title": "Street lights", "body": "Dark.", "key": "a" * 32}
    answers = [browser.post(url, sent) for _ in range(2)]
    topic = Topic.objects.get(title="Street lights")
    assert [answer["Location"] for answer in answers] == [topic.get_absolute_url()] * 2
    assert (topic.kind, topic.person, topic.post_count) == ("discussion", outsider, 1)


def test_only_hosts_announce(
    forum: Forum, outsider: User, editor: User, organisation: Organisation, signed_in: SignIn
) -> None:
    url = reverse("forums:topic-create", args=[forum.slug])
    sent = {"kind": "announcement", "title": "New hours", "body": "From nine."}
    refused = signed_in(outsider).post(url, sent)
    done = signed_in(editor, organisation).post(url, sent)
    assert refused.status_code == 403
    assert "From nine.</textarea>" in refused.text
    assert done.status_code == 302
    assert Topic.objects.get().comments is False


def test_a_kind_that_the_forum_does_not_take(
    organisation: Organisation, outsider: User, signed_in: SignIn
) -> None:
    forum = make_forum(organisation, kinds=["announcement"])
    url = reverse("forums:topic-create", args=[forum.slug])
    browser = signed_in(outsider)
    assert browser.get(url).status_code == 403
    answer = browser.post(url, {"kind": "discussion", "title": "T", "body": "B"})
    assert answer.status_code == 422


def test_opening_and_changing_a_forum(
    editor: User, organisation: Organisation, other_organisation: Organisation, signed_in: SignIn
) -> None:
    browser = signed_in(editor, organisation)
    sent = {
        "title": "Noise at night",
        "purpose": "Bars, neighbours, hours.",
        "rules": "Be **kind**.",
        "hosts": [other_organisation.pk],
        "visibility": "public",
        "opening": "everyone",
        "kinds": ["discussion"],
    }
    answer = browser.post(reverse("forums:create"), sent)
    forum = Forum.objects.get()
    assert answer["Location"] == "/forums/noise-at-night/"
    assert (forum.owner, list(forum.hosts.all())) == (organisation, [other_organisation])
    assert forum.rules_html == "<p>Be <strong>kind</strong>.</p>\n"

    changed = browser.post(reverse("forums:edit", args=[forum.slug]), {**sent, "title": "Noise"})
    forum.refresh_from_db()
    assert changed["Location"] == "/forums/noise-at-night/"
    assert forum.title == "Noise"
    again = browser.post(reverse("forums:edit", args=[forum.slug]), {**sent, "kinds": []})
    assert again.status_code == 422


def test_a_forum_may_not_take_the_address_of_a_page(
    editor: User, organisation: Organisation
) -> None:
    forum = make_forum(organisation, title="New")
    assert forum.slug != "new"


def test_archiving_needs_a_reason(
    forum: Forum, editor: User, organisation: Organisation, signed_in: SignIn
) -> None:
    browser = signed_in(editor, organisation)
    url = reverse("forums:archive", args=[forum.slug])
    assert browser.post(url).status_code == 422
    assert browser.post(url, {"reason": "The project ended."}).status_code == 302
    forum.refresh_from_db()
    assert forum.is_archived
    assert browser.post(url, {"reason": "It goes on."}).status_code == 302
    forum.refresh_from_db()
    assert not forum.is_archived


def test_following(topic: Topic, outsider: User, signed_in: SignIn) -> None:
    browser = signed_in(outsider)
    url = reverse("forums:topic-follow", args=[topic.pk])
    for word, active in [("yes", True), ("no", False)]:
        assert browser.post(url, {"follow": word}).status_code == 302
        assert Follow.objects.get(person=outsider, topic=topic).active is active


@pytest.mark.parametrize(
    ("name", "field"), [("lock", "locked"), ("hide", "hidden"), ("unlock", ""), ("show", "")]
)
def test_hosts_look_after_a_topic(
    topic: Topic, editor: User, organisation: Organisation, signed_in: SignIn, name: str, field: str
) -> None:
    browser = signed_in(editor)
    url = reverse(f"forums:topic-{name}", args=[topic.pk])
    page = browser.get(url)
    assert f'name="acting_for" value="{organisation.slug}"' in page.text
    sent = {"reason": "So it is.", "acting_for": organisation.slug}
    answer = browser.post(url, sent)
    topic.refresh_from_db()
    if field:
        assert answer.status_code == 302
        assert getattr(topic, field) is not None
        assert browser.post(url, sent).status_code == 409
    else:
        assert answer.status_code == 409


def test_pinning_twice_is_no_fault(
    topic: Topic, editor: User, organisation: Organisation, signed_in: SignIn
) -> None:
    browser = signed_in(editor, organisation)
    for _ in range(2):
        answer = browser.post(reverse("forums:topic-pin", args=[topic.pk]), {"pinned": "yes"})
        assert answer.status_code == 302
    topic.refresh_from_db()
    assert topic.pinned


def test_a_move_by_its_page(
    topic: Topic, editor: User, organisation: Organisation, signed_in: SignIn
) -> None:
    url = reverse("forums:move", args=[topic.pk, "close"])
    browser = signed_in(editor)
    assert browser.get(url).status_code == 200
    empty = browser.post(url, {"reason": "", "acting_for": organisation.slug})
    done = browser.post(url, {"reason": "The buses run.", "acting_for": organisation.slug})
    late = browser.post(url, {"reason": "I think so, too.", "acting_for": organisation.slug})
    assert (empty.status_code, done.status_code, late.status_code) == (422, 302, 409)
    assert "I think so, too.</textarea>" in late.text
    assert "The buses run." in browser.get(topic.get_absolute_url()).text


def test_an_unknown_move_is_not_found(topic: Topic, editor: User, signed_in: SignIn) -> None:
    browser = signed_in(editor)
    for name in ("nonsense", "close_on_time"):
        assert browser.get(reverse("forums:move", args=[topic.pk, name])).status_code == 404


def test_renaming(topic: Topic, member: User, signed_in: SignIn) -> None:
    url = reverse("forums:topic-rename", args=[topic.pk])
    answer = signed_in(member).post(url, {"title": "Buses to school"})
    assert answer["Location"] == f"/topics/{topic.pk}-buses-to-school/"


# Everybody on everything that changes something -------------------------------------------------


def changing(topic: Topic) -> dict[str, dict[str, str]]:
    reason = {"reason": "Because."}
    return {
        reverse("forums:edit", args=[topic.forum.slug]): {"title": "Mine"},
        reverse("forums:archive", args=[topic.forum.slug]): reason,
        reverse("forums:topic-rename", args=[topic.pk]): {"title": "Mine"},
        reverse("forums:topic-pin", args=[topic.pk]): {"pinned": "yes"},
        reverse("forums:topic-lock", args=[topic.pk]): reason,
        reverse("forums:topic-unlock", args=[topic.pk]): reason,
        reverse("forums:topic-hide", args=[topic.pk]): reason,
        reverse("forums:topic-show", args=[topic.pk]): reason,
        reverse("forums:move", args=[topic.pk, "close"]): reason,
        reverse("forums:post-edit", args=[topic.pk, 1]): {"body": "Mine", "version": "1"},
        reverse("forums:post-hide", args=[topic.pk, 1]): reason,
    }


@pytest.mark.parametrize("who", ["outsider", "removed"])
def test_strangers_change_nothing(
    topic: Topic, outsider: User, removed: User, signed_in: SignIn, who: str
) -> None:
    browser = signed_in({"outsider": outsider, "removed": removed}[who])
    complete = {"purpose": "P", "visibility": "public", "opening": "hosts", "kinds": "discussion"}
    for url, sent in changing(topic).items():
        assert browser.post(url, {**complete, **sent}).status_code == 403, url
    before = Topic.objects.get(pk=topic.pk)
    assert (before.title, before.stage, before.locked, before.hidden, before.pinned) == (
        "School buses",
        "open",
        None,
        None,
        False,
    )


def test_anonymous_is_sent_to_sign_in_everywhere(client: Client, topic: Topic) -> None:
    urls = [*changing(topic), reverse("forums:create")]
    urls.append(reverse("forums:topic-create", args=[topic.forum.slug]))
    urls.append(reverse("forums:topic-follow", args=[topic.pk]))
    for url in urls:
        answer = client.post(url, {"reason": "x"})
        assert answer.status_code == 302, url
        assert answer["Location"].startswith("/accounts/login/"), url


def test_a_form_without_its_token_is_refused(topic: Topic, outsider: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(outsider)
    answer = strict.post(reply_url(topic), {"body": "x"}, **JSON)
    assert answer.status_code == 403
    assert "error" in json.loads(answer.text)


def test_owner_names_a_host_that_cannot_be(
    owner: User, organisation: Organisation, signed_in: SignIn
) -> None:
    sent = {"title": "Ours", "purpose": "All of it.", "hosts": ["9" * 31], "kinds": ["discussion"]}
    answer = signed_in(owner, organisation).post(reverse("forums:create"), sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "All of it." in answer.text
