from __future__ import annotations

from bbsterm.screen import create_terminal
from bbsterm.tui.past import Past


def test_numbers_stay_while_the_screen_scrolls_and_the_oldest_are_forgotten():
    terminal = create_terminal("ansi", columns=20, rows=3, scrollback=4)
    past = Past(terminal)
    terminal.feed(b"0\r\n1\r\n2\r\n3")
    line = past.line(1)

    terminal.feed(b"".join(b"\r\n%d" % n for n in range(4, 10)))

    assert past.first == 3
    assert past.screen == 7
    assert past.end == 10
    assert [found.text() for found in past.lines()] == ["3", "4", "5", "6", "7", "8", "9"]
    assert [found.text() for found in past.lines(5, 8)] == ["5", "6", "7"]
    assert line is not None
    assert past.line(1) is None
    assert past.line(10) is None


def test_a_screen_that_was_cleared_is_past():
    terminal = create_terminal("ansi", columns=20, rows=3)
    terminal.feed(b"before\x1b[2Jafter")

    assert [line.text() for line in Past(terminal).lines()][:2] == ["before", "after"]
