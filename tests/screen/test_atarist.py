from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen import create_terminal
from bbsterm.screen.atarist import RESOLUTIONS, AtariStTerminal
from bbsterm.screen.terminal import BellRang, Terminal


def shown(data: bytes, **options) -> AtariStTerminal:
    terminal = AtariStTerminal(**options)
    terminal.feed(data)
    return terminal


def place(terminal) -> tuple[int, int]:
    return terminal.cursor.row, terminal.cursor.column


def colours(terminal, column: int = 0, row: int = 0) -> tuple[str, str]:
    return terminal.grid[row].cell(column)[1].paint[:2]


def test_it_is_a_terminal():
    assert isinstance(AtariStTerminal(), Terminal)
    assert (create_terminal("atarist").columns, create_terminal("atarist").rows) == (80, 25)


def test_text_in_the_machines_own_character_set():
    assert shown(b"Hello, World! 123").display()[0] == "Hello, World! 123"
    assert shown(b"\x9e\xb1\xc2\x7f").display()[0] == "ßõא⌂"


def test_black_on_white_at_first():
    assert colours(shown(b"A")) == ("#000000", "#ffffff")


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"ab\r", (0, 0)),
        (b"ab\n", (1, 2)),
        (b"ab\x0b", (1, 2)),
        (b"ab\x0c", (1, 2)),
        (b"ab\b", (0, 1)),
        (b"\b", (0, 0)),
        (b"\t", (0, 8)),
        (b"\t" * 12, (0, 79)),
        (b"\x1bY" + bytes([32 + 5, 32 + 7]), (5, 7)),
        (b"\x1bY\x7f\xff", (24, 79)),
        (b"\x1bY\x1f\x20", (0, 0)),
        (b"\x1bY%%\x1bA", (4, 5)),
        (b"\x1bY%%\x1bB", (6, 5)),
        (b"\x1bY%%\x1bC", (5, 6)),
        (b"\x1bY%%\x1bD", (5, 4)),
        (b"\x1bY%%\x1bH", (0, 0)),
        (b"\x1bA\x1bD", (0, 0)),
        (b"\x1bY%%\x1bI", (4, 5)),
        (b"\x1bY%%\x1bj\x1bH\x1bk", (5, 5)),
        (b"ab\x1bk", (0, 2)),
        (b"\x1bY%%\x1bE", (0, 0)),
    ],
)
def test_moves(data, where):
    assert place(shown(data)) == where


def test_control_codes_without_meaning_do_nothing():
    assert shown(b"a\x00\x01\x0e\x1c\x1fb").display()[0] == "ab"
    assert shown(b"a\x1bF\x1bG\x1b[\x1b\\\x1b=\x1b>\x1bzb").display()[0] == "ab"


def test_bell():
    assert shown(b"\x07").take_events() == [BellRang()]


def test_the_last_column_is_overwritten_unless_wrap_is_on():
    terminal = shown(b"x" * 79 + b"abc")
    assert (terminal.display()[0], place(terminal)) == ("x" * 79 + "c", (0, 79))
    terminal = shown(b"\x1bv" + b"x" * 79 + b"abc")
    assert (terminal.display()[:2], place(terminal)) == (["x" * 79 + "a", "bc"], (1, 2))
    terminal = shown(b"\x1bv\x1bw" + b"x" * 81)
    assert place(terminal) == (0, 79)


@pytest.mark.parametrize(
    ("sequence", "screen"),
    [
        (b"\x1bK", ["abc", "d", "ghi"]),
        (b"\x1bJ", ["abc", "d", ""]),
        (b"\x1bo", ["abc", "  f", "ghi"]),
        (b"\x1bd", ["", "  f", "ghi"]),
        (b"\x1bl", ["abc", "", "ghi"]),
        (b"\x1bL", ["abc", "", "def"]),
        (b"\x1bM", ["abc", "ghi", ""]),
        (b"\x1bE", ["", "", ""]),
    ],
)
def test_erasing_and_lines(sequence, screen):
    terminal = shown(b"abc\r\ndef\r\nghi\x1bY\x21\x21" + sequence)
    assert terminal.display()[:3] == screen


def test_reverse_line_feed_scrolls_down_at_the_top():
    assert shown(b"abc\x1bI").display()[:2] == ["", "abc"]


def test_line_feed_scrolls_and_keeps_history():
    assert shown(b"abc" + b"\n" * 25).history[0].text() == "abc"
    assert shown(b"abc\x1bE").history[0].text() == "abc"


def test_colours_are_the_low_four_bits():
    assert colours(shown(b"\x1bb1\x1bc2A")) == ("#ff0000", "#00ff00")
    assert colours(shown(b"\x1bb\x01\x1bc\x12A")) == ("#ff0000", "#00ff00")


def test_resolutions():
    assert colours(shown(b"\x1bb:\x1bc4A")) == ("#00ff00", "#ffffff")
    assert colours(shown(b"\x1bb:\x1bc4A", columns=40)) == ("#6dff6d", "#0000ff")
    assert colours(shown(b"\x1bb1\x1bc2A", resolution="high")) == ("#000000", "#ffffff")
    assert all(len(palette) == 16 for palette in RESOLUTIONS.values())


def test_reverse_video():
    terminal = shown(b"\x1bb1\x1bpA\x1bqB")
    assert colours(terminal) == ("#ffffff", "#ff0000")
    assert colours(terminal, 1) == ("#ff0000", "#ffffff")


def test_erased_cells_take_the_background_but_are_never_reversed():
    terminal = shown(b"\x1bc1\x1bp\x1bE")
    assert colours(terminal, 5, 5)[1] == "#ff0000"


def test_the_cursor_hides():
    assert not shown(b"\x1bf").cursor.visible
    assert shown(b"\x1bf\x1be").cursor.visible


def test_reset():
    terminal = shown(b"one\x1bE\x1bc1\x1bp\x1bv\x1bf\x1bY")
    terminal.reset()
    terminal.feed(b"A")
    assert terminal.display()[0] == "A"
    assert colours(terminal) == ("#000000", "#ffffff")
    assert colours(terminal, 5, 5) == ("#000000", "#ffffff")
    assert terminal.cursor.visible
    assert not terminal.autowrap


@given(
    columns=st.sampled_from([40, 80]),
    chunks=st.lists(
        st.binary(max_size=50)
        | st.lists(st.sampled_from([bytes([code]) for code in b"\x1bYbcpqvwEHIJKLMdlojkAB\n\r\t%"])).map(
            b"".join
        ),
        max_size=6,
    ),
)
def test_chunk_boundaries_never_matter_and_nothing_raises(columns, chunks):
    whole, split = AtariStTerminal(columns, 6), AtariStTerminal(columns, 6)
    whole.feed(b"".join(chunks))
    for chunk in chunks:
        split.feed(chunk)
    assert [row.spans() for row in whole.grid] == [row.spans() for row in split.grid]
    assert whole.cursor == split.cursor
    assert 0 <= whole.cursor.row < whole.rows
    assert 0 <= whole.cursor.column < whole.columns
