"""Moving, margins, tabs and save points of the vt emulation, as xterm does them."""

from __future__ import annotations

import pytest

from tests.screen.looks import place, rows, shown, terminal

MARGINS = b"\x1b[?69h\x1b[3;6s\x1b[2;4r"  # columns 3 to 6, rows 2 to 4
ORIGIN = MARGINS + b"\x1b[?6h"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # by steps; 0 counts as 1, the edges hold
        (b"\x1b[3;3H\x1b[A", (2, 3)),
        (b"\x1b[3;3H\x1b[0A", (2, 3)),
        (b"\x1b[3;3H\x1b[99A", (1, 3)),
        (b"\x1b[3;3H\x1b[99B", (5, 3)),
        (b"\x1b[3;3H\x1b[99C", (3, 10)),
        (b"\x1b[3;3H\x1b[99D", (3, 1)),
        (b"\x1b[3;3H\x1b[2E", (5, 1)),
        (b"\x1b[3;3H\x1b[2F", (1, 1)),
        (b"\x1b[3;3H\x1b[2j", (3, 1)),
        (b"\x1b[3;3H\x1b[2k", (3, 3)),  # xterm has no VPB
        # to places
        (b"\x1b[99;99H", (5, 10)),
        (b"\x1b[;4H", (1, 4)),
        (b"\x1b[3f", (3, 1)),
        (b"\x1b[3;3H\x1b[7G", (3, 7)),
        (b"\x1b[3;3H\x1b[7`", (3, 7)),
        (b"\x1b[3;3H\x1b[2a", (3, 5)),
        (b"\x1b[3;3H\x1b[2d", (2, 3)),
        (b"\x1b[3;3H\x1b[1e", (4, 3)),
        (b"\x1b[1;2;3H", (1, 2)),
        # margins hold who is inside; who is outside goes to the edge
        (MARGINS + b"\x1b[3;4H\x1b[9A", (2, 4)),
        (MARGINS + b"\x1b[3;4H\x1b[9B", (4, 4)),
        (MARGINS + b"\x1b[1;4H\x1b[9A", (1, 4)),
        (MARGINS + b"\x1b[5;4H\x1b[9B", (5, 4)),
        (MARGINS + b"\x1b[5;4H\x1b[9A", (2, 4)),
        (MARGINS + b"\x1b[3;4H\x1b[9C", (3, 6)),
        (MARGINS + b"\x1b[3;8H\x1b[9C", (3, 10)),
        (MARGINS + b"\x1b[3;4H\x1b[9D", (3, 3)),
        (MARGINS + b"\x1b[3;2H\x1b[9D", (3, 1)),
        (MARGINS + b"\x1b[3;4H\x1b[E", (4, 3)),
        (MARGINS + b"\x1b[3;4H\r", (3, 3)),
        (MARGINS + b"\x1b[3;2H\r", (3, 1)),
        (MARGINS + b"\x1b[3;4H\b\b\b", (3, 3)),
        (MARGINS + b"\x1b[3;2H\b\b\b", (3, 1)),
        (MARGINS + b"\x1b[5;5H", (5, 5)),
        (MARGINS, (1, 1)),
        # origin mode counts from the margins and does not leave them
        (ORIGIN, (2, 3)),
        (ORIGIN + b"\x1b[2;2H", (3, 4)),
        (ORIGIN + b"\x1b[9;9H", (4, 6)),
        (ORIGIN + b"\x1b[2G", (2, 4)),
        (ORIGIN + b"\x1b[9d", (4, 3)),
        (ORIGIN + b"\x1b[9a", (2, 6)),
        (ORIGIN + b"\x1b[9e", (4, 3)),
        (ORIGIN + b"\x1b[?6l", (1, 1)),
        # regions that are none are ignored
        (b"\x1b[3;3H\x1b[4;4r", (3, 3)),
        (b"\x1b[3;3H\x1b[4;2r", (3, 3)),
        (b"\x1b[3;3H\x1b[2;99r", (1, 1)),
        (b"\x1b[?69h\x1b[3;3H\x1b[5;5s", (3, 3)),
    ],
)
def test_where_the_cursor_goes(data, expected):
    assert place(terminal("vt", data)) == expected


@pytest.mark.parametrize(
    ("data", "text", "expected"),
    [
        (b"0123456789", ["0123456789"], (1, 10)),  # it waits
        (b"0123456789X", ["0123456789", "X"], (2, 2)),
        (b"0123456789\r\nX", ["0123456789", "X"], (2, 2)),
        (b"0123456789\bX", ["01234567X9"], (1, 10)),
        (b"0123456789\x1b[DX", ["01234567X9"], (1, 10)),
        (b"0123456789\x1b[CX", ["012345678X"], (1, 10)),
        (b"0123456789\tX", ["0123456789", "X"], (2, 2)),
        (b"0123456789\x1b[ZX", ["0123456789", "X"], (2, 2)),  # tabs move a cursor that waits, and it waits on
        (b"0123456789\x1b[Z\x1b[6n", ["0123456789"], (1, 9)),
        (b"0123456789\x1b[2Z\tX", ["0123456789", "X"], (2, 2)),
        (b"0123456789\x1b[Z\x1bM\x1bDX", ["", "01234567X9"], (2, 10)),
        (b"0123456789\x1b[Z\rX", ["X123456789"], (1, 2)),
        (b"0123456789\nX", ["0123456789", " " * 9 + "X"], (2, 10)),
        (b"0123456789\x1b[KX", ["012345678X"], (1, 10)),
        (b"0123456789\x1b[mX", ["0123456789", "X"], (2, 2)),
        (b"0123456789\x1b[?7lX", ["012345678X"], (1, 10)),
        (b"0123456789\x1b[?7l\x1b[?7hX", ["0123456789", "X"], (2, 2)),
        (b"\x1b[?7l0123456789X\x1b[?7hY", ["012345678X", "Y"], (2, 2)),
        (b"\x1b[?7l0123456789\x1b[?7h\bX", ["01234567X9"], (1, 10)),
        ("\x1b[?7l01234567漢\x1b[?7hX".encode(), ["01234567漢", "X"], (2, 2)),
        (b"0123456789\x1b7\x1b[H\x1b8X", ["0123456789", "X"], (2, 2)),
        (b"\x1b[?7l0123456789XY", ["012345678Y"], (1, 10)),
        (MARGINS + b"\x1b[3;5Hab", ["", "", "    ab"], (3, 6)),
        (MARGINS + b"\x1b[3;5Habc", ["", "", "    ab", "  c"], (4, 4)),
        (MARGINS + b"\x1b[4;5Habc", ["", "", "    ab", "  c"], (4, 4)),
        (MARGINS + b"\x1b[?7l\x1b[3;5Habcd", ["", "", "    ad"], (3, 6)),
        (MARGINS + b"\x1b[3;8Habc", ["", "", "       abc"], (3, 10)),
    ],
)
def test_the_last_column_waits(data, text, expected):
    assert shown("vt", data) == (text, expected)


@pytest.mark.parametrize(
    ("data", "text", "expected"),
    [
        (b"a\nb\x0bc\x0cd", ["a", " b", "  c", "   d"], (4, 5)),
        (b"\x1b[20ha\nb", ["a", "b"], (2, 2)),
        (b"ab\x1bDc\x1bEd\x1bMe", ["ab", " ec", "d"], (2, 3)),
        (b"1\r\n2\r\n3\r\n4\r\n5\x1bD", ["2", "3", "4", "5"], (5, 2)),
        (b"1\r\n2\x1b[H\x1bM", ["", "1", "2"], (1, 1)),
        (b"1\r\n2\r\n3\r\n4\r\n5\x1b[2;4r\x1b[4;1H\n", ["1", "3", "4", "", "5"], (4, 1)),
        (b"1\r\n2\r\n3\r\n4\r\n5\x1b[2;4r\x1b[5;1H\n", ["1", "2", "3", "4", "5"], (5, 1)),
        (b"1\r\n2\r\n3\r\n4\r\n5\x1b[2;4r\x1b[2;1H\x1bM", ["1", "", "2", "3", "5"], (2, 1)),
        (b"1\r\n2\r\n3\r\n4\r\n5\x1b[2;4r\x1b[1;1H\x1bM", ["1", "2", "3", "4", "5"], (1, 1)),
        # between left and right margins only what is between them scrolls, and only from there
        (b"abcdef\r\nghijkl\x1b[?69h\x1b[3;4s\x1b[1;2r\x1b[2;3H\n", ["abijef", "gh  kl"], (2, 3)),
        (b"abcdef\r\nghijkl\x1b[?69h\x1b[3;4s\x1b[1;2r\x1b[2;1H\n", ["abcdef", "ghijkl"], (2, 1)),
        (b"abcdef\r\nghijkl\x1b[?69h\x1b[3;4s\x1b[1;2r\x1b[1;4H\x1bM", ["ab  ef", "ghcdkl"], (1, 4)),
    ],
)
def test_line_by_line(data, text, expected):
    assert shown("vt", data) == (text, expected)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\t", 9),
        (b"\t\t", 17),
        (b"\t\t\t\t", 20),
        (b"\x1b[2I", 17),
        (b"\x1b[9I", 20),
        (b"\x1b[20G\x1b[Z", 17),
        (b"\x1b[20G\x1b[2Z", 9),
        (b"\x1b[20G\x1b[9Z", 1),
        (b"\x1b[3G\x1bH\r\t", 3),
        (b"\x1b[9G\x1b[g\r\t", 17),
        (b"\x1b[9G\x1b[0g\r\t", 17),
        (b"\x1b[3g\t", 20),
        (b"\x1b[3g\x1b[?5W\t", 9),
        (b"\x1b[3g\x1b[?W\t", 9),
        (b"\x1b[?69h\x1b[3;12s\t\t", 12),
        (b"\x1b[?69h\x1b[3;12s\x1b[12G\x1b[9Z", 1),
    ],
)
def test_tab_stops(data, expected):
    assert place(terminal("vt", data, columns=20)) == (1, expected)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x1b[2;1H\b", (2, 1)),
        (b"\x1b[?45h\x1b[2;1H\b", (1, 10)),
        (b"\x1b[?1045h\x1b[2;1H\x1b[3D", (1, 8)),
        (b"\x1b[?45h\x1b[?7l\x1b[2;1H\b", (2, 1)),
        (b"\x1b[?45h0123456789\b", (1, 10)),
        (b"\x1b[?45h\x1b[2;4r\x1b[2;1H\b", (4, 10)),
        (b"\x1b[?45h\x1b[?69h\x1b[3;6s\x1b[2;3H\b", (1, 6)),
        (b"\x1b[?45h\x1b[?69h\x1b[3;6s\x1b[2;1H\b", (1, 6)),
    ],
)
def test_backspace_wraps_if_told_to(data, expected):
    assert place(terminal("vt", data)) == expected


@pytest.mark.parametrize("save", [b"\x1b7", b"\x1b[s", b"\x1b[?1048h"])
@pytest.mark.parametrize("restore", [b"\x1b8", b"\x1b[u", b"\x1b[?1048l"])
def test_save_points(save, restore):
    screen = terminal("vt", b"\x1b[3;4H\x1b[31;4m\x1b(0" + save + b"\x1b[H\x1b[m\x1b(B\x1b[?6h" + restore)

    assert place(screen) == (3, 4)
    assert not screen.origin
    screen.feed(b"q")
    assert rows(screen)[2] == "   ─"
    assert screen.line(2).spans()[1].paint.underline


@pytest.mark.parametrize("other", [b"\x1b[1s", b"\x1b[2;3s", b"\x1b[1u", b"\x1b[?u"])
def test_with_parameters_it_is_no_save_point(other):
    assert place(terminal("vt", b"\x1b[3;4H\x1b[s\x1b[2;2H" + other)) == (2, 2)
    assert place(terminal("vt", b"\x1b[3;4H\x1b[s\x1b[2;2H" + other + b"\x1b[u")) == (3, 4)


def test_without_a_save_point_the_cursor_goes_home_and_everything_is_plain():
    screen = terminal("vt", b"\x1b[!p\x1b[3;4H\x1b[31m\x1b[?6h\x1b8X")
    assert place(screen) == (1, 2)
    assert not screen.origin


def test_both_screens_have_a_save_point_of_their_own():
    screen = terminal("vt", b"\x1b[2;3H\x1b7\x1b[?47h\x1b[4;5H\x1b7\x1b[?47l\x1b[H\x1b8")
    assert place(screen) == (2, 3)
    screen.feed(b"\x1b[?47h\x1b8")
    assert place(screen) == (4, 5)
