"""The main pages at 80x24, as text. After a change that is meant, run this with `--snapshot-update`."""

from __future__ import annotations

import time

import pytest
from textual.app import App
from textual.screen import Screen

from bbsterm.book import Entry
from bbsterm.errors import BusyError
from bbsterm.tui.pages import call_row
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.detail_page import DetailPage
from bbsterm.tui.pages.dialer_page import DialerPage
from bbsterm.tui.pages.edit_page import EditPage
from bbsterm.tui.pages.help_page import HelpPage
from bbsterm.tui.pages.import_page import ImportPage

NOW = 1_000_000_000.0

ENTRIES = (
    Entry(
        "Xibalba",
        "xibalba.example",
        44510,
        terminal="utf8",
        favourite=True,
        tags=("ftn", "hub"),
        comment="ANSI, FTN hub, sysop Myrmidon.",
    ),
    Entry(
        "A board whose name is longer than its column",
        "long.example",
        992,
        "telnets",
        terminal="utf8",
        user="ann",
    ),
    Entry("C64", "c64.example", 6400, terminal="petscii", notes="Ask for the door.\nThe one on the left."),
    Entry("Raw host", "raw.example", 7000, "raw"),
    Entry("Not yet", "shell.example", 22, "ssh"),
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
    monkeypatch.setattr(call_row, "MENU_DELAY", 0.001)
    return Window(CallPage(exchange.board(), tmp_path))


async def on_line(pilot, exchange) -> None:
    await pilot.pause()
    exchange.call.answer()
    exchange.call.seconds = 761.0
    exchange.call.say(WELCOME)
    await pilot.pause()


@pytest.fixture
def book(keeper, monkeypatch):
    """A book with a few boards and calls, at a moment that never changes."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    for entry in ENTRIES:
        keeper.book.add(entry.changed(added=int(NOW)))
    xibalba, long, *_rest = keeper.book.mine
    for entry, days, result in (
        (xibalba, 9, "BUSY"),
        (xibalba, 2, "hung up"),
        (long, 0.001, "closed by host"),
    ):
        keeper.book.record_call(
            entry,
            address=entry.address,
            started=NOW - days * 86400,
            seconds=761 * (result != "BUSY"),
            result=result,
            connected=result != "BUSY",
            received=123_456,
            sent=789,
            capture="/captures/xibalba.ans" if result == "hung up" else "",
        )
    return keeper.book


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (48, 16), (120, 40)])
async def test_the_dialer(snapshot, page_text, keeper, book, size):
    app = Window(DialerPage(keeper, lambda: NOW))
    async with app.run_test(size=size) as pilot:
        await pilot.press("down")
        await pilot.pause()
        assert page_text(app) == snapshot


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_first_run(snapshot, page_text, keeper, size):
    app = Window(DialerPage(keeper, lambda: NOW))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert page_text(app) == snapshot


async def test_the_dialer_with_an_address_typed(snapshot, page_text, keeper, book):
    app = Window(DialerPage(keeper, lambda: NOW))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"bbs.example:23")
        await pilot.pause()
        assert page_text(app) == snapshot


async def test_lists_and_tags(snapshot, page_text, keeper, book):
    app = Window(DialerPage(keeper, lambda: NOW))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        assert page_text(app) == snapshot


async def test_the_form_of_an_entry(snapshot, page_text, keeper, book):
    entries = book.mine
    app = Window(EditPage(book, entries[1], around=[entry.id for entry in entries]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", *":99999")
        await pilot.pause()
        assert page_text(app) == snapshot


async def test_the_details_of_an_entry(snapshot, page_text, book):
    app = Window(DetailPage(book, book.search("xibalba")[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert page_text(app) == snapshot


async def test_what_an_import_would_do(snapshot, page_text, book, tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("new.example 23\nxibalba.example 44510 utf-8\nc64.example 6400\nbad host 99999\n")
    app = Window(ImportPage(book))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen._input.value = str(path)
        await pilot.press("enter")
        await pilot.pause()
        assert page_text(app).split("\n", 2)[2] == snapshot


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
        exchange.call.end("connection closed by host")
        await wait_until(pilot, lambda: page_text(call).startswith(" " * 79 + "^"))
        assert page_text(call) == snapshot
