"""Boards on windows of every size: the table in UX terms, seen by who sits before it."""

from __future__ import annotations

import pytest
from textual.app import App

from bbsterm.tui.geometry import FIT, Extent, Fixed, Origin
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.widgets import call_bar
from bbsterm.tui.widgets.terminal_view import TerminalView

PREFIX = "ctrl+right_square_bracket"


@pytest.fixture(autouse=True)
def passing(monkeypatch):
    """The row that passes does not stay for long."""
    monkeypatch.setattr(call_bar, "OVERLAY_SECONDS", 0.05)


class Window(App[None], inherit_bindings=False):
    CSS_PATH = "../../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, board, folder) -> None:
        super().__init__()
        self._page = CallPage(board, folder)

    def on_mount(self) -> None:
        self.push_screen(self._page)

    @property
    def view(self) -> TerminalView:
        return self._page.query_one(TerminalView)


def rows_of(columns: int, rows: int) -> bytes:
    """A screen on which every row says its number, at its beginning and at its end."""
    return b"".join(
        b"\x1b[%d;1Hrow %d\x1b[%d;%dH<%d" % (row, row, row, columns - 3, row) for row in range(1, rows + 1)
    )


async def on_line(pilot, exchange, data: bytes) -> None:
    await pilot.pause()
    exchange.call.answer()
    exchange.call.say(data)
    await pilot.pause()


@pytest.mark.parametrize(
    ("size", "wish", "screen", "top"),
    [
        ((80, 24), None, (80, 24), 1),
        ((80, 25), None, (80, 24), 1),
        ((80, 26), None, (80, 25), 1),
        ((80, 24), Fixed(Extent(80, 25)), (80, 25), 2),
        ((132, 50), None, (80, 25), 1),
        ((132, 50), Fixed(Extent(132, 50)), (132, 50), 1),
        ((132, 51), Fixed(Extent(132, 50)), (132, 50), 1),
        ((132, 50), FIT, (132, 49), 1),
    ],
)
async def test_what_is_seen_of_a_board(exchange, tmp_path, page_text, wait_until, size, wish, screen, top):
    board = exchange.board() if wish is None else exchange.board(wish=wish)
    app = Window(board, tmp_path)
    async with app.run_test(size=size) as pilot:
        await on_line(pilot, exchange, rows_of(*screen) + b"\x1b[%d;1H" % screen[1])
        terminal = exchange.call.terminal
        assert (terminal.columns, terminal.rows) == screen

        await wait_until(pilot, lambda: f"row {top} " in page_text(app))
        left = (size[0] - screen[0]) // 2
        assert any(line[left:].startswith(f"row {top} ") for line in page_text(app).splitlines())
        assert ("row 1 " in page_text(app)) is (top == 1)


async def test_a_25th_row_on_24_is_marked_and_can_be_looked_at(exchange, tmp_path, page_text, wait_until):
    app = Window(exchange.board(wish=Fixed(Extent(80, 25))), tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_line(pilot, exchange, rows_of(80, 25) + b"\x1b[25;1H")
        await wait_until(pilot, lambda: page_text(app).splitlines()[0].endswith("^"))

        await pilot.press(PREFIX, "up")
        await wait_until(pilot, lambda: page_text(app).startswith("row 1 "))
        assert not page_text(app).splitlines()[0].endswith("^")

        await pilot.press(PREFIX, "down")
        await wait_until(pilot, lambda: page_text(app).startswith("row 2 "))


async def test_a_window_narrower_than_the_board_follows_the_cursor(exchange, tmp_path, page_text, wait_until):
    app = Window(exchange.board(), tmp_path)
    async with app.run_test(size=(60, 20)) as pilot:
        await on_line(pilot, exchange, rows_of(80, 24) + b"\x1b[1;1H")
        await wait_until(pilot, lambda: app.view.origin == Origin(0, 0))
        assert page_text(app).startswith("row 1\n")

        exchange.call.say(b"\x1b[24;80H")
        await wait_until(pilot, lambda: app.view.origin == Origin(4, 20))
        assert "<24" in page_text(app)

        exchange.call.say(b"\x1b[24;70H")
        await pilot.pause()
        assert app.view.origin == Origin(4, 20)  # no further than it must
