from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen import create_terminal
from bbsterm.screen.petscii_machines import C128_80
from bbsterm.screen.terminal import Paint
from bbsterm.screen.writer import AnsiWriter, AtariStWriter, AtasciiWriter, PetsciiWriter, sgr

GREY = Paint("#b2b2b2", "#000000")
BEGIN = "\x1b[?7l\x1b[0;38;2;178;178;178;48;2;0;0;0m\x1b[2J\x1b[H"


def written(writer: AnsiWriter, data: bytes) -> str:
    writer.take_text()
    writer.feed(data)
    return writer.take_text()


def same_picture(writer: AnsiWriter, text: str, kind: str = "vt") -> None:
    """Our own ANSI terminal, given what the writer wrote, shows what the machine shows."""
    other = create_terminal(kind, columns=writer.columns, rows=writer.rows, encoding="utf-8")
    other.feed(text.encode())
    for row in range(writer.rows):
        assert list(other.line(row).spans()) == list(writer.line(row).spans())
    assert other.cursor == writer.cursor


def test_it_begins_with_a_blank_screen_of_the_machines_colours():
    text = PetsciiWriter(40, 2).take_text()
    assert text == BEGIN + " " * 40 + "\r\n" + " " * 40 + "\x1b[1;1H"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"AB", "ab"),
        (b"A\rB", "a\r\nb"),
        (b"A\x11\x11B", "a\x1b[3;2Hb"),
        (b"\x1cA", "\x1b[38;2;129;51;56ma"),
        (b"\x1c\x12A", "\x1b[38;2;0;0;0;48;2;129;51;56ma"),
        (b"\x05A\x05B", "\x1b[38;2;255;255;255mab"),
        (b"A" * 40 + b"B", "a" * 40 + "\r\nb"),
        (b"\x07", "\a"),
        (b"ABC\x9d\x9d\x14", "abc\rbc" + " " * 38 + "\r"),
    ],
)
def test_what_is_written(data, text):
    assert written(PetsciiWriter(), data) == text


def test_a_whole_screen_scrolls_by_line_feeds():
    text = written(PetsciiWriter(40, 3), b"\r\r\rA")
    assert text == "\r\n\n\n" + " " * 40 + "\ra"


def test_underline_and_flash():
    text = written(PetsciiWriter(80, machine=C128_80), b"\x02\x0fA\x82\x8fB")
    assert text == (
        "\x1b[0;4;5;38;2;255;255;255;48;2;0;0;0ma\x1b[0;38;2;255;255;255;48;2;0;0;0mb"
    )  # fmt: skip


def test_the_cursor_hides_and_the_end_tidies_up():
    writer = AtariStWriter()
    assert written(writer, b"\x1bf").endswith("\x1b[?25l")
    assert writer.close() == "\x1b[0m\x1b[?7h\x1b[?25h"
    assert PetsciiWriter().close().endswith("\x1b[0m\x1b[?7h")


def test_sgr_says_only_what_changes():
    red = GREY._replace(foreground="#ff0000")
    assert sgr(GREY) == "\x1b[0;38;2;178;178;178;48;2;0;0;0m"
    assert sgr(GREY, GREY) == ""
    assert sgr(red, GREY) == "\x1b[38;2;255;0;0m"
    assert sgr(red._replace(bold=True), red) == "\x1b[0;1;38;2;255;0;0;48;2;0;0;0m"
    assert sgr(red, red._replace(bold=True)) == "\x1b[0;38;2;255;0;0;48;2;0;0;0m"


def test_a_terminal_that_never_heard_of_us_shows_the_same():
    import pyte

    writer = PetsciiWriter()
    writer.feed(b"\x93\x1c\x12HELLO\x92 \xd7ORLD\r" + b"\x9e*" * 30 + b"\x13\x94\x94\x8e\x14")
    screen = pyte.Screen(40, 25)
    pyte.Stream(screen).feed(writer.take_text())
    for row in range(25):
        for column in range(40):
            char, pen = writer.grid[row].cell(column)
            cell = screen.buffer[row][column]
            assert (cell.data, "#" + cell.fg, "#" + cell.bg) == (char, *pen.paint[:2])
    assert (screen.cursor.y, screen.cursor.x) == (writer.cursor.row, writer.cursor.column)


WRITERS = [
    lambda: PetsciiWriter(40, 8),
    lambda: PetsciiWriter(80, 8, machine=C128_80),
    lambda: AtasciiWriter(40, 8),
    lambda: AtariStWriter(80, 8),
]
CODES = (
    b"\x93\x0e\x8e\x12\x92\x1c\r\x14\x94\x11\x91\x1d\x9d\x02\x0f"  # a Commodore's
    b"\x7d\x7e\x7f\x9b\x9c\x9d\xfe\xff\x1b\x1e\x1f"  # an Atari's
    b"YcbpEIJKLMA\xc1\xa6"
)
DATA = st.binary(max_size=80) | st.lists(
    st.sampled_from([*(bytes([code]) for code in CODES), b"X" * 39, b"\x1d" * 39, b"\n\n\n\n\n"]), max_size=30
).map(b"".join)


@pytest.mark.parametrize("make", WRITERS)
@given(chunks=st.lists(DATA, max_size=3))
def test_two_sinks_one_picture(make, chunks):
    writer = make()
    text = ""
    for chunk in chunks:
        writer.feed(chunk)
        text += writer.take_text()
    same_picture(writer, text + writer.take_text())


def test_resizing_draws_everything_again():
    writer = PetsciiWriter(40, 4)
    writer.feed(b"ONE\rTWO\rTHREE")
    writer.take_text()
    writer.resize(40, 2)
    other = create_terminal("vt", columns=40, rows=2)
    other.feed(writer.take_text().encode())
    assert other.display() == writer.display() == ["two", "three"]
