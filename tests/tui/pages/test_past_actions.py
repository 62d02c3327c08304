from __future__ import annotations

import pytest
from textual import events
from textual.app import App

from bbsterm.net.address import Address
from bbsterm.screen import create_terminal
from bbsterm.tui.messages import CallRequested
from bbsterm.tui.pages import call_page, past_actions
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.choice_page import ChoicePage
from bbsterm.tui.pages.confirm_page import ConfirmPage
from bbsterm.tui.widgets import call_bar
from bbsterm.tui.widgets.scrollback_pane import ScrollbackPane
from bbsterm.tui.widgets.terminal_view import TerminalView

PREFIX = "ctrl+right_square_bracket"


class Window(App[None], inherit_bindings=False):
    CSS_PATH = "../../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, board, folder) -> None:
        super().__init__()
        self._page = CallPage(board, folder)
        self.asked: list[object] = []

    def on_mount(self) -> None:
        self.push_screen(self._page)

    def on_call_requested(self, message: CallRequested) -> None:
        self.asked.append(message.target)

    @property
    def pane(self) -> ScrollbackPane:
        return self._page.query_one(ScrollbackPane)


@pytest.fixture
def window(exchange, tmp_path, monkeypatch) -> Window:
    monkeypatch.setattr(call_bar, "OVERLAY_SECONDS", 0.05)  # the row that passes does not stay for long
    return Window(exchange.board(), tmp_path / "captures")


STORY = b"".join(b"\x1b[3%dmline %d \xb0\xb1\xb2\r\n" % (1 + n % 7, n) for n in range(100)) + b"Command: "


async def looking_back(pilot, exchange, *, data: bytes = STORY) -> None:
    await pilot.pause()
    exchange.call.answer()
    exchange.call.say(data)
    await pilot.pause()
    await pilot.press(PREFIX, "b")
    await pilot.pause()
    await pilot.pause()


def messages(app: App[None]) -> list[str]:
    return [notification.message for notification in app._notifications]


async def test_the_past_is_above_and_the_board_goes_on_below(window, exchange, page_text, snapshot):
    async with window.run_test(size=(80, 24)) as pilot:
        await looking_back(pilot, exchange)
        assert page_text(window) == snapshot

        exchange.call.say(b"\r\nstill here")
        await pilot.pause()
        assert page_text(window).splitlines()[-1].startswith("still here")
        assert exchange.call.keys == []


async def test_keys_typed_while_the_past_opens_are_for_the_past(window, exchange, wait_until):
    async with window.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        exchange.call.answer()
        exchange.call.say(STORY)
        await pilot.pause()

        for key, character in ((PREFIX, "\x1d"), ("b", "b"), ("slash", "/")):
            window.post_message(events.Key(key, character))
        await wait_until(pilot, lambda: getattr(window.focused, "id", None) == "find-past")

        assert exchange.call.pressed == []


async def test_keys_after_a_past_that_does_not_open_are_the_boards(window, exchange, monkeypatch, wait_until):
    monkeypatch.setattr(call_page, "AWAY_SECONDS", 0.01)
    monkeypatch.setattr(call_page.CallPage, "action_scrollback", lambda _page: None)
    async with window.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        exchange.call.answer()
        await pilot.pause()

        for key, character in ((PREFIX, "\x1d"), ("b", "b"), ("x", "x")):
            window.post_message(events.Key(key, character))

        await wait_until(pilot, lambda: exchange.call.pressed == [("x", "x")])


async def test_keys_move_and_esc_gives_all_rows_back_to_the_board(window, exchange, page_text, wait_until):
    async with window.run_test(size=(80, 24)) as pilot:
        await looking_back(pilot, exchange)
        view = window.pane.view
        top = view.top

        await pilot.press("up")
        assert view.top == top - 1
        await pilot.press("pagedown", "pageup", "pageup")
        assert view.top == view.past.end - view.size.height - 2 * (view.size.height - 1)
        await pilot.press("home")
        await wait_until(pilot, lambda: page_text(window).startswith("line 0 ░▒▓"))
        await pilot.press("end")
        assert view.bottom == view.past.end
        await pilot._post_mouse_events([events.MouseScrollUp], widget=view, offset=(2, 2))
        assert view.bottom == view.past.end - 3

        await pilot.press("escape")
        await wait_until(pilot, lambda: page_text(window).startswith("line 77"))
        assert page_text(window).splitlines()[-1].startswith("Command:")
        await pilot.press("x")
        assert exchange.call.keys == ["x"]


async def test_the_wheel_over_the_board_opens_it(window, exchange, wait_until):
    async with window.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        exchange.call.answer()
        exchange.call.say(STORY)
        view = window.screen.query_one(TerminalView)
        await pilot._post_mouse_events([events.MouseScrollUp], widget=view, offset=(2, 2))

        await wait_until(pilot, lambda: window.screen.query(ScrollbackPane))


async def test_searching_says_which_of_how_many(window, exchange, page_text, wait_until, snapshot):
    async with window.run_test(size=(80, 24)) as pilot:
        await looking_back(pilot, exchange)
        await pilot.press("slash", *"LINE 3")
        await wait_until(pilot, lambda: "11 of 11" in page_text(window))
        assert window.pane.view.match.line == 39

        await pilot.press("enter", "p")
        await wait_until(pilot, lambda: "10 of 11" in page_text(window))
        await pilot.press("n", "n")
        await wait_until(pilot, lambda: "1 of 11" in page_text(window))
        assert "line 3 " in page_text(window)
        assert page_text(window) == snapshot

        styles = {
            segment.style.bgcolor.name
            for segment in window.pane.view.render_line(3 - window.pane.view.top)
            if segment.text.lower() == "line 3"
        }
        assert styles == {"#ffffff"}


async def test_one_key_after_the_prefix_searches(window, exchange, page_text, wait_until):
    async with window.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        exchange.call.answer()
        exchange.call.say(STORY)
        await pilot.press(PREFIX, "slash")
        await wait_until(pilot, lambda: window.focused is not None and window.focused.id == "find-past")
        await pilot.press(*"line 42")

        await wait_until(pilot, lambda: "1 of 1" in page_text(window))


async def test_a_regular_expression_and_one_that_is_none(window, exchange, page_text, wait_until):
    async with window.run_test(size=(80, 24)) as pilot:
        await looking_back(pilot, exchange)
        await pilot.press("slash", "ctrl+r", *"line [0-9]5")
        await wait_until(pilot, lambda: "9 of 9" in page_text(window))

        await pilot.press(*"(")
        await wait_until(pilot, lambda: "regex: missing )" in page_text(window))

        await pilot.press("escape", "escape")
        await pilot.pause()
        assert window.pane.view.search is None


async def test_new_lines_are_counted_until_they_are_seen(window, exchange, page_text, wait_until):
    async with window.run_test(size=(80, 26)) as pilot:
        await looking_back(pilot, exchange)
        await pilot.press("home")
        exchange.call.say(b"\r\n" * 30)
        await wait_until(pilot, lambda: "new" in page_text(window))
        unread = window.pane.view.past.screen - 93  # up to there everything was in sight
        assert f"+{unread} new" in page_text(window)

        await pilot.press("end")
        await wait_until(pilot, lambda: "new" not in page_text(window).splitlines()[-10])


async def test_marking_with_the_keyboard(window, exchange):
    async with window.run_test(size=(80, 24)) as pilot:
        await looking_back(pilot, exchange)
        await pilot.press("home", "v", *["right"] * 5, "down", "y")
        await pilot.pause()
        assert window.clipboard == "line 0 ░▒▓\nline 1"
        assert window.pane.view.mark is None

        await pilot.press("shift+right", "shift+right", "enter")
        await pilot.pause()
        assert window.clipboard == "lin"

        await pilot.press("V", "a")
        await pilot.pause()
        assert window.clipboard.startswith("\x1b[0;38;2;168;0;0;48;2;0;0;0mline 0 ░▒▓")
        assert "as ANSI" in messages(window)[-1]

        await pilot.press("v", "r", *["right"] * 3, "down", "down", "y")
        await pilot.pause()
        assert window.clipboard == "line\nline\nline"


async def test_saving_everything_or_what_is_marked(window, exchange, tmp_path, wait_until, monkeypatch):
    monkeypatch.setattr(past_actions, "_SLICE", 10)
    async with window.run_test(size=(80, 24)) as pilot:
        await looking_back(pilot, exchange)
        await pilot.press("s")
        await pilot.pause()
        await pilot.press("enter")
        await wait_until(pilot, lambda: any("Saved" in text for text in messages(window)))
        saved = next((tmp_path / "captures").iterdir())
        assert saved.name.endswith(".log.txt")
        assert saved.read_text().splitlines()[::50] == ["line 0 ░▒▓", "line 50 ░▒▓", "Command:"]

        await pilot.press("home", "v", "down", "s")
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        await wait_until(pilot, lambda: list((tmp_path / "captures").glob("*.html")))
        html = next((tmp_path / "captures").glob("*.html"))
        await wait_until(pilot, lambda: html.read_text().endswith("</html>\n"))
        assert "line 0" in html.read_text()
        assert "line 2" not in html.read_text()


async def test_tab_types_to_the_board_meanwhile(window, exchange, page_text, wait_until):
    async with window.run_test(size=(80, 24)) as pilot:
        await looking_back(pilot, exchange)
        await pilot.press("tab", "n", "enter")
        assert exchange.call.keys == ["n", "enter"]

        await pilot.press(PREFIX, "b", "home")
        await wait_until(pilot, lambda: page_text(window).startswith("line 0 ░▒▓"))

        await pilot.press(PREFIX, "h")  # the menu works from there too
        await pilot.pause()
        assert exchange.call.hung_up == 1


async def test_keys_in_one_go_with_the_menu_key_are_the_call_s_too(window, exchange, page_text, wait_until):
    async with window.run_test(size=(80, 24)) as pilot:
        await looking_back(pilot, exchange)
        window.post_message(events.Key(PREFIX, "\x1d"))  # as two keys of one packet come
        window.post_message(events.Key("t", "t"))

        await wait_until(pilot, lambda: window.screen._status_row is False)
        assert (
            page_text(window).splitlines()[-1].startswith("Command:")
        )  # the row stands at the top meanwhile


async def test_the_past_survives_a_redial(window, exchange, page_text, wait_until):
    async with window.run_test(size=(80, 24)) as pilot:
        await looking_back(pilot, exchange)
        await pilot.press("escape")
        exchange.call.end("connection closed by host")
        await pilot.pause(0.8)
        await pilot.press("r")
        await pilot.pause()
        exchange.call.answer()
        exchange.call.say(b"second call")
        await pilot.pause()
        await pilot.press(PREFIX, "b")
        await pilot.pause()
        await pilot.press("home")
        await wait_until(pilot, lambda: page_text(window).startswith("line 0 ░▒▓"))

        assert len(exchange.calls) == 2


async def test_another_terminal_has_its_own_past(window, exchange, page_text, wait_until):
    async with window.run_test(size=(80, 24)) as pilot:
        await looking_back(pilot, exchange)
        exchange.call.set_encoding("latin-1")
        await pilot.pause()
        await pilot.press("home")
        await wait_until(pilot, lambda: page_text(window).startswith("line 0 °±²"))

        assert window.pane.view.terminal is exchange.call.terminal


async def test_an_empty_past_is_no_trouble(window, exchange, page_text):
    async with window.run_test(size=(80, 24)) as pilot:
        await looking_back(pilot, exchange, data=b"")
        await pilot.press("up", "pagedown", "end", "home", "n", "y", "slash", "x", "enter", "v", "y")
        await pilot.pause()

        assert window._exception is None


async def test_a_link_is_opened_only_after_it_was_shown(window, exchange, page_text, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr("bbsterm.tui.desktop.open_link", lambda target: bool(opened.append(target)) or True)
    async with window.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        exchange.call.answer()
        exchange.call.say(b"https://bbs.example/[bold] and telnet://other.example:2323\r\n")
        await pilot.pause()
        await pilot.press(PREFIX, "y")
        await pilot.pause()
        assert isinstance(window.screen, ChoicePage)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(window.screen, ConfirmPage)
        assert "https://bbs.example/[bold]" in page_text(window)
        await pilot.press("escape")
        assert opened == []

        view = window.screen.query_one(TerminalView)
        await pilot.mouse_down(view, offset=(3, 0), control=True)
        await pilot.pause()
        await pilot.press("enter")
        assert opened == ["https://bbs.example/[bold]"]

        await pilot.mouse_down(view, offset=(40, 0), control=True)
        await pilot.pause()
        assert "Dial this board?" in page_text(window)
        await pilot.press("enter")
        await pilot.pause()
        assert window.asked == [Address("other.example", 2323)]


async def test_a_link_that_is_pointed_at_stands_in_the_status_row(window, exchange, page_text, wait_until):
    async with window.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        exchange.call.answer()
        exchange.call.say(b"https://bbs.example/")
        await pilot.pause()
        await pilot.hover(window.screen.query_one(TerminalView), offset=(3, 0))

        await wait_until(pilot, lambda: "^click https://bbs.example/" in page_text(window).splitlines()[-1])


async def test_the_mouse_goes_to_a_board_that_asks_and_can_be_taken_away(window, exchange, page_text):
    async with window.run_test(size=(80, 26)) as pilot:
        await pilot.pause()
        exchange.call.answer()
        exchange.call.say(b"\x1b[?1000;1006h")
        await pilot.pause()
        view = window.screen.query_one(TerminalView)
        await pilot.click(view, offset=(0, 0))
        assert exchange.call.sent == b"\x1b[<0;1;1M\x1b[<0;1;1m"

        await pilot.press(PREFIX, "o")
        await pilot.pause()
        await pilot.click(view, offset=(0, 0))
        assert exchange.call.sent == b"\x1b[<0;1;1M\x1b[<0;1;1m"
        assert "MOUSE OFF" in page_text(window).splitlines()[-1]

        await pilot.press(PREFIX, "o")
        await pilot.pause()
        assert "MOUSE OFF" not in page_text(window).splitlines()[-1]


async def test_the_past_stands_above_the_board_in_a_wide_window(window, exchange, page_text):
    async with window.run_test(size=(132, 50)) as pilot:
        await looking_back(pilot, exchange)
        await pilot.press("home")
        await pilot.pause()

        assert page_text(window).startswith(" " * 26 + "line 0 ░▒▓")


async def test_a_home_computer_s_past_is_as_wide_as_its_screen(window, exchange, page_text):
    async with window.run_test(size=(80, 26)) as pilot:
        await pilot.pause()
        exchange.call.terminal = create_terminal("petscii")
        exchange.call.answer()
        exchange.call.set_encoding("petscii")
        exchange.call.say(b"HELLO\r" * 60)
        await pilot.pause()
        await pilot.press(PREFIX, "b")
        await pilot.pause()
        await pilot.press("home", "v", *["right"] * 4, "y")
        await pilot.pause()

        assert page_text(window).startswith("ｈｅｌｌｏ")
        assert window.clipboard == "hello"


async def test_a_page_in_front_of_a_call_has_the_mouse(window, exchange, monkeypatch):
    told: list[bool] = []
    monkeypatch.setattr("bbsterm.tui.pages.copy_actions.open_gate", lambda driver, *, ours: told.append(ours))
    async with window.run_test(size=(80, 26)) as pilot:
        await pilot.pause()
        exchange.call.answer()
        await pilot.press(PREFIX, "o")
        await pilot.pause()
        await pilot.press(PREFIX, "question_mark")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert told == [False, True, False]
