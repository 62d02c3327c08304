from __future__ import annotations

import pytest

from bbsterm.screen import create_terminal
from bbsterm.serve.dialects.petscii import Petscii
from bbsterm.serve.markup import Style
from bbsterm.serve.picture import Canvas


def fresh(columns=40):
    dialect = Petscii(columns)
    assert dialect.clear() == b"\x0e\x92\x93\x9b"  # text set, straight, clear, light grey
    return dialect


def test_letters_are_swapped_and_lines_are_single():
    assert fresh().text("Hello ╔═") == b"h\x45\x4c\x4c\x4f \xb0\x60"


def test_colours_are_single_bytes_sent_when_they_change():
    dialect = fresh()

    assert dialect.say("|15a|15b|14c|07d") == b"\x05\x41\x42\x9e\x43\x9b\x44"


def test_a_background_is_reverse_video_in_its_colour():
    dialect = fresh()

    assert dialect.say("|17|15hi|16|07x") == b"\x12\x9aHI\x92\x9bX"


def test_what_the_rom_lacks_is_another_glyph_reversed():
    dialect = fresh()

    assert dialect.text("█▌▐") == b"\x12 \x92\xa1\x12\xa1\x92"
    dialect.style(Style(7, 1))
    assert dialect.text("█") == b"\x92 \x12"


def test_return_ends_reverse_video():
    dialect = fresh()
    dialect.say("|17x")

    assert dialect.newline() == b"\x0d\x9b"
    assert dialect.text("y") == b"Y"


def test_a_cell_is_rubbed_out_with_del():
    assert fresh().rub_out(3) == b"\x14\x14\x14"


@pytest.mark.parametrize(("kind", "columns"), [("petscii", 40), ("petscii80", 80)])
def test_a_picture_stands_where_it_should(kind, columns):
    canvas = Canvas(columns, 4)
    canvas.write(0, 0, "|15" + "─" * columns)
    canvas.write(1, 3, "|17|15Title|16 |10text")
    canvas.write(3, 0, "|12Last")
    dialect = Petscii(columns)

    terminal = create_terminal(kind)
    terminal.feed(dialect.draw(canvas.picture()) + dialect.text("here"))

    shown = terminal.display()
    assert shown[1:5] == ["   Title text", "", "Last", "here"]
    assert shown[0] == "─" * columns


def test_an_art_file_is_sent_as_it_is_and_then_nothing_is_believed():
    dialect = fresh()

    assert dialect.show_file(b"\x1c\x12art\x0d") == b"\x0e\x92\x93\x9b\x1c\x12art\x0d\x9b"
