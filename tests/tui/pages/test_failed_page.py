from __future__ import annotations

from pathlib import Path

from bbsterm.macros import Failed
from bbsterm.tui.pages.failed_page import FailedPage
from bbsterm.tui.runner import Job
from tests.tui.pages.macro_window import Window

FAILED = Failed(
    2,
    5,
    ("macros/xibalba.toml", 9),
    "waited 20 s for 'Password:'",
    ("Welcome to [Xibalba]", "", "login: ann", "Sorry, \x1b[31m we are full.", ""),
)


async def test_it_looks_so(page_text, snapshot):
    page = FailedPage(Job("LOGIN", "Log in", Path("xibalba.toml")), FAILED, Path("captures/xibalba.svg"))
    app = Window(page)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        assert page_text(app) == snapshot


async def test_the_built_in_login_has_no_file_to_edit_and_no_picture_none_to_open(page_text):
    app = Window(FailedPage(Job("LOGIN", "Log in"), FAILED, None))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e", "o")
        await pilot.pause()

        assert app.screen is app.page
        assert "e Edit" not in page_text(app)
        assert "r Run again" in page_text(app)


async def test_a_screen_of_132_columns_is_whole(page_text):
    wide = Failed(1, 1, ("", 0), "waited", ("x" * 132,))
    app = Window(FailedPage(Job("LOGIN", "Log in"), wide, None))
    async with app.run_test(size=(140, 24)) as pilot:
        await pilot.pause()

        assert "x" * 132 in page_text(app)
