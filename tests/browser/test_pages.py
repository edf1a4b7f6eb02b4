"""Every public page opens on a phone and on a wide screen, light and dark, without a fault."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PAGES = (
    "/", "/about/", "/organisations/", "/forums/", "/consultations/", "/calendar/",
    "/calendar/agenda/", "/projects/", "/agreements/", "/commitments/", "/search/?q=water",
    "/accounts/login/", "/accounts/signup/", "/nowhere/",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_anonymous_opens_the_page_without_a_fault(
    path: str, new_page: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    for width, theme in ((360, "light"), (1280, "dark")):
        page = new_page(width=width, theme=theme)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == (404 if path == "/nowhere/" else 200)
        assert page.locator("h1").count() == 1
        # Nothing is wider than the screen.
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        accessible(page)
