from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import codecs
from bbsterm.screen.bitmap_font import HEIGHT, glyph

FRAME = glyph("\uffff")


def drawn(char: str) -> list[str]:
    return [f"{row:08b}".replace("0", ".").replace("1", "#") for row in glyph(char)]


def test_every_character_of_code_page_437_has_a_shape_of_its_own():
    table = codecs.lookup("cp437_art").decode(bytes(range(1, 255)))[0]
    shapes = {char: glyph(char) for char in table if not char.isspace()}

    assert [char for char, shape in shapes.items() if shape == FRAME] == []
    assert len(set(shapes.values())) == len(shapes)


def test_letters_leave_a_column_between_them():
    for char in string.ascii_letters + string.digits:
        assert not any(row & 1 for row in glyph(char)), char


@pytest.mark.parametrize(
    ("char", "rows"),
    [
        ("─", {7: "........", 8: "########"}),
        ("│", {0: "...##...", 15: "...##..."}),
        ("┌", {7: "........", 8: "...#####", 9: "...##..."}),
        ("═", {7: "########", 8: "........", 9: "########"}),
        ("╔", {7: "..######", 8: "..#.....", 9: "..#..###", 15: "..#..#.."}),
        ("╬", {0: "..#..#..", 7: "###..###", 8: "........", 9: "###..###"}),
        ("╟", {0: "..#..#..", 8: "..#..###"}),
        ("╪", {7: "########", 8: "...##...", 9: "########"}),
        ("▀", {0: "########", 7: "########", 8: "........"}),
        ("▌", {0: "####....", 15: "####...."}),
        ("▚", {0: "####....", 15: "....####"}),
        ("🬀", {0: "####....", 5: "........"}),
        ("🬭", {10: "........", 11: "########"}),
    ],
)
def test_lines_and_blocks_are_where_they_meet_their_neighbours(char, rows):
    for y, row in rows.items():
        assert drawn(char)[y] == row, (char, y)


def test_an_accent_stands_over_its_letter():
    assert glyph("é")[5:] == glyph("e")[5:]
    assert glyph("é") != glyph("e")
    assert glyph("É")[:2] != glyph("E")[:2]


def test_what_the_font_lacks_is_drawn_as_what_stands_in_for_it():
    assert glyph("🮽") == glyph("╳")
    assert glyph("漢") == FRAME


@given(st.characters())
def test_any_character_is_sixteen_rows_of_eight_pixels(char):
    shape = glyph(char)

    assert len(shape) == HEIGHT
    assert all(0 <= row <= 0xFF for row in shape)
