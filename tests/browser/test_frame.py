"""The frame of every page: by keyboard, in light and dark, on narrow screens, without script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import factories

pytestmark = pytest.mark.browser
NewPage = Callable[..., Page]
#: A piece of bare paper.
CORNER = {"x": 1240, "y": 200, "width": 30, "height": 30}


def paper(page: Page) -> str:
    """The colour the page is painted on."""
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_reader_keeps_the_colours_chosen_by_hand(new_page: NewPage) -> None:
    page = new_page(theme="light")
    page.goto("/")
    light = paper(page)
    switch = page.get_by_role("button", name="Dark colours")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    dark = paper(page)
    page.goto("/about/")
    assert paper(page) == dark != light
    page.get_by_role("button", name="Dark colours").click()
    assert paper(page) == light


def test_reader_without_script_gets_the_colours_of_the_system(new_page: NewPage) -> None:
    """Nothing can be asked of a page without script, so what is painted is compared."""
    pages = new_page(theme="dark"), new_page(theme="dark", java_script_enabled=False)
    for page in pages:
        page.goto("/about/")
    assert pages[0].screenshot(clip=CORNER) == pages[1].screenshot(clip=CORNER)
    expect(pages[1].locator("[data-theme-switch]").first).to_be_hidden()


def test_keys_lead_to_search_and_to_their_own_list(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/about/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search the hub")).to_be_focused()
    page.keyboard.type("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_first_tab_stop_skips_to_the_content(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/about/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_menu_closes_on_escape_and_gives_the_focus_back(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/about/")
    menu = page.locator(".top details.menu", has_text="English").first
    summary = menu.locator("summary")
    summary.click()
    expect(menu.get_by_role("button", name="shqip")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="shqip")).to_be_hidden()
    expect(summary).to_be_focused()


def test_member_sees_and_changes_for_whom_they_act(new_page: NewPage) -> None:
    organisation = factories.make_organisation("Green Valley")
    page = new_page(factories.make_member(organisation))
    page.goto("/about/")
    acting = page.locator(".top__nav .acting")
    expect(acting).to_contain_text("You act for yourself")
    acting.locator("summary").click()
    acting.get_by_role("button", name="Green Valley").click()
    expect(page.locator(".top__nav .acting summary")).to_contain_text("You act for Green Valley")
    expect(page).to_have_url(re.compile("/about/$"))


def test_reader_changes_the_language_on_a_phone_without_script(new_page: NewPage) -> None:
    page = new_page(width=360, java_script_enabled=False)
    page.goto("/about/")
    page.locator("summary", has_text="Menu").click()
    page.locator(".menu").get_by_role("button", name="shqip").click()
    expect(page.locator("html")).to_have_attribute("lang", "sq")


@pytest.mark.parametrize("language", ["en", "bg", "ka"])
def test_frame_never_scrolls_sideways(new_page: NewPage, language: str) -> None:
    organisation = factories.make_organisation(
        "Shoqata e Grave për Zhvillimin e Qëndrueshëm të Komuniteteve Rurale të Anamoravës"
    )
    page = new_page(
        factories.make_member(organisation), organisation=organisation, language=language
    )
    page.goto("/")
    too_wide = {}
    for width in (320, 360, 640, 768, 959, 960, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            too_wide[width] = found
    assert too_wide == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_open_menus_are_accessible(
    new_page: NewPage, accessible: Callable[[Page], None], theme: str, width: int
) -> None:
    organisation = factories.make_organisation("Green Valley")
    page = new_page(factories.make_member(organisation), width=width, theme=theme)
    page.goto("/nothing/")
    for menu in page.locator(".top details.menu:visible > summary").all():
        menu.click()
        accessible(page)
        page.keyboard.press("Escape")
