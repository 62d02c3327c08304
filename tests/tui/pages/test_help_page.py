from __future__ import annotations

import pytest
from textual.app import App
from textual.containers import VerticalScroll

from bbsterm.tui.pages.help_page import HelpPage, help_text


class Window(App[None], inherit_bindings=False):
    CSS_PATH = "../../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def on_mount(self) -> None:
        self.push_screen(HelpPage())


async def test_it_can_be_read_to_the_end(page_text, wait_until):
    app = Window()
    async with app.run_test(size=(80, 24)) as pilot:
        app.animation_level = "none"
        await pilot.pause()
        await pilot.press("end")
        await wait_until(pilot, lambda: "Back to where you were." in page_text(app))

        assert app.screen.query_one(VerticalScroll).scroll_y > 0


@pytest.mark.parametrize("width", [75, 60, 45])
def test_what_a_key_does_stands_below_itself_however_wide_the_window_is(width):
    text = help_text(width=width).plain
    lines = text[text.index("\nIn a call, after") :].splitlines()

    assert max(map(len, lines)) <= width
    assert {line[:25].strip() for line in lines if line.startswith("   ")} == {""}


@pytest.mark.parametrize("key", ["escape", "q", "f1"])
async def test_it_goes_as_it_came(key):
    app = Window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()

        assert not isinstance(app.screen, HelpPage)
