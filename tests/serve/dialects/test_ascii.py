from __future__ import annotations

from bbsterm.serve.dialects.ascii import Ascii
from bbsterm.serve.picture import Canvas


def test_there_are_no_colours_and_no_orders():
    dialect = Ascii()

    assert dialect.say("|12║ |16|09ä ►") == b"| a >"
    assert dialect.clear() == dialect.newline() == b"\r\n"
    assert dialect.rub_out(2) == b"\x08 \x08\x08 \x08"


def test_a_picture_is_its_lines_without_the_empty_ones_around_it():
    canvas = Canvas(10, 5)
    canvas.write(1, 1, "one")
    canvas.write(3, 0, "two")

    assert Ascii().draw(canvas.picture()) == b"\r\n one\r\n\r\ntwo\r\n"
