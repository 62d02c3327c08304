from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen.svg import to_svg
from bbsterm.screen.terminal import Cursor, Paint, Span
from tests.screen.lines import GREY, YELLOW_ON_BLUE, row

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*lines, **options):
    return ElementTree.fromstring(to_svg(lines, columns=80, **options))


def test_text_keeps_its_colour_and_its_cells():
    picture = drawn(row(("Hello", YELLOW_ON_BLUE)))

    text = picture.find(f".//{SVG}text")
    assert text is not None
    assert (text.text, text.get("fill"), text.get("textLength")) == ("Hello", "#ffff55", "40")


def test_a_background_is_one_rectangle():
    picture = drawn(row(("  ", YELLOW_ON_BLUE)))

    assert [r.get("fill") for r in picture.iter(f"{SVG}rect")] == ["#000000", "#0000aa"]


def test_a_run_of_blocks_is_one_rectangle_and_no_text():
    picture = drawn(row(("████", GREY)))

    assert picture.find(f".//{SVG}text") is None
    assert [r.get("width") for r in picture.iter(f"{SVG}rect")][1:] == ["32"]


def test_half_blocks_fill_half_the_cell():
    picture = drawn(row(("▐▐", GREY)))

    assert [(r.get("x"), r.get("width")) for r in picture.iter(f"{SVG}rect")][1:] == [("4", "4"), ("12", "4")]


def test_the_cursor_is_drawn_only_where_it_shows():
    assert len(list(drawn(row((" ", GREY)), cursor=Cursor(0, 0)).iter(f"{SVG}rect"))) == 2
    assert len(list(drawn(row((" ", GREY)), cursor=Cursor(0, 0, visible=False)).iter(f"{SVG}rect"))) == 1


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_a_board_writes_the_picture_is_well_formed(text, title):
    line = type("Row", (), {"spans": lambda self: [Span(text, Paint("#ffffff", "#000000"), len(text))]})()

    ElementTree.fromstring(to_svg([line], columns=80, title=title))
