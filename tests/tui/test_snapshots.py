"""The main pages at 80x24, as text. After a change that is meant, run this with `--snapshot-update`."""

from __future__ import annotations

import re
import time

import pytest

from bbsterm.app import BbstermApp
from bbsterm.book import Probe
from bbsterm.config import find_setting
from bbsterm.errors import BusyError
from bbsterm.net.address import Address
from bbsterm.screen import create_terminal
from bbsterm.session.settings import CallSettings
from bbsterm.tui import boards
from bbsterm.tui.doctor import BAD, GOOD, Finding
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.messages import CallRequested
from bbsterm.tui.pages import call_row, doctor_page
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.confirm_page import ConfirmPage
from bbsterm.tui.pages.detail_page import DetailPage
from bbsterm.tui.pages.dialer_page import DialerPage
from bbsterm.tui.pages.edit_page import EditPage
from bbsterm.tui.pages.encoding_page import EncodingPage
from bbsterm.tui.pages.help_page import HelpPage
from bbsterm.tui.pages.import_page import ImportPage
from bbsterm.tui.pages.pictures_page import PicturesPage
from bbsterm.tui.pages.value_page import ChoicePage, ValuePage
from bbsterm.tui.pictures import pictures
from tests.tui.scene import NOW, Window, fill, on_line


@pytest.fixture
def call(exchange, tmp_path, monkeypatch):
    """A call page that shows the menu at once."""
    monkeypatch.setattr(call_row, "MENU_DELAY", 0.001)
    return Window(CallPage(exchange.board(), tmp_path))


@pytest.fixture
def book(keeper, monkeypatch):
    """A book with a few boards and calls."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    fill(keeper.book)
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


async def test_the_next_try_is_counted_down(exchange, tmp_path, snapshot, page_text, wait_until):
    app = Window(CallPage(exchange.board(redial=5), tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        exchange.call.end("busy", BusyError("xibalba.example", 44510))
        await wait_until(pilot, lambda: "try 1 of 5" in page_text(app))
        assert re.sub(r"in \d+ s", "in N s", page_text(app)) == snapshot


async def test_two_calls(exchange, paths, snapshot, page_text, wait_until, monkeypatch):
    monkeypatch.setattr(
        boards, "board_of", lambda where, shown, settings, **told: exchange.board(shown.partition(":")[0])
    )
    app = BbstermApp((Address("xibalba"), CallSettings()), keeper=Keeper(paths))
    async with app.run_test(size=(80, 26)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        await on_line(pilot, exchange)
        await pilot.press("ctrl+right_square_bracket", "e")
        await wait_until(pilot, lambda: isinstance(app.screen, DialerPage))
        app.post_message(CallRequested(Address("level29")))
        await wait_until(pilot, lambda: len(exchange.calls) > 1)
        await on_line(pilot, exchange)
        exchange.calls[0].say(b"meanwhile\x07")
        await wait_until(pilot, lambda: "1 xibalba!" in page_text(app))
        assert page_text(app) == snapshot


async def test_what_probes_have_found(keeper, book, snapshot, page_text):
    xibalba, long, c64, *_rest = book.mine
    now = int(time.time())
    found = [
        (xibalba, Probe(now, up=True, tls=False, milliseconds=42.0, banner="Hello")),
        (xibalba, Probe(now, up=True, tls=False, milliseconds=42.0, banner="Welcome")),
        (long, Probe(now, up=True, tls=True, milliseconds=180.0)),
        (c64, Probe(now, up=False)),
    ]
    for entry, probe in found:
        book.log.record_probes([(entry.host, entry.port, probe)])
    app = Window(DialerPage(keeper, lambda: NOW))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert page_text(app) == snapshot


@pytest.mark.parametrize("key", ["s", "p"])
async def test_choices_of_the_dialer(key, keeper, book, snapshot, page_text):
    app = Window(DialerPage(keeper, lambda: NOW))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press({"s": "s", "p": "P"}[key])
        await pilot.pause()
        assert page_text(app) == snapshot


CHOICES = {
    "encoding": lambda: EncodingPage("cp437", None),
    "theme": lambda: ChoicePage("Theme", ("amber", "contrast", "green"), "green"),
    "picture": lambda: PicturesPage(pictures(create_terminal("atascii"))),
    "confirm": lambda: ConfirmPage("Open this link?", "https://bbs.example/door?id=1"),
    "value": lambda: ValuePage(find_setting("dial.timeout"), "10"),
    "mistake": lambda: ValuePage(find_setting("dial.timeout"), "soon"),
}


@pytest.mark.parametrize("name", CHOICES)
async def test_questions_and_choices(name, snapshot, page_text):
    app = Window(CHOICES[name]())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert page_text(app) == snapshot


async def test_the_doctor(paths, snapshot, page_text, monkeypatch):
    findings = [
        Finding("terminal", GOOD, "xterm-256color"),
        Finding("locale", BAD, "C", "Set LANG to one with UTF-8."),
    ]
    monkeypatch.setattr(doctor_page, "examine", lambda **told: findings)
    app = Window(doctor_page.DoctorPage(paths))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert page_text(app) == snapshot
