from __future__ import annotations

import pytest
from textual.app import App
from textual.widgets import OptionList

from bbsterm.screen import create_terminal
from bbsterm.screen.detect import Verdict
from bbsterm.session.events import StatusChanged, TerminalReplaced
from bbsterm.tui.marking import Mark
from bbsterm.tui.pages import call_row
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.encoding_page import EncodingPage, evidence
from bbsterm.tui.pages.help_page import HelpPage
from bbsterm.tui.pages.pictures_page import PicturesPage
from bbsterm.tui.pages.retro_actions import lacks
from bbsterm.tui.widgets.terminal_view import TerminalView

PREFIX = "ctrl+right_square_bracket"


class Window(App[None], inherit_bindings=False):
    CSS_PATH = "../../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, board, folder) -> None:
        super().__init__()
        self._board = board
        self._folder = folder

    def on_mount(self) -> None:
        self.push_screen(CallPage(self._board, self._folder))


@pytest.fixture
def window(exchange, tmp_path, monkeypatch):
    monkeypatch.setattr(call_row, "MENU_DELAY", 0.01)
    return Window(exchange.board(), tmp_path)


async def online(pilot, exchange, terminal=None) -> None:
    await pilot.pause()
    if terminal is not None:
        exchange.call.terminal = terminal
        exchange.call.tell(TerminalReplaced())
    exchange.call.answer()
    await pilot.pause()


async def test_cycling_reads_the_screen_anew(window, exchange, page_text):
    async with window.run_test(size=(80, 28)) as pilot:
        await online(pilot, exchange)
        exchange.call.say("ø".encode())
        await pilot.pause()
        assert page_text(window).splitlines()[1].startswith("├╕")

        await pilot.press(PREFIX, "n")
        await pilot.pause()

        assert page_text(window).splitlines()[1].startswith("ø")
        assert "utf-8" in page_text(window)


async def test_an_encoding_is_picked_from_the_list(window, exchange, page_text):
    async with window.run_test(size=(80, 25)) as pilot:
        await online(pilot, exchange)
        exchange.call.verdict = Verdict("cp866", 0.7, "Cyrillic words of CP866")

        await pilot.press(PREFIX, "i")
        await pilot.pause()
        assert isinstance(window.screen, EncodingPage)
        assert "detected 70%: Cyrillic words of CP866" in page_text(window)
        assert window.screen.query_one(OptionList).highlighted == 0
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()

        assert exchange.call.kind == "petscii"
        assert exchange.call.terminal.name == "petscii"
        assert "40x25" in page_text(window)


async def test_the_list_can_be_left_as_it_came(window, exchange):
    async with window.run_test(size=(80, 24)) as pilot:
        await online(pilot, exchange)
        before = exchange.call.terminal
        await pilot.press(PREFIX, "i", "down", "escape")
        await pilot.pause()

        assert exchange.call.terminal is before


async def test_the_status_says_how_sure_it_is(window, exchange, page_text):
    async with window.run_test(size=(120, 30)) as pilot:
        await online(pilot, exchange)
        exchange.call.verdict = Verdict("latin-1", 0.65, "accented letters of Latin-1")
        exchange.call.tell(StatusChanged())
        await pilot.pause()

        assert "cp437 latin-1? 65%" in page_text(window)


@pytest.mark.parametrize(
    ("encoding", "verdict", "said"),
    [
        ("cp437", None, ""),
        ("cp437", Verdict("cp437", 0.1, "plain ASCII so far"), ""),
        ("latin-1", Verdict("iso8859-1", 0.95, "font 24"), "95%"),
        ("cp437", Verdict("utf-8", 0.5, ""), "utf-8? 50%"),
    ],
)
def test_evidence(encoding, verdict, said):
    assert evidence(encoding, verdict) == said


async def test_forty_columns_are_doubled_where_there_is_room(window, exchange, page_text):
    async with window.run_test(size=(80, 26)) as pilot:
        await online(pilot, exchange, create_terminal("petscii"))
        exchange.call.say(b"HELLO\x12 \x92!")
        await pilot.pause()
        view = window.screen.query_one(TerminalView)
        assert page_text(window).splitlines()[0] == "ｈｅｌｌｏ  ！"
        assert view.size == (80, 25)

        await pilot.press(PREFIX, "w")
        await pilot.pause()
        assert page_text(window).splitlines()[0] == " " * 20 + "hello !"
        assert view.size == (40, 25)

        await pilot.press(PREFIX, "w")
        await pilot.pause()
        assert page_text(window).splitlines()[0] == "ｈｅｌｌｏ  ！"


async def test_forty_columns_stand_as_they_are_where_there_is_none(window, exchange, page_text):
    async with window.run_test(size=(60, 26)) as pilot:
        await online(pilot, exchange, create_terminal("petscii"))
        exchange.call.say(b"HELLO")
        await pilot.pause()
        assert page_text(window).splitlines()[0] == " " * 10 + "hello"

        await pilot.resize_terminal(90, 26)
        await pilot.pause()
        assert page_text(window).splitlines()[0] == " " * 5 + "ｈｅｌｌｏ"


async def test_a_doubled_cursor_and_a_doubled_selection(window, exchange):
    async with window.run_test(size=(80, 26)) as pilot:
        await online(pilot, exchange, create_terminal("petscii"))
        exchange.call.say(b"HELLO WORLD\r\x05")
        await pilot.pause()
        view = window.screen.query_one(TerminalView)
        assert window.cursor_position.y == 1

        view.set_mark(Mark(view.spot_at(12, 0), view.spot_at(21, 0)))
        await pilot.pause()

        assert [line.text() for line in view.marked_lines()] == ["world"]
        assert "ｗｏｒｌｄ" in [segment.text for segment in view.render_line(0)]


async def test_an_80_column_machine_is_never_doubled_by_itself(window, exchange):
    async with window.run_test(size=(200, 40)) as pilot:
        await online(pilot, exchange, create_terminal("petscii80"))

        assert window.screen.query_one(TerminalView).size == (80, 25)


async def test_a_colour_is_sent_by_its_name(window, exchange, page_text):
    async with window.run_test(size=(80, 25)) as pilot:
        await online(pilot, exchange, create_terminal("petscii"))

        await pilot.press(PREFIX, "g")
        await pilot.pause()
        assert isinstance(window.screen, PicturesPage)
        await pilot.press(*"purple")
        await pilot.pause()
        assert "colour purple" in page_text(window)
        await pilot.press("enter")
        await pilot.pause()

        assert exchange.call.sent == b"\x9c"


async def test_the_list_is_walked_while_the_typing_goes_on(window, exchange):
    async with window.run_test(size=(80, 25)) as pilot:
        await online(pilot, exchange, create_terminal("petscii"))
        await pilot.press(PREFIX, "g")
        await pilot.pause()
        await pilot.press(*"light", "down", "enter")
        await pilot.pause()

        assert exchange.call.sent == b"\x99"  # light green, after light red


async def test_a_picture_of_a_code_page_is_typed(window, exchange):
    async with window.run_test(size=(80, 25)) as pilot:
        await online(pilot, exchange)
        await pilot.press(PREFIX, "g")
        await pilot.pause()
        await pilot.press(*"full", "enter")
        await pilot.pause()

        assert exchange.call.typed == ["█"]


async def test_utf8_needs_no_list(window, exchange):
    async with window.run_test(size=(80, 25)) as pilot:
        await online(pilot, exchange, create_terminal("utf8"))
        await pilot.press(PREFIX, "g")
        await pilot.pause()

        assert isinstance(window.screen, CallPage)


async def test_help_shows_the_machine_s_keyboard(window, exchange, page_text):
    async with window.run_test(size=(100, 60)) as pilot:
        await online(pilot, exchange, create_terminal("atascii"))
        await pilot.press(PREFIX, "f1")
        await pilot.pause()

        assert isinstance(window.screen, HelpPage)
        assert "Atari 800" in page_text(window)
        assert "│RET│" in page_text(window)


async def test_glyphs_are_drawn_as_the_host_can(window, exchange, page_text):
    window.glyphs = "ascii"
    async with window.run_test(size=(80, 28)) as pilot:
        await online(pilot, exchange)
        exchange.call.say(b"\xc9\xcd\xbb \xdb")
        await pilot.pause()

        assert page_text(window).splitlines()[1] == "+=+ #"


async def test_a_modem_s_speed_is_chosen_in_a_call(window, exchange, page_text):
    async with window.run_test(size=(80, 28)) as pilot:
        await online(pilot, exchange)
        await pilot.press(PREFIX, "v")
        await pilot.pause()
        assert "2400 bits/s   a screen in 8 seconds" in page_text(window)
        await pilot.press("2", "enter")
        await pilot.pause()
        assert exchange.call.baud == 2400

        exchange.call.set_speed = lambda baud: None  # what a call does where nothing moves
        await pilot.press(PREFIX, "v", "a", "enter")
        await pilot.pause()
        assert any("app.motion is off" in toast.message for toast in window._notifications)


@pytest.mark.parametrize(
    ("kind", "text", "lacking"),
    [
        ("ansi", "caf\u00e9?\n\t", False),
        ("ansi", "5 \u20ac", True),
        ("utf8", "5 \u20ac", False),
        ("petscii", "hello", False),
        ("petscii", "{", True),
        ("atascii", "\u20ac", True),
    ],
)
def test_a_character_that_would_be_a_question_mark_is_lacking(kind, text, lacking):
    assert lacks(create_terminal(kind), text) is lacking
