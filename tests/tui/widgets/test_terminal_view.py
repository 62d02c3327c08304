from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.selection import Selection

from bbsterm.screen import create_terminal
from bbsterm.tui.geometry import Origin
from bbsterm.tui.widgets import terminal_view
from bbsterm.tui.widgets.terminal_view import TerminalView


class Gallery(App[None]):
    """A view alone in a window, and what it says."""

    CSS = "TerminalView { width: auto; height: auto; max-width: 100%; max-height: 100%; }"

    def __init__(self, columns: int = 80, rows: int = 24, encoding: str | None = None) -> None:
        super().__init__()
        self.terminal = create_terminal("ansi", columns=columns, rows=rows, encoding=encoding)
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield TerminalView(self.terminal)

    @property
    def view(self) -> TerminalView:
        return self.query_one(TerminalView)

    def on_terminal_view_key_pressed(self, message: TerminalView.KeyPressed) -> None:
        self.heard.append((message.key, message.character))

    def on_terminal_view_pasted(self, message: TerminalView.Pasted) -> None:
        self.heard.append(message.text)

    def say(self, data: bytes) -> None:
        self.terminal.feed(data)
        self.view.changed()


@pytest.fixture
def painted(monkeypatch) -> list[set[int]]:
    """The rows of each frame, as Textual was told of them."""
    frames: list[set[int]] = []
    refresh = TerminalView.refresh

    def spy(self: TerminalView, *regions, **options):
        if regions:
            frames.append({y for region in regions for y in region.line_range})
        return refresh(self, *regions, **options)

    monkeypatch.setattr(TerminalView, "refresh", spy)
    return frames


async def test_it_is_as_large_as_the_screen(page_text: Callable[[App[None]], str]):
    app = Gallery(40, 10)
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"\x1b[31mHello\r\nworld")
        await pilot.pause()

        assert app.view.size == (40, 10)
        assert page_text(app).splitlines()[:3] == ["Hello", "world", ""]


async def test_only_dirty_rows_are_painted(painted):
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"\x1b[5;1Hhere")
        await pilot.pause()
        painted.clear()

        app.say(b"!\x1b[9;1H")
        await pilot.pause()

        assert painted == [{4, 8}]  # the row that changed, and where the cursor came from and went to


async def test_many_changes_are_one_frame(painted):
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        painted.clear()

        for number in range(1000):
            app.say(b"line %d\r\n" % number)
        await pilot.pause()

        assert len(painted) == 1


async def test_frames_are_skipped_while_the_host_terminal_is_behind(monkeypatch, painted, wait_until):
    behind = [5]
    monkeypatch.setattr(terminal_view, "frames_behind", lambda driver: behind[0])
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        painted.clear()
        app.say(b"first\r\n")
        await pilot.pause()
        app.say(b"last")
        await pilot.pause()
        assert painted == []

        behind[0] = 0
        await wait_until(pilot, lambda: painted)

        assert painted[0] >= {0, 1}
        assert app.view._row(1).text.startswith("last")


async def test_after_a_frame_that_cost_much_the_next_one_waits(monkeypatch, painted, wait_until):
    monkeypatch.setattr(terminal_view, "REST", 1e6)
    monkeypatch.setattr(terminal_view, "LONGEST_REST", 0.3)
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"first\r\n")
        await wait_until(pilot, lambda: painted)
        await pilot.pause()
        painted.clear()
        for _ in range(10):
            app.say(b"more\r\n")
        assert painted == []

        await wait_until(pilot, lambda: painted)
        assert app.view._row(10).text.startswith("more")


async def test_the_cursor_is_where_the_board_has_it_for_the_host_terminal_too():
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"\x1b[3;7H")
        await pilot.pause()

        cursor = [segment for segment in app.view._row(2) if segment.style.bgcolor.name == "#a8a8a8"]
        assert [segment.text for segment in cursor] == [" "]
        assert app.cursor_position == (6, 2)

        app.view.show_cursor(False)
        assert len(list(app.view._row(2))) == 1

        app.view.show_cursor(True)
        app.say(b"\x1b[?25l")  # the board hides it
        await pilot.pause()
        assert len(list(app.view._row(2))) == 1


async def test_a_screen_larger_than_the_window_is_seen_where_the_cursor_is(page_text, wait_until):
    app = Gallery(80, 25)
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"\x1b[2J" + b"".join(b"\x1b[%d;1Hrow %d" % (row, row) for row in range(1, 26)))
        await wait_until(pilot, lambda: "row 25" in page_text(app))

        lines = page_text(app).splitlines()
        assert lines[0] == "row 2".ljust(79) + "^"
        assert lines[23] == "row 25"

        app.say(b"\x1b[H")
        await wait_until(pilot, lambda: page_text(app).splitlines()[0] == "row 1")


async def test_hidden_rows_can_be_looked_at(wait_until):
    app = Gallery(100, 30)
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"\x1b[30;100H")
        await wait_until(pilot, lambda: app.view.origin == Origin(6, 20))

        app.view.peek(-100, -100)
        assert app.view.origin == Origin(0, 0)

        app.view.peek(100)
        assert app.view.origin == Origin(6, 0)


async def test_blinking_cells_come_and_go_and_nothing_else_does(monkeypatch, painted, wait_until):
    monkeypatch.setattr(terminal_view, "BLINK_PERIOD", 0.01)
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"steady\r\n\x1b[5mblink\x1b[0m\r\n")
        await wait_until(pilot, lambda: app.view._row(1).text.startswith("blink"))
        await wait_until(pilot, lambda: app.view._row(1).text.startswith("     "))
        await wait_until(pilot, lambda: app.view._row(1).text.startswith("blink"))
        painted.clear()
        await wait_until(pilot, lambda: len(painted) > 2)
        assert set().union(*painted) == {1}

        app.say(b"\x1b[2J")
        await wait_until(pilot, lambda: not app.view._blink_timer._active.is_set())


async def test_who_wants_less_motion_gets_no_blinking(painted):
    app = Gallery()
    app.animation_level = "none"
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"\x1b[5mblink")
        await pilot.pause()

        assert not app.view._blink_timer._active.is_set()
        assert next(iter(app.view._row(0))).style.bold


@pytest.mark.parametrize(
    "key", ["tab", "shift+tab", "ctrl+c", "escape", "up", "f1", "f12", "enter", "a", "space"]
)
async def test_every_key_goes_up_and_none_is_textual_s(key):
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)

        assert [name for name, _ in app.heard] == [key]
        assert app.focused is app.view


async def test_a_paste_goes_up_whole():
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(events.Paste("two\nlines"))
        await pilot.pause()

        assert app.heard == ["two\nlines"]


async def test_a_selection_copies_our_cells():
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"\x1b[1;32mHello, \x1b[31mboard  \r\nsecond line\r\n\xb0\xb1\xb2 third")
        await pilot.pause()

        chosen = app.view.get_selection(Selection(Offset(7, 0), Offset(3, 2)))

        assert chosen == ("board\nsecond line\n░▒▓", "\n")


async def test_dragging_the_mouse_selects(wait_until):
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"Hello, board")
        await pilot.pause()

        await pilot.mouse_down(app.view, offset=(0, 0))
        await pilot.hover(app.view, offset=(4, 0))
        await pilot.mouse_up(app.view, offset=(4, 0))
        await pilot.pause()

        assert app.screen.get_selected_text() == "Hello"
        backgrounds = [(s.text, s.style.bgcolor.name) for s in app.view._row(0)]
        assert backgrounds[0][0] == "Hello"
        assert backgrounds[0][1] != "#000000"


async def test_no_colour_means_no_colour(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"\x1b[31mred")
        await pilot.pause()

        red, green, blue = next(iter(app.view._row(0))).style.color.triplet
        assert red == green == blue


async def test_a_view_without_a_terminal_is_blank():
    class Empty(App[None]):
        def compose(self) -> ComposeResult:
            yield TerminalView()

    app = Empty()
    async with app.run_test(size=(80, 24)):
        view = app.query_one(TerminalView)
        view.changed()

        assert view.cursor_row is None
        assert view.get_selection(Selection(None, None)) == ("", "\n")


async def test_wide_characters_keep_their_columns():
    app = Gallery(encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        app.say("界界ab\x1b[1;3H".encode())
        await pilot.pause()

        strip = app.view._row(0)
        assert strip.cell_length == 80
        assert [segment.text for segment in strip][:2] == ["界", "界"]


async def test_the_mark_in_the_corner():
    app = Gallery()
    async with app.run_test(size=(80, 24)):
        app.view.mark_corner("·")
        assert app.view._row(23).text[-1] == "·"

        app.view.mark_corner("")
        assert app.view._row(23).text[-1] == " "


def test_the_view_reads_the_driver_it_is_given():
    assert terminal_view.frames_behind(SimpleNamespace()) == 0
