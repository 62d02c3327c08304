from __future__ import annotations

import json

import pytest
from textual.app import App

from bbsterm.errors import BusyError, UnknownHostError
from bbsterm.screen.terminal import ModesChanged
from bbsterm.session import redial
from bbsterm.session.events import ScreenNotice, TerminalReplaced, Trying, Vital, VitalsChanged
from bbsterm.tui.pages import call_page, call_row
from bbsterm.tui.pages.call_page import CallPage

PREFIX = "ctrl+right_square_bracket"
BUSY = BusyError("xibalba.example", 44510)


class Window(App[None], inherit_bindings=False):
    CSS_PATH = "../../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, board, folder) -> None:
        super().__init__()
        self.page = CallPage(board, folder)

    def on_mount(self) -> None:
        self.push_screen(self.page)


@pytest.fixture
def window(exchange, tmp_path, monkeypatch):
    monkeypatch.setattr(call_row, "MENU_DELAY", 0.01)
    monkeypatch.setattr(call_page, "DEAF_SECONDS", 0.01)
    return lambda **told: Window(exchange.board(**told), tmp_path / "captures")


async def test_a_busy_board_is_dialled_again_as_often_as_its_entry_says(
    window, exchange, wait_until, page_text, monkeypatch
):
    monkeypatch.setattr(redial, "FIRST_WAIT", 0.0)
    app = window(redial=2)
    async with app.run_test(size=(80, 24)) as pilot:
        for number in (1, 2, 3):
            await wait_until(pilot, lambda number=number: len(exchange.calls) == number)
            exchange.call.end("busy", BUSY)
        await wait_until(pilot, lambda: "r Redial" in page_text(app))

        assert len(exchange.calls) == 3
        assert "BUSY" in page_text(app)


async def test_a_key_ends_the_wait(window, exchange, wait_until, page_text):
    app = window(redial=5)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        exchange.call.end("busy", BUSY)
        await wait_until(pilot, lambda: "try 1 of 5. Any key stops." in page_text(app))
        await pilot.press("space")
        await wait_until(pilot, lambda: "r Redial" in page_text(app))

        assert "Any key stops" not in page_text(app)
        assert len(exchange.calls) == 1


async def test_a_name_that_does_not_exist_is_not_tried_again(window, exchange, wait_until, page_text):
    app = window(redial=5)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        exchange.call.end("no", UnknownHostError("xibalba.example", 44510))
        await wait_until(pilot, lambda: "r Redial" in page_text(app))


async def test_capital_r_dials_until_somebody_answers(window, exchange, wait_until, page_text):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        exchange.call.end("busy", BUSY)
        await wait_until(pilot, lambda: "r Redial" in page_text(app))
        await pilot.press("R")
        await wait_until(pilot, lambda: len(exchange.calls) == 2)
        exchange.call.end("busy", BUSY)
        await wait_until(pilot, lambda: "try 1 of 99" in page_text(app))


async def test_the_addresses_that_are_tried_are_said(window, exchange, wait_until, page_text):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        for where in ("2001:db8::7", "192.0.2.7"):
            exchange.call.tell(Trying(where))
        await pilot.pause()

        assert "no answer from 2001:db8::7" in page_text(app)
        assert "trying 192.0.2.7" in page_text(app)


async def test_captures_and_recordings_say_so_and_end(window, exchange, wait_until, page_text, tmp_path):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        exchange.call.answer()
        await pilot.press(PREFIX, "c", "t", PREFIX, "r")
        await wait_until(pilot, lambda: "LOG  REC" in page_text(app))
        exchange.call.say(b"\x1b[1mHello\r\n")
        await pilot.press(PREFIX, "c", PREFIX, "r")
        await wait_until(pilot, lambda: "LOG" not in page_text(app) and "REC" not in page_text(app))

    text, cast = sorted((tmp_path / "captures").iterdir(), key=lambda path: path.suffix, reverse=True)
    assert text.read_text() == "Hello\n"
    assert json.loads(cast.read_text().splitlines()[1])[1:] == ["o", "\x1b[1mHello\r\n"]


async def test_tunes_are_a_note_where_they_are_wanted(window, exchange, wait_until, page_text):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        exchange.call.answer()
        exchange.call.say(b"\x1b[|MFT120L4CDE\x0e")
        await pilot.pause()
        assert "♪" not in page_text(app)

        await pilot.press(PREFIX, "m")
        exchange.call.say(b"\x1b[|MFT120L4CDE\x0e")
        await wait_until(pilot, lambda: "♪" in page_text(app))


async def test_in_doorway_mode_alt_is_the_board_s(window, exchange, wait_until):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        exchange.call.answer()
        exchange.call.say(b"\x1b[=255h")
        exchange.call.tell(ScreenNotice(ModesChanged()))
        await pilot.press("alt+h")
        await pilot.pause()

        assert exchange.call.keys == ["alt+h"]
        assert exchange.call.hung_up == 0


async def test_the_row_says_what_goes_on(window, exchange, wait_until, page_text):
    app = window()
    async with app.run_test(size=(132, 50)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        exchange.call.answer()
        await pilot.pause()
        exchange.call.baud, exchange.call.quiet_seconds = 2400, 130.0
        app.page.set_chip("MACRO", "2/5 waiting for login:")
        await pilot.pause()
        row = page_text(app).splitlines()[-1]
        assert all(said in row for said in ("MACRO", "2400 bd", "quiet"))

        exchange.call.unanswered = 2
        app.page.set_chip("MACRO", None)
        await pilot.pause()
        row = page_text(app).splitlines()[-1]
        assert "MACRO" not in row
        assert "no answer" in row
        exchange.call.stopped = True
        app.page.set_chip("MACRO", None)
        await pilot.pause()
        assert "STOPPED: Ctrl+Q" in page_text(app).splitlines()[-1]


@pytest.mark.parametrize(("columns", "said"), [(132, "HP 25/30 MP 12 MV 7/8"), (80, "HP 25/30"), (40, "")])
async def test_the_row_says_how_a_character_fares(window, exchange, wait_until, page_text, columns, said):
    app = window()
    async with app.run_test(size=(columns, 26)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        exchange.call.answer()
        exchange.call.tell(VitalsChanged((Vital("HP", 25, 30), Vital("MP", 12), Vital("MV", 7, 8))))
        await pilot.pause()
        row = page_text(app).splitlines()[-1]
        assert said in row
        assert said or "HP" not in row

        exchange.call.tell(VitalsChanged((Vital("HP", 24),)))
        await pilot.pause()
        assert ("HP 24 " in page_text(app).splitlines()[-1]) is bool(said)


async def test_a_machine_that_is_announced_is_said(window, exchange, wait_until):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        exchange.call.answer()
        exchange.call.tell(TerminalReplaced("PETSCII"))
        await wait_until(pilot, lambda: any("PETSCII" in n.message for n in app._notifications))
