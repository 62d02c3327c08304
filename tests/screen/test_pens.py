"""Pens are interned, and what they become is remembered within bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.screen import create_terminal
from bbsterm.screen.cterm import graphics as cterm
from bbsterm.screen.vt import graphics as vt

CODES = st.lists(st.sampled_from([0, 1, 5, 7, 8, 22, 25, 27, 31, 37, 39, 44, 49, 93, 105, 4, 24]), max_size=4)
COLOURS = st.sampled_from(["", ";38;5;9", ";48;2;1;2;3"])


@given(before=CODES, codes=CODES, colour=COLOURS, flags=st.sets(st.sampled_from([32, 33]), max_size=2))
def test_an_effect_filled_in_is_what_sgr_does(before, codes, colour, flags):
    terminal = create_terminal("ansi")
    for flag in flags:
        terminal.feed(b"\x1b[?%dh" % flag)
    first, second = ";".join(map(str, before)), ";".join(map(str, [*codes, 1])) + colour
    terminal.feed(f"\x1b[{first}m".encode())
    wanted = cterm.apply(terminal.attribute, second, terminal.flags)

    terminal.feed(f"\x1b[{second}m".encode())

    assert terminal.attribute == wanted


@given(before=CODES, codes=CODES, colour=COLOURS)
def test_an_effect_filled_in_is_what_sgr_does_in_a_vt(before, codes, colour):
    terminal = create_terminal("vt")
    first, second = ";".join(map(str, before)), ";".join(map(str, [*codes, 1])) + colour
    terminal.feed(f"\x1b[{first}m".encode())
    wanted = vt.apply(terminal.pen.look, second)

    terminal.feed(f"\x1b[{second}m".encode())

    assert terminal.pen.look == wanted


def test_pens_of_a_family_share_what_they_become():
    terminal = create_terminal("ansi")

    terminal.feed(b"\x1b[0;31m")
    red = terminal.pen
    terminal.feed(b"\x1b[0;32m")
    green = terminal.pen

    assert red.family is green.family
    assert red.family["[0;32"] is green


@pytest.mark.parametrize("kind", ["ansi", "vt"])
def test_colours_without_end_are_not_all_remembered(kind):
    terminal = create_terminal(kind)
    numbers = range(limits.MAX_PENS + limits.MAX_TRANSITIONS // 4)

    for number in numbers:
        terminal.feed(b"\x1b[38;2;%d;%d;1m" % (number % 256, number // 256))

    assert len(terminal.pen.family) + len(terminal.pen.next) <= limits.MAX_TRANSITIONS
    assert terminal.pens.generation >= 1


@pytest.mark.parametrize("kind", ["ansi", "vt"])
def test_a_pen_that_outlives_its_generation_remembers_no_colours(kind):
    terminal = create_terminal(kind)
    numbers = range(limits.MAX_PENS + 100)
    terminal.feed(b"\x1b[0;38;2;1;2;3m\x1b7")
    saved = terminal.pen
    for number in numbers:
        terminal.feed(b"\x1b[38;2;%d;%d;1m" % (number % 256, number // 256))
    assert terminal.pens.generation == 1

    for number in numbers[:500]:
        terminal.feed(b"\x1b8\x1b[38;2;%d;7;%dmx\x1b[1my\x1b[0mz" % (number % 256, number // 256) * 2)

    assert [len(saved.next), len(saved.family), len(saved.turns)] == [0, 0, 0]


def test_chains_of_colours_without_end_are_not_all_remembered():
    terminal = create_terminal("ansi")
    colours = [b"\x1b[3%d;4%dm" % (n % 8, n // 8) for n in range(0, 64, 3)] + [
        b"\x1b[1m",
        b"\x1b[5m",
        b"\x1b[22;25m",
    ]
    seen = set()

    for first in colours:  # some leave boldness alone: what comes of them is a matter of each pen
        for second in colours:
            for _twice in range(2):  # what has been worked out before is followed in one go
                terminal.feed(first + b"x" + second + b"y" + b"\x1b[1mz" * 4)
            seen.add(terminal.pen)

    assert any(pen.turns for pen in seen)
    assert sum(len(pen.turns) for pen in seen) <= limits.MAX_TRANSITIONS


@pytest.mark.parametrize(("kind", "heavy"), [("ansi", False), ("vt", True)])
def test_bold_is_a_brighter_colour_in_art_and_a_heavier_font_as_well_on_a_unix_host(kind, heavy):
    terminal = create_terminal(kind)
    terminal.feed(b"\x1b[1;31mred")

    paint = terminal.line(0).spans()[0].paint

    assert paint.bold is heavy
    assert paint.foreground == terminal.pens.palette.front(9)
