from __future__ import annotations

import pytest

from bbsterm.screen import create_terminal
from bbsterm.serve.dialects.atascii import Atascii
from bbsterm.serve.picture import Canvas


def test_a_background_is_inverse_video():
    dialect = Atascii()

    assert dialect.say("ab|17c|16d") == b"ab\xe3d"


def test_lines_end_with_eol_and_in_plain():
    dialect = Atascii()
    dialect.say("|17x")

    assert dialect.newline() == b"\x9b"
    assert dialect.text("x") == b"x"


def test_orders_are_the_machines_own():
    dialect = Atascii()

    assert dialect.clear() == b"\x7d"
    assert dialect.rub_out(2) == b"\x7e\x7e"
    assert dialect.bell() == b"\xfd"


def test_arrows_are_never_sent_as_cursor_movements():
    assert Atascii().text("a→b↑") == b"a>b^"


@pytest.mark.parametrize(("kind", "columns"), [("atascii", 40), ("atascii80", 80)])
def test_a_picture_stands_where_it_should(kind, columns):
    canvas = Canvas(columns, 4)
    canvas.write(0, 0, "─" * columns)
    canvas.write(1, 3, "|17Title|16 text")
    canvas.write(3, 0, "Last")
    dialect = Atascii(columns)

    terminal = create_terminal(kind)
    terminal.feed(dialect.draw(canvas.picture()) + dialect.text("here"))

    assert terminal.display()[:5] == ["─" * columns, "   Title text", "", "Last", "here"]
