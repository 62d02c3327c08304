"""Erasing, inserting, deleting, scrolling, repeating and protecting in the vt emulation."""

from __future__ import annotations

import pytest

from tests.screen.looks import place, rows, shown, terminal

PAGE = b"abcdef\r\nghijkl\r\nmnopqr\r\nstuvwx"
MARGINS = b"\x1b[?69h\x1b[3;4s\x1b[2;3r"
"""Columns 3 and 4 of rows 2 and 3."""


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b[2;3H\x1b[J", ["abcdef", "gh"]),
        (b"\x1b[2;3H\x1b[1J", ["", "   jkl", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[2J", []),
        (b"\x1b[2;3H\x1b[3J", ["abcdef", "ghijkl", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[4J", ["abcdef", "ghijkl", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[K", ["abcdef", "gh", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[1K", ["abcdef", "   jkl", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[2K", ["abcdef", "", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[X", ["abcdef", "gh jkl", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[99X", ["abcdef", "gh", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[2@", ["abcdef", "gh  ijkl", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[99@", ["abcdef", "gh", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[2P", ["abcdef", "ghkl", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[99P", ["abcdef", "gh", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[L", ["abcdef", "", "ghijkl", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[99L", ["abcdef"]),
        (b"\x1b[2;3H\x1b[M", ["abcdef", "mnopqr", "stuvwx"]),
        (b"\x1b[2;3H\x1b[2M", ["abcdef", "stuvwx"]),
        (b"\x1b[2S", ["mnopqr", "stuvwx"]),
        (b"\x1b[T", ["", "abcdef", "ghijkl", "mnopqr", "stuvwx"]),
        (b"\x1b[0^", ["", "abcdef", "ghijkl", "mnopqr", "stuvwx"]),
        (b"\x1b[0T\x1b[1;1;1;1;1T", ["abcdef", "ghijkl", "mnopqr", "stuvwx"]),  # the mouse's
        (b"\x1b[^", ["", "abcdef", "ghijkl", "mnopqr", "stuvwx"]),
        (b"\x1b[1;2;3;4;5T", ["abcdef", "ghijkl", "mnopqr", "stuvwx"]),
        (b"\x1b[2 @", ["cdef", "ijkl", "opqr", "uvwx"]),
        (b"\x1b[1 A", [" abcdef", " ghijkl", " mnopqr", " stuvwx"]),
        (b"\x1b[1;3H\x1b[2'}", ["ab  cdef", "gh  ijkl", "mn  opqr", "st  uvwx"]),
        (b"\x1b[1;3H\x1b[2'~", ["abef", "ghkl", "mnqr", "stwx"]),
        (b"\x1b[2;1H\x1b6", [" abcdef", " ghijkl", " mnopqr", " stuvwx"]),
        (b"\x1b[2;10H\x1b9", ["bcdef", "hijkl", "nopqr", "tuvwx"]),
        (b"\x1b[4h\x1b[1;1HXY", ["XYabcdef", "ghijkl", "mnopqr", "stuvwx"]),
        (b"\x1b#8", ["E" * 10] * 5),
        # inside margins
        (MARGINS + b"\x1b[2;3H\x1b[@", ["abcdef", "gh ikl", "mnopqr", "stuvwx"]),
        (MARGINS + b"\x1b[2;1H\x1b[@", ["abcdef", "ghijkl", "mnopqr", "stuvwx"]),
        (MARGINS + b"\x1b[2;3H\x1b[P", ["abcdef", "ghj kl", "mnopqr", "stuvwx"]),
        (MARGINS + b"\x1b[2;5H\x1b[P", ["abcdef", "ghijkl", "mnopqr", "stuvwx"]),
        (MARGINS + b"\x1b[2;3H\x1b[L", ["abcdef", "gh  kl", "mnijqr", "stuvwx"]),
        (MARGINS + b"\x1b[2;3H\x1b[M", ["abcdef", "ghopkl", "mn  qr", "stuvwx"]),
        (MARGINS + b"\x1b[4;3H\x1b[M", ["abcdef", "ghijkl", "mnopqr", "stuvwx"]),
        (MARGINS + b"\x1b[2;1H\x1b[L", ["abcdef", "ghijkl", "mnopqr", "stuvwx"]),  # not from outside
        (MARGINS + b"\x1b[2;6H\x1b[M", ["abcdef", "ghijkl", "mnopqr", "stuvwx"]),
        (MARGINS + b"\x1b[S", ["abcdef", "ghopkl", "mn  qr", "stuvwx"]),
        (MARGINS + b"\x1b[T", ["abcdef", "gh  kl", "mnijqr", "stuvwx"]),
        (MARGINS + b"\x1b[2;3H\x1b[ @", ["abcdef", "ghj kl", "mnp qr", "stuvwx"]),
        (MARGINS + b"\x1b[2;3H\x1b['}", ["abcdef", "gh ikl", "mn oqr", "stuvwx"]),
        (MARGINS + b"\x1b[1;3H\x1b['}", ["abcdef", "ghijkl", "mnopqr", "stuvwx"]),
        (MARGINS + b"\x1b[2;3H\x1b6", ["abcdef", "gh ikl", "mn oqr", "stuvwx"]),
        (MARGINS + b"\x1b[2;4H\x1b9", ["abcdef", "ghj kl", "mnp qr", "stuvwx"]),
        (MARGINS + b"\x1b[2;3H\x1b[9X", ["abcdef", "gh", "mnopqr", "stuvwx"]),
        (MARGINS + b"\x1b[2;3H\x1b[J", ["abcdef", "gh"]),
        (MARGINS + b"\x1b[4h\x1b[2;3HX", ["abcdef", "ghXikl", "mnopqr", "stuvwx"]),
    ],
)
def test_editing(data, text):
    assert rows(terminal("vt", PAGE + data)) == text


@pytest.mark.parametrize(
    ("data", "text", "expected"),
    [
        (b"a\x1b[b", ["aa"], (1, 3)),
        (b"a\x1b[3b", ["aaaa"], (1, 5)),
        (b"\x1b[b", [], (1, 1)),
        (b"a\x1b[C\x1b[b", ["a"], (1, 3)),
        (b"a\n\x1b[b", ["a"], (2, 2)),
        (b"a\x1b[12b", ["a" * 10, "aaa"], (2, 4)),
        ("e\u0301\x1b[2b".encode(), ["e\u0301" * 3], (1, 4)),
        ("漢\x1b[2b".encode(), ["漢漢漢"], (1, 7)),
        (b"\x1b[?69h\x1b[2;4s\x1b[1;2Ha\x1b[3b", [" aaa", " a"], (2, 3)),
        (b"a\x1b[999999999b", ["a" * 10] * 5, (5, 10)),
    ],
)
def test_repeating(data, text, expected):
    assert shown("vt", data) == (text, expected)


def test_inserting_and_deleting_lines_goes_to_the_left_margin():
    assert place(terminal("vt", b"\x1b[2;3H\x1b[L")) == (2, 1)
    assert place(terminal("vt", b"\x1b[2;3H\x1b[M")) == (2, 1)
    assert place(terminal("vt", b"\x1b[2;3r\x1b[5;3H\x1b[L")) == (5, 1)  # outside of the region too


@pytest.mark.parametrize("erase", [b"\x1b[2J", b"\x1b[H\x1b[J", b"\x1b[99L", b"\x1b[99M", b"\x1b[99S"])
def test_blanks_have_the_background_and_nothing_else(erase):
    screen = terminal("vt", b"\x1b[31;44;4;7m" + erase, rows=2)
    (span,) = screen.line(1).spans()
    assert (span.paint.background, span.paint.underline) == (screen.pens.palette[4], False)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b'a\x1b[1"qb\x1b["qc\x1b[?2J', [" b"]),
        (b'a\x1b[1"qb\x1b[2"qc\x1b[1;3H\x1b[?1K', [" b"]),
        (b'a\x1b[1"qb\x1b[0"qc\x1b[H\x1b[?J', [" b"]),
        (b'a\x1b[1"qb\x1b[0"qc\x1b[2J', []),  # ED spares nobody
        (b'a\x1b[1"qb\x1b[0"qc\x1b[1;1;1;3${', [" b"]),
        (b'a\x1b[1"qb\x1b[0"qc\x1b[1;1;1;3$z', []),
        (b"a\x1bVb\x1bWc\x1b[2J", [" b"]),  # but for what ISO protects
        (b'\x1b[1"qa\x1bWb\x1b[2J', []),  # EPA does not make it ISO's
        (b'\x1b[1"qa\x1bWb\x1b[?2J', ["a"]),
        (b"a\x1bVb\x1bWc\x1b[1;1H\x1b[3X", [" b"]),
        (b"a\x1bVb\x1bWc\x1b[1;1;1;3${", []),
        (b'\x1b[1"qa\x1b[m\x1b[0;4mb\x1b[?2J', ["ab"]),  # SGR 0 does not unprotect
        (b'\x1b[1"q\x1b7\x1b[0"q\x1b8a\x1b[?2J', ["a"]),  # the save point does
    ],
)
def test_protected_cells(data, text):
    assert rows(terminal("vt", data)) == text


def test_what_leaves_at_the_top_is_history_but_not_from_margins_or_the_alternate_screen():
    screen = terminal("vt", b"1\r\n2\r\n3\r\n4\r\n5\r\n6")
    assert [line.text() for line in screen.history] == ["1"]
    screen.feed(b"\x1b[2;4r\x1b[4;1H\n\x1b[r\x1b[?1049h\x1b[5;1H\n\n\n\x1b[?1049l")
    assert [line.text() for line in screen.history] == ["1"]
    screen.feed(b"\x1b[1;3r\x1b[3;1H\n")
    assert [line.text() for line in screen.history] == ["1", "2"]
    screen.feed(b"\x1b[3J")
    assert len(screen.history) == 0
