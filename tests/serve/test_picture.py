from __future__ import annotations

from bbsterm.serve.markup import PLAIN, Run, Style
from bbsterm.serve.picture import DOUBLE, Canvas, Cell, Picture


def test_runs_are_grouped_by_style_without_blanks_at_the_end():
    blue = Style(9, 0)
    picture = Picture([[Cell("a"), Cell("b"), Cell("c", blue), Cell(" "), Cell(" ")]])

    assert picture.runs(0) == [Run("ab", PLAIN), Run("c", blue)]


def test_a_blank_with_a_background_is_not_blank():
    picture = Picture([[Cell(" "), Cell(" ", Style(7, 4))]])

    assert picture.runs(0) == [Run(" ", PLAIN), Run(" ", Style(7, 4))]


def test_what_falls_outside_of_a_canvas_is_lost():
    canvas = Canvas(4, 2)

    canvas.write(0, 2, "abcdef")
    canvas.write(5, 0, "never")
    canvas.put(-1, 0, Cell("x"))

    assert canvas.picture().text() == ["  ab", ""]


def test_a_frame_has_its_corners_where_they_belong():
    canvas = Canvas(5, 3)

    canvas.frame(0, 0, 3, 5, PLAIN, DOUBLE)

    assert canvas.picture().text() == ["╔═══╗", "║   ║", "╚═══╝"]


def test_a_line_is_centred_by_its_characters_not_its_codes():
    canvas = Canvas(9, 1)

    canvas.centre(0, "|15abc")

    assert canvas.picture().text() == ["   abc"]


def test_cropping_keeps_the_top_left_corner():
    canvas = Canvas(4, 3)
    for row, text in enumerate(("abcd", "efgh", "ijkl")):
        canvas.write(row, 0, text)
    picture = canvas.picture()

    assert picture.cropped(2, 2).text() == ["ab", "ef"]
    assert picture.cropped(80, 24) is picture
    assert picture.halved().text() == ["ac", "eg", "ik"]


def test_a_stamp_lies_on_what_was_there():
    canvas = Canvas(4, 1)
    canvas.write(0, 0, "aaaa")
    canvas.stamp(0, 1, Picture([[Cell("b"), Cell("c")]]))

    assert canvas.picture().text() == ["abca"]
