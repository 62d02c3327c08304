from __future__ import annotations

import pytest

from bbsterm.screen import create_terminal


@pytest.mark.parametrize(("kind", "heavy"), [("ansi", False), ("vt", True)])
def test_bold_is_a_brighter_colour_in_art_and_a_heavier_font_as_well_on_a_unix_host(kind, heavy):
    terminal = create_terminal(kind)
    terminal.feed(b"\x1b[1;31mred")

    paint = terminal.line(0).spans()[0].paint

    assert paint.bold is heavy
    assert paint.foreground == terminal.pens.palette.front(9)
