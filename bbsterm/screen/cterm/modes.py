"""CTerm: modes. Private ones (?), SyncTERM's own (=), and saving and restoring them."""

from __future__ import annotations

from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.cterm.graphics import FLAGS, CTermGraphics
from bbsterm.screen.keys import KeyModes
from bbsterm.screen.mouse import Form
from bbsterm.screen.terminal import ModesChanged, MouseReporting

__all__ = ["MOUSE", "SAVED", "CTermModes"]

MOUSE = (9, 1000, 1002, 1003)
"""Mouse modes that we have; 1006 (SGR coordinates) goes with any of them."""

SAVED = (6, 7, 25, *FLAGS, 67, 69, 80, *MOUSE, 1006)
"""Private modes that CSI ? s saves."""


class CTermModes(CTermGraphics):
    """Modes.

    Attributes:
        forced: Whether the last column flag stays on whatever the board says (``CSI = 5 h``).
        doorway: Whether NUL makes the next byte a glyph (``CSI = 255 h``).
    """

    def _power_on(self) -> None:
        super()._power_on()
        self.forced = getattr(self, "forced", False)
        self.deferred = self.forced
        self.doorway = False
        self._sgr_mouse = False
        self._block = False
        self._steady = getattr(self, "_steady", False)
        self._backarrow = True
        self._sixel_scrolling = True
        self._kept: dict[int, bool] = {}

    @property
    def mouse_form(self) -> Form:
        """How mouse reports are spelled (private mode 1006)."""
        return Form.SGR if self._sgr_mouse else Form.BYTES

    @property
    def key_modes(self) -> KeyModes:
        """What the board has said about the keyboard."""
        backarrow = None if self._backarrow else False
        return KeyModes(encoding=self.encoding, backarrow=backarrow, doorway=self.doorway)

    # --- private modes ------------------------------------------------------------------

    def on_decset(self, numbers: Parameters) -> None:
        """DECSET."""
        for number in numbers:
            self.switch(number, on=True)

    def on_decrst(self, numbers: Parameters) -> None:
        """DECRST."""
        for number in numbers:
            self.switch(number, on=False)

    def switch(self, mode: int, *, on: bool) -> None:
        """Set or reset a private mode; one that we do not have is ignored."""
        match mode:
            case 6:
                self.use_origin(on=on)
            case 7:
                if not on:
                    self.stay()
                self.autowrap = on
            case 25:
                self.visible = on
                self._block = False
            case _ if mode in FLAGS:
                self.use_flag(mode, on=on)
            case 67:
                self._backarrow = on
            case 69:
                self.lr_mode = on
            case 80:
                self._sixel_scrolling = on
            case _ if mode in MOUSE:
                self.report_mouse(mode, on=on)
            case 1006:
                self._sgr_mouse = on
                self.tell(ModesChanged())
            case 2004:
                self.bracket_pastes(on=on)

    def is_set(self, mode: int) -> bool | None:
        """Whether a private mode is set; None for one that we do not have."""
        match mode:
            case 6:
                return self.origin
            case 7:
                return self.autowrap
            case 25:
                return self.visible and not self._block
            case _ if mode in FLAGS:
                return bool(getattr(self.flags, FLAGS[mode]))
            case 67:
                return self._backarrow
            case 69:
                return self.lr_mode
            case 80:
                return self._sixel_scrolling
            case 9 | 1000 | 1001 | 1002 | 1003 | 1004 | 1005 | 1007 | 1015:
                return self._mouse is not MouseReporting.OFF and self._mouse.value == mode
            case 1006:
                return self._sgr_mouse
            case 2004:
                return self._bracketed_paste
        return None

    def on_save_modes(self, numbers: Parameters) -> None:
        """CTSMS: remember modes, all of them if none is named; with 6 among them the cursor goes home."""
        modes = numbers or SAVED
        self._kept |= {mode: bool(self.is_set(mode)) for mode in modes if mode in SAVED}
        if 6 in modes:
            self.move_to(1, 1)

    def on_restore_modes(self, numbers: Parameters) -> None:
        """CTRMS: as remembered. The cursor goes home if 6 is named, or nothing is and 6 was remembered."""
        for mode in numbers or SAVED:
            if mode in self._kept and self.is_set(mode) is not self._kept[mode]:
                self.switch(mode, on=self._kept[mode])
        if 6 in numbers or (not numbers and 6 in self._kept):
            self.move_to(1, 1)

    def on_decscusr(self, numbers: Parameters) -> None:
        """DECSCUSR: the cursor is a block, or a line (3 and 4), and may not blink (2 and 4). It is shown.

        Only a line is what mode 25 has switched on. What the cursor looks like is the user's affair.
        """
        style = numbers.number(0, 1)
        self._block, self._steady = style not in (3, 4), style in (2, 4)
        self.visible = True

    @property
    def cursor_style(self) -> int:
        """What DECSCUSR has set: 1 and 2 a block, 3 and 4 a line, the even ones without blinking."""
        return (1 if self._block else 3) + self._steady

    # --- SyncTERM's own -----------------------------------------------------------------

    def on_ctset(self, numbers: Parameters) -> None:
        """CTELCF, CTFLCF, BCSET: the last column flag, the same for good, doorway mode."""
        for number in numbers:
            match number:
                case 4:
                    self.deferred = True
                    self.stay()
                case 5:
                    self.forced = self.deferred = True
                case 255:
                    self.doorway = True
                    self.tell(ModesChanged())

    def on_ctrst(self, numbers: Parameters) -> None:
        """CTDLCF, BCRST."""
        for number in numbers:
            match number:
                case 4 if not self.forced:
                    self.deferred = False
                    self.stay()
                case 255:
                    self.doorway = False
                    self.tell(ModesChanged())
