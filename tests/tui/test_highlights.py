from __future__ import annotations

import pytest
from rich.cells import cell_len

from bbsterm.macros.triggers import read_reactions
from bbsterm.screen import create_terminal
from bbsterm.tui import highlights as module
from bbsterm.tui.highlights import MOST, Highlights
from bbsterm.tui.strips import BlinkingStrip, Painter


def highlights(text: str) -> Highlights:
    return Highlights(read_reactions(text).triggers)


MAIL = highlights('[[trigger]]\ntext = "mail"\nhighlight = "yellow"\n')


def coloured(strip, colour="#ffff55"):
    """The words of a strip that have a background colour."""
    return [text for text, style, _ in strip if style and style.bgcolor and style.bgcolor.name == colour]


def line_of(said: bytes, kind: str = "ansi"):
    terminal = create_terminal(kind)
    terminal.feed(said)
    return terminal.line(0)


def test_the_words_are_coloured_wherever_they_stand():
    line = line_of(b"mail, and \x1b[31mmo\x1b[32mre MAIL")
    painter = Painter()
    painter.highlights = MAIL

    strip = painter.strip(line)

    assert coloured(strip) == ["mail", "MAIL"]
    assert strip.text.rstrip() == "mail, and more MAIL"


def test_words_across_colours_are_one_find():
    painter = Painter()
    painter.highlights = MAIL

    assert "".join(coloured(painter.strip(line_of(b"new ma\x1b[31mil")))) == "mail"


def test_wide_characters_before_them_count_as_two_columns():
    painter = Painter()
    painter.highlights = MAIL

    assert coloured(painter.strip(line_of("日本 mail".encode(), "vt"))) == ["mail"]


def test_doubled_cells_are_coloured_whole():
    terminal = create_terminal("petscii")
    terminal.feed(b"\x0eMAIL")
    painter = Painter()
    painter.doubled = True
    painter.highlights = MAIL

    assert cell_len("".join(coloured(painter.strip(terminal.line(0))))) == 8


def test_a_blinking_row_keeps_its_colour_in_both_phases():
    painter = Painter()
    painter.highlights = MAIL

    made = painter._paint(line_of(b"mail \x1b[5mnow"))

    assert isinstance(made, BlinkingStrip)
    assert coloured(made.shown) == ["mail"]
    assert coloured(made.hidden) == ["mail"]


def test_the_cells_of_the_terminal_stay_as_they_were():
    line = line_of(b"mail")
    before = list(line.spans())
    painter = Painter()
    painter.highlights = MAIL
    painter.strip(line)

    assert list(line.spans()) == before


def test_one_row_is_coloured_in_a_bounded_number_of_places():
    every = highlights('[[trigger]]\ntext = "x"\nhighlight = "red"\n')
    painter = Painter()
    painter.highlights = every

    strip = painter.strip(line_of(b"x." * 39))

    assert "".join(coloured(strip, "#ff5555")) == "x" * MOST


@pytest.mark.parametrize("text", ["", '[[trigger]]\ntext = "x"\nbell = true\n'])
def test_without_colours_there_is_nothing_to_do(text):
    assert not highlights(text)


def test_an_expression_that_is_too_slow_colours_no_more(monkeypatch, caplog):
    slow = highlights('[[trigger]]\nregex = "m+a+i+l"\nhighlight = "red"\n')
    monkeypatch.setattr(module, "SLOW", -1.0)
    painter = Painter()
    painter.highlights = slow
    for number in range(module.STRIKES):
        assert slow, number
        painter.strip(line_of(b"mail"))

    assert not slow
    assert "too slow" in caplog.text
    assert coloured(painter.strip(line_of(b"mail")), "#ff5555") == []
