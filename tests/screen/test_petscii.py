from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.screen import create_terminal
from bbsterm.screen.pens import REVERSE
from bbsterm.screen.petscii import PetsciiTerminal, create
from bbsterm.screen.petscii_machines import C64, C128_40, C128_80, VIC_II
from bbsterm.screen.terminal import BellRang, Cursor, Terminal


def shown(data: bytes, *, rows: int = 25, columns: int = 40, **options) -> PetsciiTerminal:
    terminal = PetsciiTerminal(columns, rows, **options)
    terminal.feed(data)
    return terminal


def place(terminal) -> tuple[int, int]:
    return terminal.cursor.row, terminal.cursor.column


def reversed_cells(terminal, row: int) -> str:
    return "".join(
        "x" if terminal.grid[row].cell(column)[1].look.style & REVERSE else "." for column in range(6)
    )


def test_it_is_a_terminal():
    assert isinstance(PetsciiTerminal(), Terminal)
    assert (PetsciiTerminal().columns, PetsciiTerminal().rows) == (40, 25)
    assert create_terminal("petscii").name == "petscii"
    assert create_terminal("petscii80").columns == 80


# --- characters ------------------------------------------------------------------------------


def test_text_set_at_first_as_in_terminal_programs():
    assert shown(b"\xc8ELLO, \xd7ORLD! 123").display()[0] == "Hello, World! 123"


def test_graphics_set_when_asked_for():
    assert shown(b"HELLO \xd3", encoding="petscii_unshifted").display()[0] == "HELLO ♥"
    assert create(encoding="PETSCII-unshifted").graphics
    assert not create(encoding="cp437").graphics


def test_switching_redraws_the_whole_screen():
    terminal = shown(b"A\xc1\xd3\xa6")
    assert terminal.display()[0] == "aAS▒"
    terminal.feed(b"\x8e")
    assert terminal.display()[0] == "A♠♥▒"
    terminal.feed(b"B\xc1\x0e")
    assert terminal.display()[0] == "aAS▒bA"


def test_rows_that_are_history_keep_the_look_they_had():
    terminal = shown(b"\x8e\xd3\r" + b"\r" * 24 + b"\x0e\xd3")
    assert terminal.history[0].text() == "♥"
    terminal = shown(b"\x8e\xd3\x93\x0e\xd3")
    assert terminal.history[0].text() == "♥"
    assert terminal.display()[0] == "S"


def test_ff_is_pi_and_shifted_space_is_a_space():
    terminal = shown(b"\x8e\x7e\xde\xff\xa0!\xe0.")
    assert terminal.display()[0] == "πππ ! ."


@pytest.mark.parametrize("code", [*range(0x05), 0x06, 0x0A, 0x0B, 0x0C, 0x0F, 0x10, *range(0x15, 0x1C), 0x80])
def test_unassigned_codes_do_nothing_on_a_c64(code):
    terminal = shown(b"A" + bytes([code]) + b"B")
    assert (terminal.display()[0], place(terminal)) == ("ab", (0, 2))


def test_function_keys_and_stop_do_nothing():
    assert shown(b"A\x85\x86\x87\x88\x89\x8a\x8b\x8c\x83\x03B").display()[0] == "ab"


def test_bell():
    terminal = shown(b"\x07")
    assert terminal.take_events() == [BellRang()]


# --- colours and reverse -----------------------------------------------------------------------


VIC_CODES = b"\x90\x05\x1c\x9f\x9c\x1e\x1f\x9e\x81\x95\x96\x97\x98\x99\x9a\x9b"


@pytest.mark.parametrize(("number", "code"), list(enumerate(VIC_CODES)))
def test_the_sixteen_colours_of_the_vic(code, number):
    assert shown(bytes([code, 0x2A])).grid[0].cell(0)[1].paint.foreground == VIC_II["colodore"][number]


@pytest.mark.parametrize(
    ("code", "ansi"),
    [
        (0x90, 0), (0x05, 15), (0x1C, 1), (0x9F, 14), (0x9C, 13), (0x1E, 2), (0x1F, 4), (0x9E, 11),
        (0x81, 5), (0x95, 3), (0x96, 9), (0x97, 6), (0x98, 8), (0x99, 10), (0x9A, 12), (0x9B, 7),
    ],
)  # fmt: skip
def test_the_sixteen_colours_of_the_80_column_chip(code, ansi):
    terminal = shown(bytes([code, 0x2A]), columns=80)
    assert terminal.grid[0].cell(0)[1].look.foreground == ansi


def test_start_colours_are_a_terminal_programs_unless_the_machines_are_asked_for():
    assert shown(b"A").grid[0].cell(0)[1].paint[:2] == ("#b2b2b2", "#000000")
    assert shown(b"A", boot_colours=True).grid[0].cell(0)[1].paint[:2] == ("#706deb", "#2e2c9b")
    c128 = shown(b"A", machine=C128_40, boot_colours=True)
    assert c128.grid[0].cell(0)[1].paint[:2] == ("#a9ff9f", "#4a4a4a")
    assert shown(b"A", palette="pepto", boot_colours=True).grid[0].cell(0)[1].paint.background == "#352879"


def test_reverse_is_per_cell_and_ended_by_92_and_by_both_returns():
    for end in (b"\x92", b"\r", b"\x8d"):
        terminal = shown(b"\x12AB" + end + b"C")
        assert reversed_cells(terminal, 0)[:2] == "xx"
        row = terminal.cursor.row
        assert reversed_cells(terminal, row)[terminal.cursor.column - 1] == "."


def test_reverse_and_colour_survive_home_and_clear():
    terminal = shown(b"\x1c\x12A\x13B\x93C")
    assert reversed_cells(terminal, 0) == "x....."
    assert terminal.grid[0].cell(0)[1].paint[:2] == ("#000000", "#813338")


def test_reverse_does_not_colour_the_blanks_of_del_and_ins():
    terminal = shown(b"\x12ABC\x14\x14\x94")
    assert reversed_cells(terminal, 0) == "x....."


def test_the_80_column_chip_underlines_and_flashes():
    terminal = shown(b"\x02A\x0fB\x82C\x8fD", columns=80)
    paints = [terminal.grid[0].cell(column)[1].paint for column in range(4)]
    assert [(paint.underline, paint.blink) for paint in paints] == [
        (True, False),
        (True, True),
        (False, True),
        (False, False),
    ]
    assert terminal.line(0).blinks


# --- the cursor --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"AB", (0, 2)),
        (b"AB\r", (1, 0)),
        (b"AB\x8d", (1, 0)),
        (b"AB\x11", (1, 2)),
        (b"AB\x91", (0, 2)),
        (b"\r\rAB\x91", (1, 2)),
        (b"AB\x9d", (0, 1)),
        (b"\x9d", (0, 0)),
        (b"\r\x9d", (0, 39)),
        (b"\x1d", (0, 1)),
        (b"\x1d" * 40, (1, 0)),
        (b"\r\rAB\x13", (0, 0)),
        (b"A" * 40, (1, 0)),
        (b"\x11" * 30, (24, 0)),
    ],
)
def test_moves(data, where):
    assert place(shown(data)) == where


def test_right_at_the_end_of_the_screen_scrolls():
    terminal = shown(b"TOP\r" + b"\x11" * 23 + b"\x1d" * 40)
    assert place(terminal) == (24, 0)
    assert terminal.history[0].text() == "top"


def test_down_scrolls_and_up_does_not():
    assert shown(b"TOP" + b"\x11" * 25).history[0].text() == "top"
    assert len(shown(b"\x91" * 5).history) == 0


def test_text_wraps_at_once_and_scrolls_after_the_last_cell():
    terminal = shown(b"X" * 1000)
    assert place(terminal) == (24, 0)
    assert terminal.display()[24] == ""
    assert len(terminal.history) == 1


def test_clear_goes_home_and_keeps_the_screen():
    terminal = shown(b"ONE\rTWO\x93")
    assert terminal.display() == [""] * 25
    assert place(terminal) == (0, 0)
    assert [line.text() for line in terminal.history] == ["one", "two"]


# --- DEL and INST ------------------------------------------------------------------------------


def test_del_pulls_the_rest_of_the_row():
    terminal = shown(b"ABCDEF\x9d\x9d\x14")
    assert (terminal.display()[0], place(terminal)) == ("abcef", (0, 3))


def test_del_at_home_does_nothing():
    terminal = shown(b"ABC\x13\x14")
    assert (terminal.display()[0], place(terminal)) == ("abc", (0, 0))


def test_del_in_column_1_goes_on_at_the_end_of_the_row_above():
    terminal = shown(b"ABC\rDEF\x9d\x9d\x9d\x14")
    assert terminal.display()[:2] == ["abc", "def"]
    assert place(terminal) == (0, 39)


def test_del_works_on_the_logical_line():
    terminal = shown(b"A" * 39 + b"BCD" + b"\x9d\x9d\x14")
    assert (terminal.display()[:2], place(terminal)) == (["a" * 39 + "c", "d"], (0, 39))
    terminal = shown(b"A" * 39 + b"BCD" + b"\x13\x1d\x14")
    assert terminal.display()[:2] == ["a" * 38 + "bc", "d"]


def test_inst_works_on_the_logical_line():
    terminal = shown(b"A" * 39 + b"BCD" + b"\x13\x94")
    assert terminal.display()[:2] == [" " + "a" * 39, "bcd"]
    assert place(terminal) == (0, 0)


def test_a_logical_line_has_two_rows_at_most():
    terminal = shown(b"A" * 40 + b"B" * 40 + b"C" + b"\x13\x14\x94")
    assert terminal.display()[:3] == [" " + "a" * 39, "a" + "b" * 39, "c"]


def test_a_full_row_loses_its_last_cell_to_inst():
    assert shown(b"0123456789" * 4 + b"\x91\x94X").display()[0] == "x" + ("0123456789" * 4)[:39]


def test_on_80_columns_a_line_is_a_row():
    terminal = shown(b"A" * 80 + b"B" + b"\x13\x94", columns=80)
    assert terminal.display()[:2] == [" " + "a" * 79, "b"]


# --- locks, tabs, escape sequences ---------------------------------------------------------------


def test_the_board_can_lock_the_character_set_against_the_keyboard():
    terminal = shown(b"\xd3\x08")
    terminal.toggle_charset()
    assert terminal.display()[0] == "S"
    terminal.feed(b"\x09")
    terminal.toggle_charset()
    assert terminal.display()[0] == "♥"
    c128 = shown(b"\x0b", machine=C128_40)
    assert c128.locked
    c128.feed(b"\x0c")
    assert not c128.locked


def test_a_c128_has_line_feeds_and_tabs():
    assert place(shown(b"AB\x0a", machine=C128_40)) == (1, 2)
    assert place(shown(b"\x09", machine=C128_40)) == (0, 8)
    assert place(shown(b"\x1d\x1d\x18\x13\x09", machine=C128_40)) == (0, 2)
    assert place(shown(b"\x09" * 9, machine=C128_40)) == (0, 39)
    assert place(shown(b"\x1bZ\x09", machine=C128_40)) == (0, 39)
    assert place(shown(b"\x1bZ\x1bY\x09", machine=C128_40)) == (0, 8)


@pytest.mark.parametrize(
    ("sequence", "screen", "where"),
    [
        (b"\x1bQ", ["abc", "d", "ghi"], (1, 1)),
        (b"\x1bP", ["abc", "  f", "ghi"], (1, 1)),
        (b"\x1b@", ["abc", "d", ""], (1, 1)),
        (b"\x1bD", ["abc", "ghi", ""], (1, 1)),
        (b"\x1bI", ["abc", "", "def"], (1, 1)),
        (b"\x1bJ", ["abc", "def", "ghi"], (1, 0)),
        (b"\x1bK", ["abc", "def", "ghi"], (1, 2)),
        (b"\x1bV", ["def", "ghi", ""], (1, 1)),
        (b"\x1bW", ["", "abc", "def"], (1, 1)),
        (b"\x1bX", ["abc", "def", "ghi"], (1, 1)),
        (b"\x1b[", ["abc", "d[f", "ghi"], (1, 2)),
    ],
)
def test_escape_sequences_of_a_c128(sequence, screen, where):
    terminal = shown(b"ABC\rDEF\rGHI\x13\x11\x1d" + sequence, machine=C128_40)
    assert (terminal.display()[:3], place(terminal)) == (screen, where)


def test_escape_o_ends_all_styles():
    terminal = shown(b"\x12\x02\x0f\x1c\x1bOA", columns=80)
    look = terminal.grid[0].cell(0)[1].look
    assert (look.style, look.foreground) == (0, 1)


def test_a_c64_drops_escape():
    assert shown(b"\x1b[31mA").display()[0] == "[31Ma"


# --- quote mode ----------------------------------------------------------------------------------


def test_quotation_marks_mean_nothing_at_first():
    assert shown(b'"\x1d"').display()[0] == '" "'


def test_quote_mode_draws_control_codes_reversed():
    terminal = shown(b'"\x13\x93\x1c', quote_mode=True)
    assert terminal.display()[0] == '"sS£'
    assert reversed_cells(terminal, 0) == ".xxx.."
    assert terminal.grid[0].cell(3)[1].look.foreground == -1


def test_quote_mode_ends_with_a_mark_or_return():
    assert shown(b'"\x1d"\x1d.', quote_mode=True).display()[0] == '"]" .'
    assert shown(b'"\x1d\r\x1d.', quote_mode=True).display()[:2] == ['"]', " ."]


def test_del_works_in_quotes_and_inst_does_not():
    assert shown(b'"AB\x14', quote_mode=True).display()[0] == '"a'
    assert shown(b'"AB\x94', quote_mode=True).display()[0] == '"abT'


def test_inst_makes_room_for_visible_control_codes():
    terminal = shown(b"AB\x9d\x9d\x94\x94\x1dX\x1dY", quote_mode=True)
    assert terminal.display()[0] == "]xay"


# --- state ---------------------------------------------------------------------------------------


def test_reset_keeps_the_history():
    terminal = shown(b"ONE\x93\x8e\x12\x08TWO")
    terminal.reset()
    assert terminal.display() == [""] * 25
    assert terminal.history[0].text() == "one"
    terminal.feed(b"\xd3")
    assert terminal.display()[0] == "S"
    assert not terminal.locked
    assert reversed_cells(terminal, 0) == "......"


def test_resize_keeps_the_picture_and_the_cursor_inside():
    terminal = shown(b"ONE\rTWO\rTHREE")
    terminal.resize(20, 2)
    assert terminal.display() == ["two", "three"]
    assert terminal.cursor == Cursor(1, 5)
    terminal.resize(40, 25)
    assert (terminal.columns, terminal.rows) == (40, 25)


def test_dirty_rows():
    terminal = PetsciiTerminal()
    terminal.take_dirty()
    terminal.feed(b"\r\rA")
    assert terminal.take_dirty() == {0, 2}
    assert terminal.take_dirty() == set()


MACHINES = st.sampled_from([C64, C128_40, C128_80])
PIECES = [
    *(bytes([code]) for code in b'\x0e\x8e\x12\x92\r\x14\x94"\x93\x1bQ\x9d\xc1\x1c\x09'),
    b"\x1d" * 39,
    b"A" * 41,
    b"\x11" * 7,
]
LIKELY = st.binary(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=20).map(b"".join)


@given(machine=MACHINES, chunks=st.lists(LIKELY, max_size=6), quote_mode=st.booleans())
def test_chunk_boundaries_never_matter_and_nothing_raises(machine, chunks, quote_mode):
    def made() -> PetsciiTerminal:
        return PetsciiTerminal(machine.columns, 8, machine=machine, quote_mode=quote_mode)

    whole, split = made(), made()
    whole.feed(b"".join(chunks))
    for chunk in chunks:
        split.feed(chunk)
    assert [row.spans() for row in whole.grid] == [row.spans() for row in split.grid]
    assert [line.text() for line in whole.history] == [line.text() for line in split.history]
    assert whole.cursor == split.cursor
    assert 0 <= whole.cursor.row < whole.rows
    assert 0 <= whole.cursor.column < whole.columns
    assert all(len(row.text()) <= whole.columns for row in whole.grid)


@given(st.binary(max_size=60))
def test_two_switches_of_the_set_change_nothing(data):
    terminal = shown(data)
    before = terminal.display()
    terminal.feed(b"\x8e\x0e" if not terminal.graphics else b"\x0e\x8e")
    assert terminal.display() == before
    terminal.toggle_charset()
    terminal.toggle_charset()
    assert terminal.display() == before


def test_remembered_changes_of_a_pen_are_bounded():
    terminal = PetsciiTerminal()
    pen = terminal.pen
    codes = [code for code in range(0x80, 0xA0) if code not in (0x8D, 0x8E, 0x91, 0x93, 0x94, 0x9D)]
    terminal.feed(b"".join(b"\x9b%c%c A" % (first, second) for first in codes for second in codes))
    pens = {pen, *(terminal.pens.get(pen.look._replace(foreground=number)) for number in range(16))}
    assert max(len(pen.next) for pen in pens) <= limits.MAX_PEN_CHANGES + 64
    assert any(len(pen.next) >= limits.MAX_PEN_CHANGES for pen in pens)
