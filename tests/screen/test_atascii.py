from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen import create_terminal
from bbsterm.screen.atascii import AtasciiTerminal
from bbsterm.screen.pens import REVERSE
from bbsterm.screen.terminal import BellRang, Terminal


def shown(data: bytes, **options) -> AtasciiTerminal:
    terminal = AtasciiTerminal(**options)
    terminal.feed(data)
    return terminal


def place(terminal) -> tuple[int, int]:
    return terminal.cursor.row, terminal.cursor.column


def inverse(terminal, row: int = 0, columns: int = 8) -> str:
    cells = [terminal.grid[row].cell(column) for column in range(columns)]
    return "".join("x" if pen.look.style & REVERSE else "." for _, pen in cells)


def test_it_is_a_terminal_of_its_own_size():
    assert isinstance(AtasciiTerminal(), Terminal)
    assert (create_terminal("atascii").columns, create_terminal("atascii").rows) == (40, 24)
    xep80 = create_terminal("atascii80")
    assert (xep80.columns, xep80.rows) == (80, 25)


def test_colours():
    assert shown(b"A").grid[0].cell(0)[1].paint[:2] == ("#60b7e7", "#005181")
    assert shown(b"A", columns=80, rows=25).grid[0].cell(0)[1].paint[:2] == ("#a8a8a8", "#000000")


def test_text_and_pictures():
    assert shown(b"Hello, World! 123").display()[0] == "Hello, World! 123"
    assert shown(bytes(range(0x1B))).display()[0] == "♥├\U0001fb87┘┤┐╱╲◢▗◣▝▘\U0001fb82▂▖♣┌─┼●▄▎┬┴▌└"
    assert shown(b"\x60\x7b\x7c").display()[0] == "♦♠|"


def test_bit_7_is_inverse_of_the_same_picture():
    terminal = shown(b"a\xe1\xa0\x80b")
    assert terminal.display()[0] == "aa ♥b"
    assert inverse(terminal) == ".xxx...."
    assert terminal.grid[0].cell(1)[1].paint[:2] == ("#005181", "#60b7e7")


def test_ascii_control_characters_are_pictures():
    assert shown(b"abc\r\ndef").display()[0] == "abc\U0001fb82◣def"


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"abc\x9b", (1, 0)),
        (b"abc\x1c", (23, 3)),
        (b"\x9b\x9babc\x1c", (1, 3)),
        (b"abc\x1d", (1, 3)),
        (b"\x1c\x1d", (0, 0)),
        (b"\x1e", (0, 39)),
        (b"\x1e\x1f", (0, 0)),
        (b"a\x1f\x1f", (0, 3)),
        (b"abc\x9bdef\x7d", (0, 0)),
        (b"abc\x7e", (0, 2)),
        (b"\x7e", (0, 0)),
        (b"x" * 40, (1, 0)),
        (b"x" * 39 + b"\x1f", (0, 0)),
        (b"x" * 960, (23, 0)),
        (b"\x7f", (0, 8)),
        (b"\x7f" * 4, (0, 32)),
        (b"\x7f" * 5, (1, 0)),
    ],
)
def test_moves(data, where):
    assert place(shown(data)) == where


def test_moves_never_scroll_but_the_end_of_a_line_does():
    terminal = shown(b"top\x1d" + b"\x1d" * 30 + b"\x1c" * 7 + b"\x1f" * 100)
    assert len(terminal.history) == 0
    terminal = shown(b"top" + b"\x9b" * 24)
    assert terminal.history[0].text() == "top"
    assert place(terminal) == (23, 0)


def test_backspace_blanks():
    assert shown(b"abc\x7eX").display()[0] == "abX"
    assert inverse(shown(b"\xe1\x7e")) == "........"


def test_characters_come_and_go():
    assert shown(b"abcdef\x1e\x1e\xfe").display()[0] == "abcdf"
    assert shown(b"abcdef\x1e\x1e\xffX").display()[0] == "abcdXef"
    assert shown(b"0123456789" * 4 + b"\x1c\xffX").display()[0] == "X" + ("0123456789" * 4)[:39]


def test_lines_come_and_go_and_the_cursor_is_in_column_1():
    three = b"one\x9btwo\x9bthree\x1c"
    terminal = shown(three + b"\x9c")
    assert (terminal.display()[:3], place(terminal)) == (["one", "three", ""], (1, 0))
    terminal = shown(three + b"\x9dX")
    assert (terminal.display()[:4], place(terminal)) == (["one", "X", "two", "three"], (1, 1))
    assert len(terminal.history) == 0


def test_tab_stops_can_be_set_and_cleared():
    assert place(shown(b"\x1f\x1f\x1f\x9f\x9b\x7f")) == (1, 3)
    assert place(shown(b"\x7f\x9e\x9b\x7f")) == (1, 16)


def test_escape_makes_a_picture_of_the_next_character():
    terminal = shown(b"\x1b\x1c\x1b\x7d\x1b\x1b\x1b\xfd\x1bAb")
    assert terminal.display()[0] == "↑\U0001f8b0␛\U0001f8b0Ab"
    assert inverse(terminal) == "...x...."


def test_the_end_of_a_line_cannot_be_escaped():
    assert place(shown(b"a\x1b\x9bb")) == (1, 1)


def test_bell_and_clear():
    terminal = shown(b"one\xfd\x7d")
    assert terminal.take_events() == [BellRang()]
    assert terminal.display() == [""] * 24
    assert terminal.history[0].text() == "one"


def test_ascii_line_ends_for_boards_that_are_not_ataris():
    terminal = shown(b"one\r\ntwo\x9bthree", ascii_eol=True)
    assert terminal.display()[:3] == ["one", "two", "three"]


def test_reset():
    terminal = shown(b"one\x9b\xa0\x7f\x9f\x1b")
    terminal.reset()
    terminal.feed(b"\x7fA")
    assert terminal.display()[0] == "        A"
    assert inverse(terminal) == "........"


@given(
    columns=st.sampled_from([40, 80]),
    ascii_eol=st.booleans(),
    chunks=st.lists(
        st.binary(max_size=60)
        | st.lists(st.sampled_from(b"\x1b\x9b\x1c\x1d\x1e\x1f\x7d\x7e\x7f\x9c\x9d\xfe\xffA\xc1\r\n")).map(
            bytes
        ),
        max_size=6,
    ),
)
def test_chunk_boundaries_never_matter_and_nothing_raises(columns, ascii_eol, chunks):
    whole, split = (AtasciiTerminal(columns, 6, ascii_eol=ascii_eol) for _ in range(2))
    whole.feed(b"".join(chunks))
    for chunk in chunks:
        split.feed(chunk)
    assert [row.spans() for row in whole.grid] == [row.spans() for row in split.grid]
    assert whole.cursor == split.cursor
    assert whole.take_events() == split.take_events()
    assert 0 <= whole.cursor.row < whole.rows
    assert 0 <= whole.cursor.column < whole.columns
