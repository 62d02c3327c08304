from __future__ import annotations

import pytest
from textual.app import App

from bbsterm.tui.actions import Command
from bbsterm.tui.pages.menu_page import MenuPage


class Window(App[None], inherit_bindings=False):
    CSS_PATH = "../../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[Command | None] = []

    def on_mount(self) -> None:
        self.push_screen(MenuPage(), self.chosen.append)


@pytest.mark.parametrize(
    ("keys", "action"),
    [
        (["h"], "hang_up"),
        (["exclamation_mark"], "shell"),
        (["ctrl+right_square_bracket"], "send_prefix"),
        (["down", "enter"], "redial"),
        (["enter"], "hang_up"),
        (["end", "enter"], "help"),
        (["s"], "screenshot"),
        (["escape"], None),
    ],
)
async def test_a_command_is_chosen_by_letter_or_by_walking(keys, action):
    app = Window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    assert [command.action if command else None for command in app.chosen] == [action]


async def test_a_letter_that_means_nothing_chooses_nothing():
    app = Window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("z", "tab", "f7")

        assert isinstance(app.screen, MenuPage)
        assert app.chosen == []
