"""Functions on rectangles in the vt emulation."""

from __future__ import annotations

import pytest

from bbsterm.screen.pens import BLINK, BOLD, REVERSE, UNDERLINE
from tests.screen.looks import place, rows, terminal

PAGE = b"abcdef\r\nghijkl\r\nmnopqr\r\nstuvwx"
WHOLE = ["abcdef", "ghijkl", "mnopqr", "stuvwx"]
ORIGIN = b"\x1b[?69h\x1b[2;5s\x1b[2;4r\x1b[?6h"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b[35;2;2;3;3$x", ["abcdef", "g##jkl", "m##pqr", "stuvwx"]),
        (b"\x1b[35$x", ["#" * 10] * 5),
        (b"\x1b[7;2;2;3;3$x", WHOLE),  # no control characters
        (b"\x1b[0;2;2;3;3$x\x1b[127;2;2;3;3$x\x1b[155;2;2;3;3$x\x1b[173;2;2;3;3$x", WHOLE),
        (b"\x1b[;2;2;3;3$x", ["abcdef", "g  jkl", "m  pqr", "stuvwx"]),
        (b"\x1b[9608;2;2;3;3$x", ["abcdef", "g\u2588\u2588jkl", "m\u2588\u2588pqr", "stuvwx"]),
        (b"\x1b[4352;2;2;3;3$x", WHOLE),  # it takes two cells
        (b"\x1b[35;3;3;2;2$x", WHOLE),
        (b"\x1b[35;4;5;99;99$x", [*WHOLE[:3], "stuv######", "    ######"]),
        (b"\x1b[2;2;3;3$z", ["abcdef", "g  jkl", "m  pqr", "stuvwx"]),
        (b"\x1b[3;3;2;2$z", WHOLE),
        (ORIGIN + b"\x1b[35;1;1;2;2$x", ["abcdef", "g##jkl", "m##pqr", "stuvwx"]),
        (ORIGIN + b"\x1b[35;1;1;9;9$x", ["abcdef", "g####l", "m####r", "s####x"]),
        (b"\x1b[1;1;2;2;1;3;4;1$v", ["abcdef", "ghijkl", "mnoabr", "stughx"]),
        (b"\x1b[1;1;2;2;1;2;2;1$v", ["abcdef", "gabjkl", "mghpqr", "stuvwx"]),  # over itself
        (b"\x1b[2;2;4;4;1;1;1;1$v", ["hijdef", "nopjkl", "tuvpqr", "stuvwx"]),
        (b"\x1b[1;1;2;2;1;5;9;1$v", [*WHOLE, "        ab"]),
        (ORIGIN + b"\x1b[1;1;1;2;1;2;3;1$v", ["abcdef", "ghijkl", "mnohir", "stuvwx"]),
    ],
)
def test_filling_erasing_copying(data, text):
    screen = terminal("vt", PAGE + data)
    assert rows(screen) == text


def test_the_cursor_stays():
    assert place(terminal("vt", PAGE + b"\x1b[2;2H\x1b[35;1;1;4;4$x\x1b[1;1;2;2$z")) == (2, 2)


def styles(data: bytes) -> list[list[int]]:
    screen = terminal("vt", data, columns=4, rows=3)
    return [[pen.look.style for pen in row.cut(0, 4)[1]] for row in screen.grid]


def test_attributes_change_along_the_text_or_in_the_rectangle():
    stream, box = b"\x1b[1;2;3;3;1$r", b"\x1b[2*x\x1b[1;2;3;3;1$r"
    assert styles(stream) == [[0, BOLD, BOLD, BOLD], [BOLD] * 4, [BOLD, BOLD, BOLD, 0]]
    assert styles(box) == [[0, BOLD, BOLD, 0]] * 3


def test_attributes_are_turned_over():
    assert styles(b"\x1b[2*x\x1b[1;1;1;2;1$r\x1b[1;1;1;3;1;4$t")[0] == [
        UNDERLINE,
        UNDERLINE,
        BOLD | UNDERLINE,
        0,
    ]
    assert styles(b"\x1b[2*x\x1b[1;1;1;1;0$t")[0][0] == BOLD | UNDERLINE | BLINK | REVERSE
