"""Modes: what SM and RM, DECSET and DECRST switch."""

from __future__ import annotations

from bbsterm.screen.ansi.graphics import Graphics
from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.keys import KeyModes
from bbsterm.screen.terminal import ModesChanged, MouseReporting

__all__ = ["Modes"]

_MOUSE = {9, 1000, 1002, 1003}


class Modes(Graphics):
    """Modes by number: plain, private (?) and SyncTERM's (=)."""

    def _power_on(self) -> None:
        super()._power_on()
        self._mouse = MouseReporting.OFF
        self._bracketed_paste = False
        self._application_cursor = False

    @property
    def mouse(self) -> MouseReporting:
        """What the board wants to know of the mouse."""
        return self._mouse

    @property
    def bracketed_paste(self) -> bool:
        """Whether a paste should be wrapped in ESC [200~ and ESC [201~."""
        return self._bracketed_paste

    @property
    def key_modes(self) -> KeyModes:
        """What the board has said about the keyboard."""
        return KeyModes(
            encoding=self.encoding, application_cursor=self._application_cursor, newline=self.newline
        )

    def on_modes(self, mark: str, parameters: Parameters, *, on: bool) -> None:
        """SM and RM, by private mark."""
        for number in parameters:
            self._switch(mark, number, on)

    def _switch(self, mark: str, number: int, on: bool) -> None:
        match mark, number:
            case "", 4:
                self.insert = on and not self.profile.bbs
            case "", 20:
                self.newline = on and not self.profile.bbs
            case "?", 1:
                self._application_cursor = on
            case "?", 6:
                self.origin = on
                self.cursor_position()
            case "?", 7:
                self.autowrap = on
            case "?", 25:
                self.visible = on
            case "?", 2004:
                self._bracketed_paste = on
                self.tell(ModesChanged())
            case "?", mouse if mouse in _MOUSE:
                self._mouse = MouseReporting(mouse) if on else MouseReporting.OFF
                self.tell(ModesChanged())
            case "=", 4:
                self.pending_wrap = on
