from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from textual import events
from textual.app import App, ComposeResult

from bbsterm.screen import create_terminal
from bbsterm.tui import frames
from bbsterm.tui.geometry import Origin
from bbsterm.tui.marking import Mark, Spot
from bbsterm.tui.widgets import blinking, terminal_view
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

    def on_terminal_view_mouse_report(self, message: TerminalView.MouseReport) -> None:
        self.heard.append(message.data)

    def on_terminal_view_looked_back(self) -> None:
        self.heard.append("looked back")

    def on_marking_pane_marked(self, message: TerminalView.Marked) -> None:
        self.heard.append([line.text() for line in message.pane.marked_lines()])

    def on_marking_pane_link_pointed(self, message: TerminalView.LinkPointed) -> None:
        self.heard.append("-> " + message.target)

    def on_marking_pane_link_chosen(self, message: TerminalView.LinkChosen) -> None:
        self.heard.append(message.target)

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
    monkeypatch.setattr(frames, "REST", 1e6)
    monkeypatch.setattr(frames, "LONGEST_REST", 0.3)
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
    monkeypatch.setattr(blinking, "PERIOD", 0.01)
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
        await wait_until(pilot, lambda: not app.view._blinking.running)


async def test_who_wants_less_motion_gets_no_blinking(painted):
    app = Gallery()
    app.animation_level = "none"
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"\x1b[5mblink")
        await pilot.pause()

        assert not app.view._blinking.running
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


async def test_what_is_marked_is_our_cells():
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"\x1b[1;32mHello, \x1b[31mboard  \r\nsecond line\r\n\xb0\xb1\xb2 third")
        await pilot.pause()

        app.view.set_mark(Mark(Spot(0, 7), Spot(2, 2)))

        assert [line.text() for line in app.view.marked_lines()] == ["board", "second line", "░▒▓"]


async def drag(pilot, view, start, end, *, meta=False) -> None:
    await pilot.mouse_down(view, offset=start)
    await pilot._post_mouse_events([events.MouseMove], widget=view, offset=end, button=1, meta=meta)
    await pilot.mouse_up(view, offset=end)
    await pilot.pause()


async def test_dragging_the_mouse_marks_and_the_mark_goes_with_the_text():
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"\x1b[24;1HHello, board")
        await pilot.pause()

        await drag(pilot, app.view, (0, 23), (4, 23))

        assert [line.text() for line in app.view.marked_lines()] == ["Hello"]
        assert app.heard == [["Hello"]]
        row = [(s.text, s.style.bgcolor.name) for s in app.view._row(23)]
        assert row[0][0] == "Hello"
        assert row[0][1] != "#000000"

        app.say(b"\r\n\r\n")
        await pilot.pause()
        assert next(iter(app.view._row(21))).text == "Hello"
        assert [line.text() for line in app.view.marked_lines()] == ["Hello"]

        await pilot.click(app.view, offset=(40, 5))
        assert app.view.mark is None


async def test_dragging_with_alt_marks_a_rectangle():
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"one two\r\nthree four\r\nfive six")
        await pilot.pause()

        await drag(pilot, app.view, (1, 0), (4, 2), meta=True)

        assert [line.text() for line in app.view.marked_lines()] == ["ne t", "hree", "ive"]


async def test_two_clicks_mark_a_word_and_three_a_line():
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"one two three")
        await pilot.pause()

        await pilot.click(app.view, offset=(5, 0), times=2)
        await pilot.pause()
        assert [line.text() for line in app.view.marked_lines()] == ["two"]

        await pilot.click(app.view, offset=(5, 0), times=3)
        await pilot.pause()
        assert [line.text() for line in app.view.marked_lines()] == ["one two three"]


async def test_a_board_that_asks_for_the_mouse_gets_it():
    app = Gallery()
    async with app.run_test(size=(100, 30)) as pilot:
        app.say(b"\x1b[?1000h\x1b[?1006h")
        await pilot.pause()

        await pilot.click(app.view, offset=(9, 4))
        app.view.gives_mouse = False
        await pilot.click(app.view, offset=(9, 4))

        assert app.heard == [b"\x1b[<0;10;5M", b"\x1b[<0;10;5m"]


async def test_the_mouse_is_told_in_the_board_s_cells_whatever_is_hidden():
    app = Gallery(100, 30)
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"\x1b[30;100H\x1b[?1000;1006h")
        await pilot.pause()
        assert app.view.origin == Origin(6, 20)

        await pilot.mouse_down(app.view, offset=(0, 0))

        assert app.heard == [b"\x1b[<0;21;7M"]


async def test_doubled_cells_are_one_cell_to_the_board():
    app = Gallery(40, 24)
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.toggle_double()
        app.say(b"\x1b[?1003;1006h")
        await pilot.pause()

        await pilot.hover(app.view, offset=(8, 3))
        await pilot.hover(app.view, offset=(9, 3))
        await pilot.hover(app.view, offset=(10, 3))

        assert app.heard == [b"\x1b[<35;5;4M", b"\x1b[<35;6;4M"]


async def test_the_wheel_is_the_board_s_or_looks_back(wait_until):
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot._post_mouse_events([events.MouseScrollUp], widget=app.view, offset=(2, 2))
        app.say(b"\x1b[?1000h")
        await pilot._post_mouse_events([events.MouseScrollUp], widget=app.view, offset=(2, 2))
        await pilot._post_mouse_events([events.MouseScrollDown], widget=app.view, offset=(2, 2))
        await pilot.pause()

        assert app.heard == ["looked back", b"\x1b[M`##", b"\x1b[Ma##"]


async def test_a_link_is_pointed_at_and_chosen_with_ctrl():
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        app.say(b"see https://bbs.example/x.")
        await pilot.pause()

        await pilot.hover(app.view, offset=(6, 0))
        await pilot.hover(app.view, offset=(60, 0))
        await pilot.mouse_down(app.view, offset=(6, 0), control=True)
        await pilot.pause()

        pointed = ["-> https://bbs.example/x", "-> ", "-> https://bbs.example/x"]
        assert app.heard == [*pointed, "https://bbs.example/x"]


async def test_rows_that_have_scrolled_away_keep_no_strips():
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(60):
            app.say(b"\x1b[3%dmline\r\n" % (number % 8))
            await pilot.pause()

        assert all(line.strip is None for line in list(app.terminal.history)[:-24])


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
        assert view.marked_lines() == []
        assert view.spot_at(0, 0) is None


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
