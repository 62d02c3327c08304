"""The main pages at 80x24, as text. After a change that is meant, run this with `--snapshot-update`."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.screen import Screen

from bbsterm.errors import BusyError
from bbsterm.session.recent import RecentCall
from bbsterm.tui.pages import call_page
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.dialer_page import DialerPage
from bbsterm.tui.pages.help_page import HelpPage

NOW = 1_000_000_000.0
RECENTS = (
    RecentCall("Xibalba", "xibalba.example:44510", "ansi", NOW - 2 * 86400, 41),
    RecentCall(
        "A board whose name is longer than its column", "telnets://long.example:992", "utf8", NOW - 90, 3
    ),
    RecentCall("", "c64.example:6400", "petscii", NOW - 800 * 86400, 128),
)
WELCOME = (
    b"\x1b[2J\x1b[1;44m Welcome to Xibalba \x1b[0m\r\n\r\n"
    + b"".join(b"\x1b[3%dmline %d \xb0\xb1\xb2\xdb\r\n" % (n, n) for n in range(1, 8))
    + b"\x1b[24;1H\x1b[0mCommand: "
)


class Window(App[None], inherit_bindings=False):
    CSS_PATH = "../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, page: Screen[object]) -> None:
        super().__init__()
        self._page = page

    def on_mount(self) -> None:
        self.push_screen(self._page)


@pytest.fixture
def call(exchange, tmp_path, monkeypatch):
    """A call page that shows the menu at once."""
    monkeypatch.setattr(call_page, "MENU_DELAY", 0.001)
    return Window(CallPage(exchange.board(), tmp_path))


async def on_line(pilot, exchange) -> None:
    await pilot.pause()
    exchange.call.answer()
    exchange.call.seconds = 761.0
    exchange.call.say(WELCOME)
    await pilot.pause()


async def test_the_dialer(snapshot, page_text):
    app = Window(DialerPage(lambda: RECENTS, lambda: NOW))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        await pilot.pause()
        assert page_text(app) == snapshot


async def test_the_dialer_with_an_address_typed(snapshot, page_text):
    app = Window(DialerPage(lambda: RECENTS, lambda: NOW))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"bbs.example:23")
        await pilot.pause()
        assert page_text(app) == snapshot


async def test_help(snapshot, page_text):
    app = Window(HelpPage())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert page_text(app) == snapshot


async def test_dialling(call, snapshot, page_text):
    async with call.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert page_text(call) == snapshot


async def test_nobody_there(call, exchange, snapshot, page_text):
    async with call.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        exchange.call.end("busy", BusyError("xibalba.example", 44510))
        await pilot.pause()
        assert page_text(call) == snapshot


async def test_on_line(call, exchange, snapshot, page_text):
    async with call.run_test(size=(80, 24)) as pilot:
        await on_line(pilot, exchange)
        assert page_text(call) == snapshot


async def test_the_keys_after_the_prefix(call, exchange, snapshot, page_text, wait_until):
    async with call.run_test(size=(80, 24)) as pilot:
        await on_line(pilot, exchange)
        await pilot.press("ctrl+right_square_bracket")
        await wait_until(pilot, lambda: "Hang up" in page_text(call))
        assert page_text(call) == snapshot


async def test_the_whole_menu(call, exchange, snapshot, page_text):
    async with call.run_test(size=(80, 24)) as pilot:
        await on_line(pilot, exchange)
        await pilot.press("ctrl+right_square_bracket", "question_mark")
        await pilot.pause()
        assert page_text(call) == snapshot


async def test_the_board_has_hung_up(call, exchange, snapshot, page_text, wait_until):
    async with call.run_test(size=(80, 24)) as pilot:
        await on_line(pilot, exchange)
        exchange.call.end("connection closed by the board")
        await wait_until(pilot, lambda: page_text(call).startswith(" " * 79 + "^"))
        assert page_text(call) == snapshot
