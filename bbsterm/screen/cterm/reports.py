"""CTerm: what the board may ask, and what it is told. Answers are templates with numbers in them."""

from __future__ import annotations

from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.cterm.rectangles import CTermRectangles
from bbsterm.screen.fonts import CELL_HEIGHT, FIRST_LOADABLE

__all__ = ["CTermReports"]

_LISTED = (6, 7, 9, 25, 31, 32, 33, 34, 35, 69, 80, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1015)
"""Private modes that ``CSI = 2 n`` lists, in its order."""

SPEEDS = (0, 300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 76_800, 115_200)
"""Bits per second by the number in ``CSI * r`` (cterm.adoc)."""

_CELL = CELL_HEIGHT, 8
"""Height and width of a cell in pixels: we have none, so we say what a VGA card has."""

_ANSI_MODES = {**dict.fromkeys((*range(1, 14), 15, 17, 18), 4), 21: 3, 22: 3}
"""ECMA-48 modes that nobody can change: 3 permanently set, 4 permanently reset (DECRPM)."""

_TRANSFER_MODES = (14, 16)
"""FETM and TTM say what reading the screen back would send; we remember them and never send it."""

_RESULT_NONE = 99


class CTermReports(CTermRectangles):
    """Answers.

    Attributes:
        capabilities: What CTDA says that we can do; see `CTerm`.
    """

    capabilities: tuple[int, ...]

    def _power_on(self) -> None:
        super()._power_on()
        self._font_result = _RESULT_NONE
        self._speed = 0
        self._ansi_modes = set[int]()

    def on_da(self, numbers: Parameters) -> None:
        """DA: "CTerm", revision 1.326: the one whose behaviour this is."""
        if not numbers.number(0):
            self.reply(b"\x1b[=67;84;101;114;109;1;326c")

    def on_ctda(self, numbers: Parameters) -> None:
        """CTDA: what we can do."""
        if not numbers.number(0):
            self.reply(b"\x1b[<%bc" % ";".join(map(str, (0, *self.capabilities))).encode())

    def on_dsr(self, numbers: Parameters) -> None:
        """DSR: 5 we are well; 6 where the cursor is; 255 how big the screen is."""
        match numbers.number(0):
            case 5:
                self.reply(b"\x1b[0n")
            case 6:
                self.reply(b"\x1b[%d;%dR" % self.place)
            case 255:
                self.reply(b"\x1b[%d;%dR" % self.extent)

    def on_ctsmrr(self, numbers: Parameters) -> None:
        """CTSMRR: fonts, modes, the cell's size, the last column flag, whether it is forced, hyperlinks."""
        if len(numbers) > 1:
            return
        match numbers.number(0, 1):
            case 1:
                self.reply(b"\x1b[=1;%d;%d;%d;%d;%d;%dn" % (FIRST_LOADABLE, self._font_result, *self.slots))
            case 2:
                modes = ";".join(str(mode) for mode in _LISTED if self.is_set(mode))
                self.reply(b"\x1b[=2;%bn" % modes.encode())
            case 3:
                self.reply(b"\x1b[=3;%d;%dn" % _CELL)
            case 4:
                self.reply(b"\x1b[=4;%dn" % self.deferred)
            case 5:
                self.reply(b"\x1b[=5;%dn" % self.forced)
            case 6:
                self.reply(b"\x1b[=6;1n")

    def on_decdsr(self, numbers: Parameters) -> None:
        """DECMSR, DECCKSR: room for macros, and a checksum of them."""
        match numbers.number(0):
            case 62 if len(numbers) == 1:
                self.reply(b"\x1b[32767*{")
            case 63 if len(numbers) <= 2:
                self.reply(b"\x1bP%d!~%04X\x1b\\" % (numbers.number(1, 1), self.macro_checksum()))

    def macro_checksum(self) -> int:
        """A checksum of all macros, 0 while there are none."""
        return 0

    def on_xtsrga(self, numbers: Parameters) -> None:
        """XTSRGA: how big the screen is in pixels, if it had some."""
        if numbers[:2] == (2, 1):
            height, width = _CELL
            self.reply(b"\x1b[?2;0;%d;%dS" % (width * self.columns, height * self.rows))

    def on_decrqm_ansi(self, numbers: Parameters) -> None:
        """DECRQM of a standard mode: nearly all are as ECMA-48 begins, for good."""
        if len(numbers) == 1:
            mode = numbers.number(0)
            state = 2 - (mode in self._ansi_modes) if mode in _TRANSFER_MODES else _ANSI_MODES.get(mode, 0)
            self.reply(b"\x1b[%d;%d$y" % (mode, state))

    def on_sm(self, numbers: Parameters) -> None:
        """SM."""
        self._ansi_modes |= set(numbers) & set(_TRANSFER_MODES)

    def on_rm(self, numbers: Parameters) -> None:
        """RM."""
        self._ansi_modes -= set(numbers)

    def on_decrqm(self, numbers: Parameters) -> None:
        """DECRQM of a private mode: 1 set, 2 reset, 0 unknown."""
        if len(numbers) == 1:
            mode = numbers.number(0)
            state = self.is_set(mode)
            self.reply(b"\x1b[?%d;%d$y" % (mode, 0 if state is None else 2 - state))

    def on_decrqm_cterm(self, numbers: Parameters) -> None:
        """DECRQM of one of SyncTERM's modes; forced is 3, permanently set."""
        if len(numbers) == 1:
            mode = numbers.number(0)
            states = {4: 2 - self.deferred, 5: 2 + self.forced, 255: 2 - self.doorway}
            self.reply(b"\x1b[=%d;%d$y" % (mode, states.get(mode, 0)))

    def on_dectabsr(self, numbers: Parameters) -> None:
        """DECTABSR: where the tab stops are."""
        if numbers.number(0) == 2:
            stops = "/".join(str(stop + 1) for stop in sorted(self.tabs))
            self.reply(b"\x1bP2$u%b\x1b\\" % stops.encode())

    # --- DECRQSS --------------------------------------------------------------------------

    def on_decrqss(self, function: str) -> None:
        """DECRQSS: what a control function has set, named by its intermediates and final."""
        answer = self._setting(function)
        if answer is None:
            self.reply(b"\x1bP0$r\x1b\\")
        else:
            self.reply(b"\x1bP1$r%b\x1b\\" % answer.encode())

    def _setting(self, function: str) -> str | None:
        match function:
            case "m":
                return self._sgr()
            case "r":
                return f"{self.top + 1};{self.bottom}r"
            case "s":
                return f"{self.left + 1};{self.right}s"
            case "t":
                return f"{self.rows}t"
            case "$|":
                return f"{self.columns}$|"
            case "*|":
                return f"{self.rows}$|"
            case "*x":
                return f"{self._extent}*x"
            case "*r":
                return f";{SPEEDS.index(self._speed)}*r"
            case " q":
                return f"{self.cursor_style} q"
            case "$~" | "$}":
                return f"0{function}"
        return None

    def _sgr(self) -> str:
        """The pen as SGR parameters."""
        attribute = self.attribute
        fg, bg = attribute.fg, attribute.bg
        if attribute.negative:
            fg, bg = bg, fg
        numbers = ["0"]
        numbers += ["1"] * attribute.bright + ["5"] * attribute.blink + ["7"] * attribute.negative
        if not attribute.front_set and fg != 7:
            numbers.append(str(30 + fg))
        if not attribute.back_set and bg != 0:
            numbers.append(str(40 + bg))
        numbers += [setting for setting in (attribute.front_set, attribute.back_set) if setting]
        return ";".join(numbers) + "m"
