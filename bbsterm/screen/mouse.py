"""The mouse in bytes: what a board that asked for it (private modes 9, 1000, 1002, 1003) is told.

Source: xterm's "Mouse Tracking" (ctlseqs), which SyncTERM follows.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from bbsterm.screen.terminal import MouseReporting

__all__ = ["FARTHEST", "Action", "Button", "Form", "encode_mouse"]

FARTHEST: Final = 223
"""The last column or row, from 1, that the old form can name: one byte, 32 more than the number."""


class Button(IntEnum):
    """A button as xterm numbers it; wheels are buttons that are only pressed."""

    LEFT = 0
    MIDDLE = 1
    RIGHT = 2
    NONE = 3
    WHEEL_UP = 64
    WHEEL_DOWN = 65
    WHEEL_LEFT = 66
    WHEEL_RIGHT = 67


class Action(IntEnum):
    """What happened. The value is what it adds to the button's number."""

    PRESS = 0
    RELEASE = 1
    MOVE = 32


class Form(IntEnum):
    """How a report is spelled. The value is the private mode that asks for it."""

    BYTES = 0
    UTF8 = 1005
    """As in bytes, but a number is a character of UTF-8: up to column 2015."""
    SGR = 1006
    """Decimal numbers, no farthest cell, releases name their button."""
    URXVT = 1015
    """Decimal numbers, the button's as in bytes."""


_UTF8_FARTHEST: Final = 2015

_SHIFT: Final = 4
_META: Final = 8
_CTRL: Final = 16

_TOLD: Final = {
    MouseReporting.OFF: frozenset[Action](),
    MouseReporting.PRESS: frozenset({Action.PRESS}),
    MouseReporting.BUTTONS: frozenset({Action.PRESS, Action.RELEASE}),
    MouseReporting.DRAG: frozenset(Action),
    MouseReporting.ALL: frozenset(Action),
}


def encode_mouse(
    reporting: MouseReporting,
    action: Action,
    button: Button,
    column: int,
    row: int,
    *,
    form: Form = Form.BYTES,
    shift: bool = False,
    meta: bool = False,
    ctrl: bool = False,
) -> bytes | None:
    """What the board is sent for something the mouse did.

    Args:
        reporting: What the board wants to know.
        action: What happened.
        button: Which button; for a move the one that is held, or `Button.NONE`.
        column: The board's cell, from 0.
        row: The same.
        form: How it is spelled.
        shift: Whether Shift was held; mode 9 does not tell.
        meta: The same for Alt.
        ctrl: The same for Control.

    Returns:
        None where the board has not asked for it, or the form cannot say it.
    """
    if action not in _TOLD[reporting] or column < 0 or row < 0:
        return None
    if action is Action.MOVE and button is Button.NONE and reporting is not MouseReporting.ALL:
        return None
    if action is Action.RELEASE and button >= Button.WHEEL_UP:
        return None
    if reporting is MouseReporting.PRESS:
        if button > Button.RIGHT:
            return None
        code = int(button)
    else:
        code = button + _SHIFT * shift + _META * meta + _CTRL * ctrl
    if form is Form.SGR:
        final = "m" if action is Action.RELEASE else "M"
        return f"\x1b[<{code + (action & Action.MOVE)};{column + 1};{row + 1}{final}".encode()
    if action is Action.RELEASE:
        code = code & ~3 | Button.NONE
    code += 32 + (action & Action.MOVE)
    if form is Form.URXVT:
        return b"\x1b[%d;%d;%dM" % (code, column + 1, row + 1)
    if max(column, row) >= (_UTF8_FARTHEST if form is Form.UTF8 else FARTHEST):
        return None
    numbers = code, 33 + column, 33 + row
    return b"\x1b[M" + ("".join(map(chr, numbers)).encode() if form is Form.UTF8 else bytes(numbers))
