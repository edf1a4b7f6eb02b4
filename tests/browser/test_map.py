"""The map: marks that do not hide each other, and a list that says the same."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import factories

pytestmark = pytest.mark.browser
NewPage = Callable[..., Page]


@pytest.fixture
def _three_members(served: object) -> None:
    """Two organisations in one town, a municipality far away."""
    factories.make_organisation("Green Valley", latitude=42.46, longitude=21.47)
    factories.make_organisation("Blue River", latitude=42.46, longitude=21.51)
    factories.make_municipality("Kutaisi", latitude=42.27, longitude=42.7)


@pytest.mark.usefixtures("_three_members")
def test_stranger_finds_all_members_behind_the_marks(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/")
    expect(page.locator(".map__point")).to_have_count(2)
    expect(page.locator(".map__name")).to_have_text(["Blue River +1", "Kutaisi"])
    page.locator(".map__point").first.click()
    popup = page.locator(".leaflet-popup-content")
    expect(popup.get_by_role("link")).to_have_text(["Blue River", "Green Valley"])


@pytest.mark.usefixtures("_three_members")
def test_marks_part_when_the_reader_comes_closer(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/")
    expect(page.locator(".map__point--cso")).to_have_count(1)
    closer = page.get_by_role("button", name="Closer")
    while page.locator(".map__point--cso").count() == 1 and closer.is_enabled():
        closer.click()
    expect(page.locator(".map__point--cso")).to_have_count(2)


@pytest.mark.usefixtures("_three_members")
def test_reader_without_script_has_the_list(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    expect(page.locator(".map__canvas")).to_be_hidden()
    page.locator(".map__list summary").click()
    expect(page.locator(".map__list").get_by_role("link")).to_have_count(3)
