"""VT: modes, of ANSI and of DEC and xterm (private), the alternate screen, resets.

Modes that change nothing here (keyboard lock, smooth scrolling ...) are remembered, so that a program that
asks hears what it has set.
"""

from __future__ import annotations

from typing import Final

from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.keys import KeyModes
from bbsterm.screen.mouse import Form
from bbsterm.screen.rows import Row
from bbsterm.screen.terminal import ModesChanged, MouseReporting
from bbsterm.screen.vt.charsets import Charsets
from bbsterm.screen.vt.cursor import SavePoint
from bbsterm.screen.vt.editing import Protection
from bbsterm.screen.vt.rectangles import VtRectangles

__all__ = ["VtModes"]

_MOUSE: Final = (9, 1000, 1002, 1003)

_FORMS: Final = frozenset((1005, 1006, 1015))
"""How mouse reports are spelled: the one that was set last."""

_REMEMBERED: Final = frozenset((
    4, 10, 12, 18, 19, 30, 35, 42, 44, 66, 80, 95, 1001, 1005, 1006, 1007, 1010, 1011, 1015,
    1034, 1035, 1036, 1037, 1039, 1040, 1041, 1042, 1043, 1044,
))  # fmt: skip
"""Private modes that are on or off and do nothing here (or whose effect others look up, as 1006)."""

_ACTIONS: Final = {
    1: "_use_application_cursor", 3: "_use_132_columns", 5: "_use_reverse_video", 6: "_use_origin",
    7: "_use_autowrap", 25: "_show_cursor", 40: "_allow_132_columns", 41: "_use_more_fix",
    45: "_use_reverse_wrap", 47: "_use_alternate", 67: "_use_backarrow", 69: "_use_side_margins",
    1004: "_use_focus", 1045: "_use_reverse_wrap_too", 1047: "_use_alternate_cleared_after",
    1048: "_save_or_restore", 1049: "_use_alternate_and_save", 2004: "bracket_pastes",
}  # fmt: skip
"""Private mode to the name of the method that sets or resets it."""

_ALTERNATE: Final = (47, 1047, 1049)
"""Modes that are the alternate screen."""

_ON_AT_FIRST: Final = frozenset((12, 1007))

_FIXED: Final = {8: 4, 1: 4}
"""Standard and private modes that cannot be changed: 4 is permanently reset (DECRPM)."""

_NEVER: Final = frozenset((1, 5, 7, 10, 11, 13, 14, 15, 16, 17, 18, 19))
"""Standard modes that are reset for good."""

_LEVEL_4: Final = 4
_LEVEL_5: Final = 5


class VtModes(VtRectangles):
    """Modes.

    Attributes:
        level: Which terminal we are: 1 is a VT100, 2 a VT200 ... 5 a VT500 (DECSCL); a VT400 at first.
        eight_bit: Whether answers use C1 controls of one byte (S8C1T).
        alternate: Whether the alternate screen is shown.
        may_resize: Whether a board may change the number of columns and rows (DECCOLM, DECSLPP ...).
    """

    may_resize: bool

    def _power_on(self) -> None:
        super()._power_on()
        self.level = _LEVEL_4
        self.eight_bit = False
        self.alternate = False
        self._hidden: list[Row] | None = None
        self._hidden_saved: SavePoint | None = None
        self._set = set(_ON_AT_FIRST)
        self._kept: dict[int, bool] = {}
        self._locked = False
        self._local_echo = False
        self._application_cursor = False
        self._backarrow: bool | None = None
        self._reversed = False
        self._more = False
        self._wide = self.columns == 132
        self._wraps_back = self._wraps_back_too = False
        self._may_widen = False
        self._focus = False
        self.cursor_style = 1

    @property
    def key_modes(self) -> KeyModes:
        """What the board has said about the keyboard."""
        return KeyModes(
            encoding=self.encoding,
            application_cursor=self._application_cursor,
            newline=self.newline,
            backarrow=self._backarrow,
        )

    @property
    def mouse_form(self) -> Form:
        """How mouse reports are spelled (private modes 1005, 1006, 1015)."""
        return Form(max(_FORMS & self._set, default=0))

    @property
    def focus_reporting(self) -> bool:
        """Whether the board wants to know when the window gains or loses the focus (private mode 1004)."""
        return self._focus

    @property
    def keeps(self) -> bool:
        """Whether what leaves the screen is history: not from the alternate screen."""
        return not self.alternate

    @property
    def refills(self) -> bool:
        """Whether a higher screen takes rows back from the history, as xterm's does."""
        return not self.alternate

    # --- standard modes -------------------------------------------------------------------

    def on_sm(self, numbers: Parameters) -> None:
        """SM."""
        for number in numbers:
            self._switch_standard(number, on=True)

    def on_rm(self, numbers: Parameters) -> None:
        """RM."""
        for number in numbers:
            self._switch_standard(number, on=False)

    def _switch_standard(self, mode: int, *, on: bool) -> None:
        match mode:
            case 2:
                self._locked = on
            case 4:
                self.insert = on
            case 12:
                self._local_echo = not on
            case 20:
                self.newline = on

    def standard_state(self, mode: int) -> int:
        """DECRPM's number for a standard mode: 0 unknown, 1 set, 2 reset, 4 permanently reset."""
        states = {2: self._locked, 4: self.insert, 12: not self._local_echo, 20: self.newline}
        if mode in states:
            return 2 - states[mode]
        return 4 if mode in _NEVER else 0

    # --- private modes --------------------------------------------------------------------

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
        action = _ACTIONS.get(mode)
        if action is not None:
            getattr(self, action)(on=on)
        elif mode in _MOUSE:
            self.report_mouse(mode, on=on)
        elif mode in _REMEMBERED:
            if on and mode in _FORMS:
                self._set -= _FORMS
            (self._set.add if on else self._set.discard)(mode)
            self.tell(ModesChanged())

    def is_set(self, mode: int) -> bool | None:
        """Whether a private mode is set; None for one that we do not have."""
        states = {
            1: self._application_cursor, 3: self._wide, 5: self._reversed, 6: self.origin, 7: self.autowrap,
            25: self.visible, 40: self._may_widen, 41: self._more, 45: self._wraps_back, 47: self.alternate,
            67: bool(self._backarrow), 69: self.lr_mode, 1004: self._focus, 1045: self._wraps_back_too,
            1047: self.alternate, 1048: self.saved is not None, 1049: self.alternate,
            2004: self._bracketed_paste,
        }  # fmt: skip
        if mode in states:
            return states[mode]
        if mode in _MOUSE:
            return self._mouse is not MouseReporting.OFF and self._mouse.value == mode
        return mode in self._set if mode in _REMEMBERED else None

    def private_state(self, mode: int) -> int:
        """DECRPM's number for a private mode."""
        state = self.is_set(mode)
        return _FIXED.get(mode, 0) if state is None else 2 - state

    def on_xtsave(self, numbers: Parameters) -> None:
        """XTSAVE: remember private modes; 1048 is the cursor itself."""
        if 1048 in numbers:
            self.save_cursor()
        for mode in numbers:
            state = self.is_set(mode)
            if state is not None:
                self._kept[mode] = state

    def on_xtrestore(self, numbers: Parameters) -> None:
        """XTRESTORE: as remembered."""
        for mode in numbers:
            if mode == 1048:
                self.restore_cursor()
            elif mode in self._kept and self.is_set(mode) is not self._kept[mode]:
                self.switch(47 if mode in _ALTERNATE else mode, on=self._kept[mode])

    def _use_application_cursor(self, *, on: bool) -> None:
        self._application_cursor = on

    def _use_reverse_video(self, *, on: bool) -> None:
        if on is self._reversed:
            return
        self._reversed = on
        palette = self.pens.palette
        palette.foreground, palette.background = palette.background, palette.foreground
        self.pens.repaint()
        self.refresh()

    def _use_origin(self, *, on: bool) -> None:
        self.origin = on
        self.move_to(1, 1)

    def _use_autowrap(self, *, on: bool) -> None:
        self.autowrap = on

    def _show_cursor(self, *, on: bool) -> None:
        self.visible = on

    def _use_more_fix(self, *, on: bool) -> None:
        self._more = on

    def _use_reverse_wrap(self, *, on: bool) -> None:
        """Private mode 45."""
        self._wraps_back = on
        self.reverse_wrap = on or self._wraps_back_too

    def _use_reverse_wrap_too(self, *, on: bool) -> None:
        """Private mode 1045: to xterm since patch 383 what 45 was before; to us they are the same."""
        self._wraps_back_too = on
        self.reverse_wrap = on or self._wraps_back

    def _use_backarrow(self, *, on: bool) -> None:
        self._backarrow = on

    def _use_focus(self, *, on: bool) -> None:
        self._focus = on
        self.tell(ModesChanged())

    def _use_side_margins(self, *, on: bool) -> None:
        if self.level >= _LEVEL_4 or not on:
            self.lr_mode = on
            if not on:
                self.left, self.right = 0, self.columns

    def _allow_132_columns(self, *, on: bool) -> None:
        self._may_widen = on

    def _use_132_columns(self, *, on: bool) -> None:
        """DECCOLM: blank, home, no margins; and so many columns, if a board may say that."""
        if not self._may_widen:
            return
        self._wide = on
        if self.may_resize:
            self.resize(132 if on else 80, self.rows)
        self.top, self.bottom, self.left, self.right = 0, self.rows, 0, self.columns
        self.lr_mode = False
        if 95 not in self._set or self.level < _LEVEL_5:
            self.erase_rows(0, self.rows, self.pen.blank)
        self.go_to(0, 0)

    def tab(self) -> None:
        """HT; under private mode 41 from the last column to a stop in the next row."""
        if self._more and self.waiting:
            self.wrap(waited=True)
        super().tab()

    # --- the alternate screen ---------------------------------------------------------------

    def _use_alternate(self, *, on: bool) -> None:
        """Private mode 47."""
        if on is self.alternate:
            return
        self.alternate = on
        hidden = self._hidden or [Row(self.columns, self.pens.default) for _ in range(self.rows)]
        self._hidden = self.grid[:]
        self.grid[:] = hidden
        self.saved, self._hidden_saved = self._hidden_saved, self.saved

    def _use_alternate_cleared_after(self, *, on: bool) -> None:
        """Private mode 1047: the alternate screen is blanked when it is left."""
        if self.alternate and not on:
            self.renew(self.pen.blank)
        self._use_alternate(on=on)

    def _use_alternate_and_save(self, *, on: bool) -> None:
        """Private mode 1049: the cursor is saved, the alternate screen blank."""
        if on:
            if not self.alternate:
                self.save_cursor()
            self._use_alternate(on=True)
            self.renew(self.pen.blank)
        else:
            self._use_alternate(on=False)
            self.restore_cursor()

    def _save_or_restore(self, *, on: bool) -> None:
        """Private mode 1048."""
        if on:
            self.save_cursor()
        else:
            self.restore_cursor()

    def resize(self, columns: int, rows: int) -> None:
        """Change the screen's size; the hidden screen's too."""
        super().resize(columns, rows)
        if self._hidden is not None:
            for row in self._hidden:
                row.resize(self.columns, self.pens.default)
            saved = self._hidden_saved
            place = saved.y if saved is not None else 0
            gone = self.cut_grid(self._hidden, self.rows, cursor_row=place, keep=self.alternate)
            if saved is not None and gone:
                self._hidden_saved = saved._replace(y=max(saved.y - gone, 0))
            missing = self.rows - len(self._hidden)
            self._hidden += [Row(self.columns, self.pens.default) for _ in range(missing)]

    def resize_for_board(self, columns: int, rows: int) -> None:
        """Change the screen's size for the board, where it may; 0 is as many as the window has."""
        if self.may_resize:
            self.resize(columns or self.columns, rows or self.rows)

    def on_decscpp(self, numbers: Parameters) -> None:
        """DECSCPP: 80 or 132 columns."""
        if (columns := numbers.number(0) or 80) in (80, 132):
            self.resize_for_board(columns, self.rows)

    def on_decsnls(self, numbers: Parameters) -> None:
        """DECSNLS: so many rows."""
        self.resize_for_board(self.columns, numbers.number(0))

    # --- resets -----------------------------------------------------------------------------

    def soft_reset(self) -> None:
        """DECSTR: many modes as at first; the screen and the cursor's place stay."""
        self.stay()
        self.visible = self.autowrap = True
        self.cursor_style = 1
        self.insert = self.origin = self._locked = False
        self.reverse_wrap = self._wraps_back = self._wraps_back_too = False
        self._application_cursor = self.lr_mode = False
        self._set.discard(66)
        self._sum = 0
        self.top, self.bottom, self.left, self.right = 0, self.rows, 0, self.columns
        self.charsets = Charsets()
        self.pen = self.pens.default
        self.protection = Protection.NONE
        self.saved = None

    def hard_reset(self) -> None:
        """RIS: blank, and as after switching on, but for title, size and leave to change it (mode 40)."""
        if self._may_widen and self._wide and self.may_resize:
            self.resize(80, self.rows)
        title, may_widen = self.title, self._may_widen
        if self.alternate:
            self._use_alternate(on=False)
        self.parser.reset()
        self._power_on()
        self.title, self._may_widen = title, may_widen
        self.pens.palette.restore()
        self.pens.repaint()
        self.renew(self.pens.default)
        self.refresh()
        self.tell(ModesChanged())

    def on_decscl(self, numbers: Parameters) -> None:
        """DECSCL: be an older terminal, after a reset; and with what kind of controls to answer."""
        level = numbers.number(0, 64) - 60
        if 1 <= level <= 5:
            self.hard_reset()
            self.level = level
            self.eight_bit = level > 1 and numbers.number(1) != 1
