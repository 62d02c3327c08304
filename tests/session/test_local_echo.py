from __future__ import annotations

import pytest

from bbsterm.session.line_editor import Back, Draw, LineEditor, PassOn, Submit, Wipe
from bbsterm.session.local_echo import draw, echo_of_key


@pytest.mark.parametrize(
    ("act", "fed"),
    [
        (Draw("hi"), b"hi"),
        (Back(2), b"\b\b"),
        (Wipe(2), b"  \b\b"),
        (Submit("hi"), b"\r\n"),
        (Submit("hi", enter=False), b""),
        (PassOn("up", None), b""),
    ],
)
def test_an_act_is_drawn_as_the_board_would(terminal, act, fed):
    terminal.x = 10

    draw(terminal, act)

    assert bytes(terminal.fed) == fed


def test_going_back_over_a_wrap_moves_the_cursor_up():
    from bbsterm.screen import create_terminal

    terminal, editor = create_terminal("ansi", columns=10, rows=5), LineEditor()
    for act in editor.insert("abcdefghijkl"):
        draw(terminal, act)
    for _ in range(4):
        for act in editor.press("backspace", None):
            draw(terminal, act)

    assert terminal.display()[:2] == ["abcdefgh", ""]
    assert tuple(terminal.cursor)[:2] == (0, 8)


@pytest.mark.parametrize(
    ("sent", "echo"),
    [
        (b"a", b"a"),
        (b"\r", b"\r\n"),
        (b"\x08", b"\x08 \x08"),
        (b"\x7f", b"\x08 \x08"),
        (b"\x1b[A", b""),
        (b"\x03", b""),
        (b"", b""),
    ],
)
def test_in_character_mode_only_text_is_echoed(sent, echo):
    assert echo_of_key(sent) == echo
