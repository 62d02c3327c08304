"""The mouse of a board that asked for it: what Textual tells of it, as bytes for the board."""

from __future__ import annotations

from typing import Final

from textual import events

from bbsterm.screen.mouse import Action, Button
from bbsterm.screen.terminal import MouseReporting, Terminal
from bbsterm.tui.marking import Spot

__all__ = ["BoardMouse"]

_BUTTONS: Final = {1: Button.LEFT, 2: Button.MIDDLE, 3: Button.RIGHT}
_WHEELS: Final[tuple[tuple[type[events.MouseEvent], Button], ...]] = (
    (events.MouseScrollUp, Button.WHEEL_UP),
    (events.MouseScrollDown, Button.WHEEL_DOWN),
    (events.MouseScrollLeft, Button.WHEEL_LEFT),
    (events.MouseScrollRight, Button.WHEEL_RIGHT),
)


class BoardMouse:
    """Remembers which button is held and where the board was told the mouse is."""

    def __init__(self) -> None:
        self._held = Button.NONE
        self._told: Spot | None = None

    @property
    def held(self) -> bool:
        """Whether a button is down that the board was told of."""
        return self._held is not Button.NONE

    def report(self, terminal: Terminal, event: events.MouseEvent, cell: Spot) -> bytes | None:
        """Bytes for an event over a cell of the screen (its row as `line`); None where nothing is told.

        A move within a cell is not told, nor one that the board has not asked for.
        """
        if terminal.mouse is MouseReporting.OFF:
            self._held, self._told = Button.NONE, None
            return None
        action, button = self._what(event)
        if action is Action.MOVE and cell == self._told:
            return None
        data = terminal.mouse_report(
            action, button, cell.column, cell.line, shift=event.shift, meta=event.meta, ctrl=event.ctrl
        )
        self._told = cell
        return data

    def _what(self, event: events.MouseEvent) -> tuple[Action, Button]:
        for kind, wheel in _WHEELS:
            if isinstance(event, kind):
                return Action.PRESS, wheel
        if isinstance(event, events.MouseDown):
            self._held = _BUTTONS.get(event.button, Button.NONE)
            return Action.PRESS, self._held
        if isinstance(event, events.MouseUp):
            released, self._held = _BUTTONS.get(event.button, self._held), Button.NONE
            return Action.RELEASE, released
        return Action.MOVE, self._held
