"""Writing in a topic with a real browser: nothing typed is lost, nothing is sent twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from forums.models import Post, Topic
from organisations.acting import Actor
from organisations.models import Organisation, User
from tests.browser.conftest import NewPage
from tests.browser.line import Line
from tests.factories_forums import fill_topic, make_consultation, make_forum, make_topic

pytestmark = pytest.mark.browser


@pytest.fixture
def topic(organisation: Organisation, member: User) -> Topic:
    """An open discussion that `member` opened for `organisation`."""
    return make_topic(make_forum(organisation, title="Our valley"), Actor(member, organisation))


def write(page: Page, words: str) -> None:
    page.fill("#id_body", words)
    page.click("#composer button")


def listening(page: Page) -> None:
    expect(page.locator("html[data-line=open]")).to_have_count(1)


def bodies(topic: Topic) -> list[str]:
    return list(topic.posts.order_by("number").values_list("body", flat=True))[1:]


def test_a_post_appears_at_once_with_both(
    topic: Topic, member: User, outsider: User, new_page: NewPage
) -> None:
    writer, reader = new_page(outsider), new_page(member)
    for page in (writer, reader):
        page.goto(topic.get_absolute_url())
        listening(page)
    write(writer, "At **seven**.")
    for page in (writer, reader):
        expect(page.locator("#posts .post")).to_have_count(1)
        expect(page.locator("#post-2 strong")).to_have_text("seven")
    expect(writer.locator("#post-2 [data-own]")).to_be_visible()
    expect(reader.locator("#post-2 [data-own]")).to_be_hidden()
    expect(writer.locator("#id_body")).to_have_value("")
    expect(writer.locator("[data-composer-state]")).to_have_text("Sent.")

    write(reader, "At eight.")
    write(writer, "At nine.")
    for page in (writer, reader):
        expect(page.locator("#posts .post")).to_have_count(3)
    assert len(bodies(topic)) == 3


def test_the_text_survives_leaving_the_page(
    topic: Topic, outsider: User, new_page: NewPage
) -> None:
    page = new_page(outsider)
    page.goto(topic.get_absolute_url())
    page.fill("#id_body", "A long and dear text")
    page.goto("/forums/")
    page.goto(topic.get_absolute_url())
    expect(page.locator("#id_body")).to_have_value("A long and dear text")
    expect(page.locator("[data-composer-state]")).to_contain_text("not sent yet")


def test_a_post_waits_for_the_line_and_goes_out_once(
    topic: Topic, outsider: User, new_page: NewPage, line: Line
) -> None:
    page = new_page(outsider, base_url=line.url)
    page.goto(topic.get_absolute_url())
    listening(page)
    line.cut()
    write(page, "Said in a tunnel.")
    expect(page.locator("[data-composer-state]")).to_contain_text("Waiting for the line")
    expect(page.locator("#id_body")).to_have_value("Said in a tunnel.")
    line.restore()
    expect(page.locator("#post-2")).to_contain_text("Said in a tunnel.", timeout=30_000)
    expect(page.locator("#posts .post")).to_have_count(1)
    assert bodies(topic) == ["Said in a tunnel."]


def test_an_answer_that_gets_lost_makes_no_second_post(
    topic: Topic, outsider: User, new_page: NewPage
) -> None:
    page = new_page(outsider)
    page.goto(topic.get_absolute_url())
    sent = []

    def lose_the_first(route: Route) -> None:
        answer = route.fetch()
        sent.append(answer.status)
        if len(sent) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/reply/", lose_the_first)
    write(page, "Only once.")
    expect(page.locator("[data-composer-state]")).to_have_text("Sent.", timeout=30_000)
    expect(page.locator("#posts .post")).to_have_count(1)
    assert sent == [200, 200]
    assert bodies(topic) == ["Only once."]


def test_what_the_hub_refuses_stays_in_the_field(
    topic: Topic, outsider: User, new_page: NewPage
) -> None:
    page = new_page(outsider)
    page.goto(topic.get_absolute_url())
    Topic.objects.filter(pk=topic.pk).update(stage="closed")
    write(page, "A little late.")
    expect(page.locator("[data-composer-state]")).to_contain_text("closed")
    expect(page.locator("#id_body")).to_have_value("A little late.")
    expect(page.locator("#id_body")).to_be_editable()
    assert bodies(topic) == []


def test_on_an_earlier_page_new_posts_are_announced_and_not_mixed_in(
    topic: Topic, member: User, outsider: User, new_page: NewPage
) -> None:
    fill_topic(topic, 70)
    reader, writer = new_page(member), new_page(outsider)
    reader.goto(topic.get_absolute_url())
    listening(reader)
    writer.goto(f"{topic.get_absolute_url()}?page=1")
    write(writer, "From the first page.")
    writer.wait_for_url("**?page=2#post-72")
    expect(writer.locator("#post-72")).to_contain_text("From the first page.")
    expect(reader.locator("[data-live-missed-note]")).to_contain_text("1")
    expect(reader.locator("#posts .post")).to_have_count(49)


def test_it_works_without_script(topic: Topic, outsider: User, new_page: NewPage) -> None:
    page = new_page(outsider, java_script_enabled=False)
    page.goto(topic.get_absolute_url())
    write(page, "Plainly.")
    expect(page.locator("#post-2")).to_contain_text("Plainly.")
    page.click("#post-2 .speaker__when a")
    page.click("text=Change your post")
    page.fill("#id_body", "More plainly.")
    page.click("main form .button--primary")
    expect(page.locator("#post-2")).to_contain_text("More plainly.")
    assert Post.objects.get(topic=topic, number=2).version == 2


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_accessible(
    topic: Topic,
    editor: User,
    organisation: Organisation,
    new_page: NewPage,
    accessible: Callable[[Page], None],
    theme: str,
) -> None:
    consultation = make_consultation(invited=[organisation])
    forum = topic.forum.get_absolute_url()
    page = new_page(editor, organisation=organisation, width=360, theme=theme)
    for url in (
        "/forums/",
        "/forums/new/",
        forum,
        f"{forum}edit/",
        f"{forum}archive/",
        f"{forum}topics/new/",
        topic.get_absolute_url(),
        f"/topics/{topic.pk}/posts/1/",
        f"/topics/{topic.pk}/moves/close/",
        f"/topics/{topic.pk}/lock/",
        f"/topics/{topic.pk}/rename/",
        "/consultations/",
        consultation.get_absolute_url(),
    ):
        page.goto(url)
        accessible(page)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0, url
    inviter = new_page(consultation.person, organisation=consultation.organisation, theme=theme)
    for url in ("/consultations/new/", f"/topics/{consultation.pk}/moves/extend/"):
        inviter.goto(url)
        accessible(inviter)
