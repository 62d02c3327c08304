from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen import create_terminal
from bbsterm.screen.mouse import FARTHEST, Action, Button, Form, encode_mouse
from bbsterm.screen.terminal import MouseReporting

OFF, PRESS, BUTTONS, DRAG, ALL = MouseReporting
LEFT, RIGHT, NONE, UP = Button.LEFT, Button.RIGHT, Button.NONE, Button.WHEEL_UP


@pytest.mark.parametrize(
    ("reporting", "action", "button", "wanted"),
    [
        (OFF, Action.PRESS, LEFT, None),
        (PRESS, Action.PRESS, LEFT, b"\x1b[M !!"),
        (PRESS, Action.PRESS, RIGHT, b"\x1b[M\x22!!"),
        (PRESS, Action.RELEASE, LEFT, None),
        (PRESS, Action.PRESS, UP, None),
        (BUTTONS, Action.RELEASE, LEFT, b"\x1b[M#!!"),
        (BUTTONS, Action.PRESS, UP, b"\x1b[M`!!"),
        (BUTTONS, Action.RELEASE, UP, None),
        (BUTTONS, Action.MOVE, LEFT, None),
        (DRAG, Action.MOVE, LEFT, b"\x1b[M@!!"),
        (DRAG, Action.MOVE, NONE, None),
        (ALL, Action.MOVE, NONE, b"\x1b[MC!!"),
    ],
)
def test_each_mode_tells_what_it_is_for(reporting, action, button, wanted):
    assert encode_mouse(reporting, action, button, 0, 0) == wanted


def test_the_sgr_form_is_decimal_and_its_releases_name_the_button():
    assert encode_mouse(BUTTONS, Action.PRESS, RIGHT, 299, 24, form=Form.SGR) == b"\x1b[<2;300;25M"
    assert encode_mouse(BUTTONS, Action.RELEASE, RIGHT, 299, 24, form=Form.SGR) == b"\x1b[<2;300;25m"
    assert encode_mouse(ALL, Action.MOVE, NONE, 0, 0, form=Form.SGR) == b"\x1b[<35;1;1M"


def test_modifiers_are_told_but_in_mode_9():
    held = {"shift": True, "meta": True, "ctrl": True}
    assert encode_mouse(BUTTONS, Action.PRESS, LEFT, 0, 0, form=Form.SGR, **held) == b"\x1b[<28;1;1M"
    assert encode_mouse(BUTTONS, Action.RELEASE, LEFT, 0, 0, ctrl=True) == b"\x1b[M3!!"
    assert encode_mouse(PRESS, Action.PRESS, LEFT, 0, 0, **held) == b"\x1b[M !!"


def test_what_the_old_form_cannot_name_is_not_told():
    last = FARTHEST - 1
    assert encode_mouse(BUTTONS, Action.PRESS, LEFT, last, 0) == b"\x1b[M \xff!"
    assert encode_mouse(BUTTONS, Action.PRESS, LEFT, FARTHEST, 0) is None
    assert encode_mouse(BUTTONS, Action.PRESS, LEFT, 0, FARTHEST) is None
    assert encode_mouse(BUTTONS, Action.PRESS, LEFT, -1, 0) is None


def test_two_forms_that_came_between_say_more_than_bytes_can():
    assert encode_mouse(BUTTONS, Action.PRESS, LEFT, 94, 4, form=Form.UTF8) == b"\x1b[M \x7f%"
    assert encode_mouse(BUTTONS, Action.PRESS, LEFT, 249, 4, form=Form.UTF8) == b"\x1b[M \xc4\x9a%"
    assert encode_mouse(BUTTONS, Action.PRESS, LEFT, 2015, 4, form=Form.UTF8) is None
    assert encode_mouse(DRAG, Action.MOVE, RIGHT, 2999, 4, form=Form.URXVT) == b"\x1b[66;3000;5M"
    assert encode_mouse(BUTTONS, Action.RELEASE, RIGHT, 0, 0, form=Form.URXVT) == b"\x1b[35;1;1M"


SPELLED = {
    Form.BYTES: rb"\x1b\[M[ -\xff][!-\xff][!-\xff]",
    Form.UTF8: rb"\x1b\[M(?:[ -\x7f]|[\xc2-\xdf][\x80-\xbf]){3}",
    Form.SGR: rb"\x1b\[<\d+;\d+;\d+[Mm]",
    Form.URXVT: rb"\x1b\[\d+;\d+;\d+M",
}


@given(
    st.sampled_from(list(MouseReporting)), st.sampled_from(list(Action)), st.sampled_from(list(Button)),
    st.integers(0, 3000), st.integers(0, 3000), st.sampled_from(list(Form)), st.booleans(),
)  # fmt: skip
def test_whatever_happens_is_one_sequence_or_nothing(reporting, action, button, column, row, form, ctrl):
    told = encode_mouse(reporting, action, button, column, row, form=form, ctrl=ctrl)

    assert told is None or re.fullmatch(SPELLED[form], told, re.DOTALL)


@pytest.mark.parametrize("kind", ["ansi", "vt"])
def test_a_terminal_tells_by_the_modes_that_its_board_has_set(kind):
    terminal = create_terminal(kind)
    assert terminal.mouse_report(Action.PRESS, LEFT, 3, 2) is None

    terminal.feed(b"\x1b[?1000h")
    assert terminal.mouse_report(Action.PRESS, LEFT, 3, 2) == b"\x1b[M $#"

    terminal.feed(b"\x1b[?1006h")
    assert terminal.mouse_report(Action.PRESS, LEFT, 3, 2, ctrl=True) == b"\x1b[<16;4;3M"

    terminal.feed(b"\x1b[?1000l")
    assert terminal.mouse_report(Action.PRESS, LEFT, 3, 2) is None
