"""SGR in the vt emulation, in all spellings."""

from __future__ import annotations

import pytest

from bbsterm.screen.palette import rgb
from bbsterm.screen.pens import (
    BLINK,
    BOLD,
    CONCEAL,
    DIM,
    ITALIC,
    OVERLINE,
    REVERSE,
    STRIKE,
    UNDERLINE,
    Look,
)
from tests.screen.looks import answers, terminal


@pytest.mark.parametrize(
    ("parameters", "look"),
    [
        ("", Look()),
        ("1;2;3;4;5;7;8;9", Look(style=BOLD | DIM | ITALIC | UNDERLINE | BLINK | REVERSE | CONCEAL | STRIKE)),
        ("6", Look(style=BLINK)),
        ("21", Look(style=UNDERLINE)),
        ("53", Look(style=OVERLINE)),
        ("1;2;22", Look()),
        ("3;23;4;24;5;25;7;27;8;28;9;29;53;55", Look()),
        ("31;42", Look(1, 2)),
        ("91;102", Look(9, 10)),
        ("31;42;39;49", Look()),
        ("1;;31", Look(1)),
        ("38;5;196", Look(196)),
        ("38:5:196", Look(196)),
        ("48;5;7", Look(background=7)),
        ("38;2;1;2;3", Look(rgb(1, 2, 3))),
        ("38:2:1:2:3", Look(rgb(1, 2, 3))),
        ("38:2::1:2:3", Look(rgb(1, 2, 3))),
        ("38:2:0:1:2:3", Look(rgb(1, 2, 3))),
        ("38:2::1:2:3::", Look(rgb(1, 2, 3))),
        ("38;2;255;255;255", Look(rgb(255, 255, 255))),
        ("38;5;300", Look()),
        ("38;2;1;2;300", Look()),
        ("38;2;1;2", Look()),
        ("38;5", Look()),
        ("38", Look()),
        ("38;7;1", Look(style=BOLD)),
        ("58;5;9;1", Look(style=BOLD)),  # the underline's colour is read, not drawn
        ("58:2::1:2:3;59;1", Look(style=BOLD)),
        ("58;2;1;2;3;1", Look(style=BOLD)),
        ("4:3", Look(style=UNDERLINE)),
        ("4:0", Look()),
        ("4;4:0", Look()),
        ("10;11;50;60;99;1000", Look()),
        ("38;5;1;48;5;2;1", Look(1, 2, BOLD)),
    ],
)
def test_what_sgr_asks_for(parameters, look):
    assert terminal("vt", f"\x1b[{parameters}m".encode()).pen.look == look


@pytest.mark.parametrize("sequence", [b"\x1b[?4m", b"\x1b[>4;2m", b"\x1b[4 m", b"\x1b[<4m"])
def test_what_is_not_sgr(sequence):
    assert terminal("vt", sequence).pen.look == Look()


@pytest.mark.parametrize(
    ("parameters", "answer"),
    [
        ("", "0"),
        ("1", "0;1"),
        ("1;4;7", "0;1;4;7"),
        ("31;102", "0;31;102"),
        ("38;5;196", "0;38:5:196"),
        ("48;2;1;2;3", "0;48:2::1:2:3"),
    ],
)
def test_decrqss_tells_it_back(parameters, answer):
    assert answers("vt", f"\x1b[{parameters}m\x1bP$qm\x1b\\".encode()) == f"\x1bP1$r{answer}m\x1b\\".encode()


def test_colours_above_the_sixteen_are_xterms():
    screen = terminal("vt", b"\x1b[38;5;196mA\x1b[38;5;232mB\x1b[38;5;255mC\x1b[38;2;1;2;3mD")
    assert [span.paint.foreground for span in screen.line(0).spans()][:4] == [
        "#ff0000",
        "#080808",
        "#eeeeee",
        "#010203",
    ]


def test_bold_brightens_and_reverse_swaps_and_conceal_hides():
    screen = terminal("vt", b"\x1b[1;31mA\x1b[0;31;42;7mB\x1b[0;31;42;8mC")
    palette = screen.pens.palette
    bold, reverse, concealed = (span.paint for span in screen.line(0).spans()[:3])
    assert bold.foreground == palette[9]
    assert (reverse.foreground, reverse.background) == (palette[2], palette[1])
    assert concealed.foreground == concealed.background == palette[2]
