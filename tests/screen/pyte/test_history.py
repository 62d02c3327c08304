"""Paging back and forth, as programs written for pyte's HistoryScreen do it."""

from __future__ import annotations

from pyte import modes as mo

from bbsterm.screen.pyte import HistoryScreen


def counted(lines: int, *, size: int = 5, history: int = 50) -> HistoryScreen:
    """A screen on which 0, 1, 2 ... have been written, a line each."""
    screen = HistoryScreen(size, size, history=history)
    screen.set_mode(mo.LNM)
    for number in range(lines):
        screen.draw(str(number))
        screen.linefeed()
    return screen


def texts(lines) -> list[str]:
    return ["".join(line[x].data for x in range(len(line))).rstrip() for line in lines]


def shown(screen: HistoryScreen) -> list[str]:
    return [line.rstrip() for line in screen.display]


def test_lines_that_leave_at_the_top_are_kept():
    screen = HistoryScreen(5, 5, history=50)
    screen.draw("x")
    line = screen.buffer[0]
    assert not screen.history.top

    screen.cursor_position(5, 1)
    screen.index()
    assert screen.history.top[-1] == line

    for _ in range(99):
        screen.index()
    assert len(screen.history.top) == 50


def test_lines_that_leave_at_the_bottom_are_kept_below():
    screen = HistoryScreen(5, 5, history=50)
    screen.cursor_position(5, 1)
    screen.draw("x")
    screen.cursor_position()
    screen.reverse_index()
    assert texts(screen.history.bottom) == ["x"]

    for _ in range(99):
        screen.reverse_index()
    assert len(screen.history.bottom) == 50


def test_back_and_forth():
    screen = counted(40, size=4, history=40)
    assert shown(screen) == ["37", "38", "39", ""]
    assert screen.history.position == 40

    screen.prev_page()
    assert shown(screen) == ["35", "36", "37", "38"]
    assert texts(screen.history.bottom) == ["39", ""]
    assert texts(screen.history.top)[-2:] == ["33", "34"]
    assert screen.history.position == 38
    assert screen.cursor.hidden

    screen.prev_page()
    assert shown(screen) == ["33", "34", "35", "36"]
    screen.next_page()
    screen.next_page()
    assert shown(screen) == ["37", "38", "39", ""]
    assert (screen.history.position, list(screen.history.bottom)) == (40, [])
    assert not screen.cursor.hidden


def test_an_odd_number_of_lines():
    screen = counted(50)
    screen.prev_page()
    assert shown(screen) == ["43", "44", "45", "46", "47"]
    assert texts(screen.history.bottom) == ["48", "49", ""]


def test_all_the_way_up_and_down():
    screen = counted(50)
    while screen.history.position > screen.lines:
        screen.prev_page()
    assert shown(screen) == ["1", "2", "3", "4", "5"]
    while screen.history.position < screen.history.size:
        screen.next_page()
    assert shown(screen) == ["46", "47", "48", "49", ""]


def test_fewer_lines_than_a_page():
    screen = counted(5, history=6)
    screen.prev_page()
    assert shown(screen) == ["0", "1", "2", "3", "4"]
    assert not screen.history.top
    screen.next_page()
    assert shown(screen) == ["1", "2", "3", "4", ""]


def test_whatever_is_done_pages_to_the_newest_first():
    screen = counted(25)
    screen.prev_page()
    screen.prev_page()
    screen.draw("x")
    assert shown(screen) == ["21", "22", "23", "24", "x"]

    screen.prev_page()
    screen.feed(b"y")
    assert shown(screen)[-1] == "xy"


def test_older_lines_get_the_width_that_the_screen_has_now():
    screen = counted(25)
    screen.resize(5, 2)
    screen.prev_page()
    assert screen.display == ["18", "19", "20", "21", "22"]
    assert all(len(line) == 2 for line in screen.history.bottom)

    screen.next_page()
    screen.resize(5, 10)
    screen.prev_page()
    assert screen.display[0] == "18        "


def test_a_reset_forgets():
    screen = counted(25)
    screen.prev_page()
    screen.reset()
    assert not screen.history.top
    assert not screen.history.bottom
    screen.erase_in_display(3)
    assert screen.history.position == screen.history.size
