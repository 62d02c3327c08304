"""Windows of every size, and changing all the time: nothing breaks, and the last size wins."""

from __future__ import annotations

import pytest
from textual.app import App

from bbsterm.book import Entry
from bbsterm.tui.geometry import FIT
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.detail_page import DetailPage
from bbsterm.tui.pages.dialer_page import DialerPage
from bbsterm.tui.pages.edit_page import EditPage
from bbsterm.tui.pages.help_page import HelpPage
from bbsterm.tui.pages.import_page import ImportPage
from bbsterm.tui.pages.menu_page import MenuPage

SIZES = [(1, 1), (10, 3), (40, 12), (81, 25), (300, 100)]


class Window(App[None], inherit_bindings=False):
    CSS_PATH = "../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False


@pytest.mark.parametrize(
    "kind", ["dialer", "form", "import", "details", "help", "menu", "call", "call that fits"]
)
async def test_every_page_in_every_window(kind, exchange, tmp_path, keeper):
    entries = [keeper.book.add(Entry(f"Board {n}", f"board{n}.example")) for n in range(30)]
    pages = {
        "dialer": lambda: DialerPage(keeper),
        "form": lambda: EditPage(keeper.book, entries[0]),
        "import": lambda: ImportPage(keeper.book),
        "details": lambda: DetailPage(keeper.book, keeper.book.rows()[0]),
        "help": HelpPage,
        "menu": MenuPage,
        "call": lambda: CallPage(exchange.board(), tmp_path),
        "call that fits": lambda: CallPage(exchange.board(wish=FIT), tmp_path),
    }
    app = Window()
    async with app.run_test(size=SIZES[0]) as pilot:
        await app.push_screen(pages[kind]())
        await pilot.pause()
        if kind.startswith("call"):
            exchange.call.answer()
        for size in [*SIZES[1:], *SIZES[-2::-1]]:
            await pilot.resize_terminal(*size)
            if kind.startswith("call"):
                exchange.call.say(b"\x1b[2J\x1b[999;999HX\x1b[5mblink")
            await pilot.press("ctrl+right_square_bracket", "up")
            await pilot.pause()

            strips = app.screen._compositor.render_strips()
            assert len(strips) == size[1]
            assert all(strip.cell_length == size[0] for strip in strips)


async def test_a_storm_of_resizes_ends_with_the_last_size(exchange, tmp_path, wait_until):
    app = Window()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(CallPage(exchange.board(wish=FIT), tmp_path))
        await pilot.pause()
        exchange.call.answer()
        for number in range(200):
            app.post_message(resize(1 + number % 150, 1 + number % 60))
        app.post_message(resize(101, 31))
        await wait_until(pilot, lambda: exchange.call.sizes and exchange.call.sizes[-1] == (101, 30))

        assert exchange.call.terminal.columns == 101
        assert len(exchange.call.sizes) < 50  # and the board is not told of each


def resize(columns: int, rows: int):
    from textual.events import Resize
    from textual.geometry import Size

    return Resize(Size(columns, rows), Size(columns, rows))
