from __future__ import annotations

from dataclasses import replace

import pytest
from textual import events
from textual.app import App

from bbsterm.errors import BusyError, ChangedCertificateError, NoCarrierError, UnknownCertificateError
from bbsterm.tui.geometry import FIT, Extent, Fixed
from bbsterm.tui.messages import CallResult
from bbsterm.tui.pages import call_page, call_row
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.confirm_page import ConfirmPage
from bbsterm.tui.pages.help_page import HelpPage
from bbsterm.tui.pages.menu_page import MenuPage
from bbsterm.tui.widgets.call_bar import CallBar

PREFIX = "ctrl+right_square_bracket"


class Window(App[None], inherit_bindings=False):
    """A call page in the application's stylesheet, and how it was left."""

    CSS_PATH = "../../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, board, folder) -> None:
        super().__init__()
        self._board = board
        self._folder = folder
        self.left: list[CallResult | None] = []
        self.directories = 0

    def on_mount(self) -> None:
        self.push_screen(CallPage(self._board, self._folder))

    def on_directory_requested(self) -> None:
        self.directories += 1

    def on_call_left(self, message) -> None:
        self.left.append(message.result)
        self.pop_screen()


@pytest.fixture
def window(exchange, tmp_path, monkeypatch):
    monkeypatch.setattr(call_row, "MENU_DELAY", 0.01)
    monkeypatch.setattr(call_page, "DEAF_SECONDS", 0.01)

    def make(**options) -> Window:
        return Window(exchange.board(**options), tmp_path / "captures")

    return make


def lines(app: Window) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def bottom(app: Window) -> str:
    return lines(app)[-1]


async def connected(pilot, exchange) -> None:
    await pilot.pause()
    exchange.call.answer()
    await pilot.pause()


# --- dialling -------------------------------------------------------------------------------


async def test_dialling_is_said_and_can_be_cancelled(window, exchange):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = "\n".join(lines(app))
        assert "DIALING xibalba.example:44510" in text
        assert "Esc cancels" in text

        await pilot.press("x", "escape")
        await pilot.pause()

        assert exchange.call.hung_up == 1
        assert exchange.call.pressed == []
        assert "CANCELLED" in "\n".join(lines(app))
        assert "r Redial" in bottom(app)


async def test_nobody_there_is_said_in_a_modem_s_words_and_plain_ones(window, exchange):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        exchange.call.end("busy", BusyError("xibalba.example", 44510))
        await pilot.pause()

        text = "\n".join(lines(app))
        assert "BUSY" in text
        assert "could not reach xibalba.example:44510: connection refused" in text
        assert "Nothing listens there right now." in text
        assert all(key in bottom(app) for key in ("r Redial", "d Directory", "q Quit"))

        await pilot.press("q")
        await pilot.pause()

    assert app.left == [CallResult(True, app.left[0].error)]
    assert isinstance(app.left[0].error, BusyError)


@pytest.mark.parametrize(("key", "trusted"), [("enter", True), ("escape", False)])
async def test_a_certificate_of_nobody_s_is_shown_and_trusted_once(window, exchange, key, trusted):
    shown = []
    error = UnknownCertificateError(
        "bbs.example.org", 992, "the certificate is self-signed", key="ab" * 32, lines=("For:    The Attic",)
    )
    app = window()
    app._board = replace(app._board, trust=shown.append)
    async with app.run_test(size=(80, 24)) as pilot:
        exchange.call.end("the certificate is self-signed", error)
        await pilot.pause()
        assert isinstance(app.screen, ConfirmPage)
        assert any("The Attic" in line for line in lines(app))

        await pilot.press(key)
        await pilot.pause()

        assert shown == ([error] if trusted else [])
        assert len(exchange.calls) == (2 if trusted else 1)


async def test_a_changed_certificate_is_refused_without_a_question(window, exchange):
    error = ChangedCertificateError(
        "bbs.example.org", 992, key="cd" * 32, pinned="ab" * 32, lines=("For:    The Attic",)
    )
    app = window()
    app._board = replace(app._board, trust=lambda error: pytest.fail("nobody was asked"))
    async with app.run_test(size=(120, 40)) as pilot:
        exchange.call.end("changed", error)
        await pilot.pause()
        said = "\n".join(lines(app))
        assert "HAS CHANGED" in said
        assert "ab" * 32 in said
        edges = {
            line.index(word) for line in lines(app) for word in ("What it", "For:", "--tls-") if word in line
        }
        assert len(edges) == 1  # a table, not a poem
        assert not isinstance(app.screen, ConfirmPage)


async def test_the_row_says_how_the_line_is_encrypted(window, exchange):
    app = window()
    async with app.run_test(size=(160, 30)) as pilot:
        exchange.call.encryption = ("TLS 1.3 AES_256_GCM_SHA384", "TLS 1.3")
        exchange.call.answer()
        await pilot.pause()
        assert "TLS 1.3 AES_256_GCM_SHA384" in bottom(app)


async def test_the_board_gets_the_rows_of_the_table(window, exchange):
    for size, screen in (
        ((80, 24), (80, 24)),
        ((80, 25), (80, 24)),
        ((80, 26), (80, 25)),
        ((120, 40), (80, 25)),
    ):
        app = window()
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert exchange.call.plan.screen == screen


# --- on line ----------------------------------------------------------------------------------


async def test_every_key_reaches_the_board(window, exchange):
    keys = [
        "a",
        "tab",
        "shift+tab",
        "ctrl+c",
        "ctrl+q",
        "ctrl+p",
        "escape",
        "up",
        "pageup",
        "f1",
        "f12",
        "enter",
    ]
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange)
        await pilot.press(*keys)

        assert exchange.call.keys == keys
        assert exchange.call.pressed[0] == ("a", "a")


async def test_the_board_s_screen_stands_and_the_status_row_below(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        exchange.call.seconds = 761
        exchange.call.say(b"\x1b[44mWelcome\x1b[25;1HCommand: ")
        await pilot.pause()

        assert lines(app)[0] == "Welcome"
        assert lines(app)[24] == "Command:"
        assert bottom(app).startswith(" = Menu ^]  Xibalba")
        assert bottom(app).endswith("TELNET  cp437  80x25  o online")


async def test_small_boards_stand_in_the_middle(window, exchange):
    app = window(wish=Fixed(Extent(40, 25)))
    async with app.run_test(size=(80, 28)) as pilot:
        await connected(pilot, exchange)
        exchange.call.say(b"Hi")
        await pilot.pause()

        assert lines(app)[1] == " " * 20 + "Hi"


async def test_on_24_rows_the_status_covers_the_board_only_for_a_moment(window, exchange):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange)
        exchange.call.say(b"\x1b[24;1Hthe last row\x1b[H")
        await pilot.pause()
        assert "o online" in bottom(app)

        app.screen.query_one(CallBar).fade()  # three seconds later
        await pilot.pause()
        assert bottom(app) == "the last row".ljust(79) + "·"


async def test_25_rows_on_24_are_seen_through_a_window(window, exchange):
    app = window(wish=Fixed(Extent(80, 25)))
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange)
        assert exchange.call.plan.reported == (80, 25)
        exchange.call.say(b"first\x1b[25;1Hlast")
        await pilot.pause()
        assert lines(app)[0].endswith("o online")  # it gets out of the way of the last row
        app.screen.query_one(CallBar).fade()
        await pilot.pause()
        assert lines(app)[0].endswith("^")

        await pilot.press(PREFIX, "up")
        await pilot.pause()
        assert lines(app)[0] == "first"
        assert exchange.call.pressed == []


async def test_putting_the_status_row_away_gives_a_25th_row_back(window, exchange):
    app = window()
    async with app.run_test(size=(80, 25)) as pilot:
        await connected(pilot, exchange)
        await pilot.press(PREFIX, "t")
        await pilot.pause()
        assert exchange.call.sizes == [(80, 25)]

        await pilot.press(PREFIX, "t")
        await pilot.pause()
        assert exchange.call.sizes == [(80, 25), (80, 24)]


async def test_a_resize_is_told_only_to_boards_that_fit_the_window(window, exchange):
    for wish, sizes in ((FIT, [(100, 29)]), (Fixed(Extent(80, 25)), [])):
        app = window(wish=wish)
        async with app.run_test(size=(80, 25)) as pilot:
            await connected(pilot, exchange)
            await pilot.resize_terminal(100, 30)
            await pilot.pause()

            assert exchange.call.sizes[-1:] == sizes


async def test_a_window_too_small_for_any_board_is_said_once(window, exchange):
    app = window()
    async with app.run_test(size=(60, 20)) as pilot:
        await connected(pilot, exchange)
        await pilot.pause()

        assert [n.message for n in app._notifications] == [
            "This window is smaller than 80x24: it follows the cursor."
        ]


async def test_bells_ring_twice_a_second_at_most(window, exchange, monkeypatch):
    rung = []
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange)
        monkeypatch.setattr(app, "bell", lambda: rung.append(1))
        exchange.call.say(b"\x07" * 500)

    assert len(rung) == 1


async def test_a_title_is_shown_in_our_row_and_nowhere_else(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        exchange.call.say(b"\x1b]2;[red]Evil[/red] title\x07")
        await pilot.pause()

        assert "[red]Evil[/red] title" in bottom(app)
        assert app.title == "Window"


# --- the menu -----------------------------------------------------------------------------------


async def test_the_menu_shows_its_keys_if_nobody_types_them(window, exchange, wait_until):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        await pilot.press(PREFIX)
        await wait_until(pilot, lambda: "h Hang up" in bottom(app))

        await pilot.press("escape")
        await pilot.pause()
        assert "o online" in bottom(app)
        assert exchange.call.pressed == []


async def test_twice_sends_the_key_itself(window, exchange):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange)
        await pilot.press(PREFIX, PREFIX)
        await pilot.pause()

        assert exchange.call.pressed == [("ctrl+right_square_bracket", "\x1d")]


async def test_hanging_up_keeps_the_last_screen(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        exchange.call.say(b"Welcome")
        exchange.call.seconds = 61.0
        await pilot.press(PREFIX, "h")
        await pilot.pause()

        assert lines(app)[0] == "Welcome"
        assert bottom(app).startswith(" Hung up after 1:01.")
        assert app.left == []


async def test_the_mouse_opens_the_menu_too(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        await pilot.click("#bar", offset=(3, 0))
        await pilot.pause()
        assert "h Hang up" in bottom(app)

        await pilot.click("#bar", offset=(bottom(app).index("h Hang") + 2, 0))
        await pilot.pause()
        assert exchange.call.hung_up == 1


async def test_to_the_dialer_while_the_call_goes_on(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        await pilot.press(PREFIX, "e")
        await pilot.pause()

        assert app.directories == 1
        assert exchange.call.hung_up == 0


async def test_to_the_dialer_after_the_call(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        await pilot.press(PREFIX, "h", PREFIX, "e")
        await pilot.pause()

    assert app.left == [CallResult(leave=False, error=None)]
    assert app.directories == 0


async def test_leaving_while_on_line_is_asked_about_once(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        exchange.call.seconds = 5.0
        await pilot.press(PREFIX, "x")
        await pilot.pause()
        assert "1 call is open. Quit?  y Yes  n No" in bottom(app)
        await pilot.press("n")
        await pilot.pause()
        assert exchange.call.hung_up == 0

        await pilot.press(PREFIX, "x", "y")
        await pilot.pause()

    assert exchange.call.hung_up >= 1
    assert app.left == [CallResult(leave=True, error=None)]


async def test_syncterm_s_alt_letters(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        await pilot.press("alt+a", "alt+h")
        await pilot.pause()

        assert exchange.call.keys == ["alt+a"]
        assert exchange.call.hung_up == 1


async def test_alt_letters_can_be_the_board_s(window, exchange):
    app = window(alt_keys=False)
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        await pilot.press("alt+h", "alt+z")

        assert exchange.call.keys == ["alt+h", "alt+z"]


async def test_the_whole_menu_can_be_read_and_chosen_from(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        await pilot.press(PREFIX, "question_mark")
        await pilot.pause()
        assert isinstance(app.screen, MenuPage)

        await pilot.press("h")
        await pilot.pause()
        assert exchange.call.hung_up == 1


async def test_help_is_one_key_away_and_the_call_goes_on(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        await pilot.press(PREFIX, "f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpPage)
        exchange.call.say(b"meanwhile")

        await pilot.press("escape")
        await pilot.pause()
        assert lines(app)[0] == "meanwhile"


@pytest.mark.parametrize(("key", "suffix"), [("a", ".ans"), ("t", ".txt"), ("s", ".svg")])
async def test_a_screenshot_is_a_file_and_its_path_is_said(window, exchange, tmp_path, key, suffix):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        exchange.call.say(b"Welcome")
        await pilot.press(PREFIX, "s", key)
        await pilot.pause()

        (path,) = (tmp_path / "captures").iterdir()
        assert path.suffix == suffix
        (said,) = [n.message for n in app._notifications]
        assert said == f"Saved {path.name} in {path.parent} (^] s o opens it)"
        assert exchange.call.pressed == []


async def test_a_screenshot_that_fails_is_said_off_the_cursor(window, exchange, tmp_path, wait_until):
    (tmp_path / "captures").write_text("in the way")
    app = window()
    async with app.run_test(size=(80, 26), notifications=True) as pilot:
        await connected(pilot, exchange)
        exchange.call.say(b"\x1b[20HName: ")
        await pilot.press(PREFIX, "s", "t")
        await pilot.pause()

        assert next(iter(app._notifications)).message.startswith("Not saved: ")
        await wait_until(pilot, lambda: app.screen.query("Toast"))
        assert app.screen.query("Toast").first().region.y < 3


# --- pasting --------------------------------------------------------------------------------------


async def test_a_few_lines_are_pasted_without_a_word(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        app.post_message(events.Paste("one\ntwo\x1b[31m"))
        await pilot.pause()

        assert exchange.call.pasted == ["one\ntwo"]


async def test_what_the_boards_character_set_lacks_is_said_once_in_a_call(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26), notifications=True) as pilot:
        await connected(pilot, exchange)
        said = []
        app.notify = lambda text, **_how: said.append(text)
        app.post_message(events.Paste("Jos\u00e9?\tna\u00efve"))
        await pilot.press("a", "question_mark", "left")
        assert said == []

        app.post_message(events.Key("euro_sign", "\u20ac"))
        app.post_message(events.Paste("5 \u20ac"))
        await pilot.pause()

        assert said == ["cp437, the board's character set, lacks a character of these."]
        assert exchange.call.pasted[-1] == "5 \u20ac"


async def test_many_lines_are_asked_about(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        for key, pasted in (("n", []), ("enter", []), ("y", ["line\n" * 12])):
            app.post_message(events.Paste("line\n" * 12))
            await pilot.pause()
            assert "Send the board 12 lines, 60 characters?" in bottom(app)

            await pilot.press(key)
            await pilot.pause()
            assert exchange.call.pasted == pasted
            assert "o online" in bottom(app)
        assert exchange.call.pressed == []


async def test_nothing_is_pasted_where_nobody_listens(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await pilot.pause()
        app.post_message(events.Paste("secret"))
        await pilot.pause()

        assert exchange.call.pasted == []


async def test_what_is_dragged_over_is_copied_at_once(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        exchange.call.say(b"Hello, board")
        await pilot.pause()
        await pilot.mouse_down("#terminal", offset=(7, 0))
        await pilot.hover("#terminal", offset=(11, 0))
        await pilot.mouse_up("#terminal", offset=(11, 0))
        await pilot.pause()

        assert app.clipboard == "board"
        assert [n.message for n in app._notifications] == ["Copied 5 characters to the clipboard (OSC 52)."]

        await pilot.press("x")
        await pilot.pause()
        assert not app.screen.selections
        assert exchange.call.keys == ["x"]


# --- the end ----------------------------------------------------------------------------------------


async def test_when_the_board_hangs_up_its_last_screen_stays(window, exchange, wait_until):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange)
        exchange.call.seconds = 761.0
        exchange.call.say(b"Goodbye")
        exchange.call.end("connection closed by host")
        await pilot.pause()

        assert lines(app)[0].startswith("Goodbye")
        assert bottom(app).startswith(" Connection closed by host after 12:41.")
        assert all(key in bottom(app) for key in ("r Redial", "d Directory", "s Save log", "q Quit"))

        await wait_until(pilot, lambda: app.screen._modes.base is call_page.Base.ENDED)
        await pilot.press("s")
        await pilot.pause()
        assert next(iter(app._notifications)).message.startswith("Saved Xibalba-")


async def test_keys_that_were_meant_for_the_board_choose_nothing(window, exchange, monkeypatch):
    monkeypatch.setattr(call_page, "DEAF_SECONDS", 60)
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange)
        exchange.call.seconds = 1.0
        exchange.call.end("connection closed by host")
        await pilot.press("q", "d", "r")
        await pilot.pause()

        assert app.left == []
        assert len(exchange.calls) == 1


async def test_redialling_keeps_the_history_and_begins_with_an_empty_screen(window, exchange, wait_until):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        terminal = exchange.call.terminal
        exchange.call.say(b"old\r\n" * 40)
        exchange.call.end("no carrier", NoCarrierError("the line went dead"))
        await pilot.pause()
        history = len(terminal.history)

        await pilot.press("r")
        await connected(pilot, exchange)
        exchange.call.say(b"new")
        await pilot.pause()

        assert len(exchange.calls) == 2
        assert exchange.call.terminal is terminal
        assert len(terminal.history) >= history
        assert lines(app)[0] == "new"
        assert "o online" in bottom(app)


async def test_an_old_call_says_nothing_more_to_the_page(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        old = exchange.call
        await pilot.press(PREFIX, "a")
        await connected(pilot, exchange)
        old.end("late news")
        await pilot.pause()

        assert exchange.call is not old
        assert "o online" in bottom(app)


async def test_a_call_that_breaks_leaves_the_application_alive(window, exchange, caplog):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        exchange.call.seconds = 5.0
        exchange.call._over.set_exception(ZeroDivisionError("a bug of ours"))
        await pilot.pause()

        assert "An error in bbsterm" in bottom(app)
        assert "a bug of ours" in caplog.text


async def test_leaving_the_application_hangs_up(window, exchange):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        app.exit()

    assert exchange.call.hung_up == 1


async def test_nothing_a_board_says_is_markup(window, exchange):
    app = window(name="[bold]x[/bold] [link=https://evil]y")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange)
        exchange.call.say(b"[red]not markup[/red] [/]")
        await pilot.pause()
        assert lines(app)[0] == "[red]not markup[/red] [/]"
        assert "[bold]x[/bold] [lin" in bottom(app)

        exchange.call.seconds = 1.0
        exchange.call.end("[b]because[/b] \x1b[31m")
        await pilot.pause()
        assert "[b]because[/b] ^[[31m" in bottom(app)
