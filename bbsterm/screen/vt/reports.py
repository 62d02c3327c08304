"""VT: what a program may ask, and what it is told. Answers are templates with numbers in them.

What xterm answers and we do not: titles (the answer would be typed at whoever reads next), pixels, the
clipboard, termcap.
"""

from __future__ import annotations

from typing import Final

from bbsterm import limits
from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.pens import PROTECTED
from bbsterm.screen.vt.graphics import sgr_of
from bbsterm.screen.vt.modes import VtModes

__all__ = ["VtReports"]

_DA1: Final[dict[int, bytes]] = {
    1: b"\x1b[?1;2c",
    2: b"\x1b[?62;1;2;6;9;15;22;29c",
    3: b"\x1b[?63;1;2;6;9;15;22;29c",
    4: b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28;29c",
    5: b"\x1b[?65;1;2;6;9;15;16;17;18;21;22;28;29c",
}
"""What an xterm says that it is, by level: programs know it by that."""

_DA2: Final[dict[int, bytes]] = {
    1: b"\x1b[>0;380;0c",
    2: b"\x1b[>1;380;0c",
    3: b"\x1b[>24;380;0c",
    4: b"\x1b[>41;380;0c",
    5: b"\x1b[>64;380;0c",
}
"""A VT100, VT220, VT320, VT420 or VT520, as xterm; 380 is the version of xterm that we claim to be like."""

_DA3: Final = b"\x1bP!|00000000\x1b\\"

_STATUS: Final[dict[int, tuple[int, bytes]]] = {
    5: (1, b"\x1b[?0n"),  # we are well
    15: (2, b"\x1b[?13n"),  # no printer
    25: (2, b"\x1b[?20n"),  # keys can be defined
    53: (3, b"\x1b[?50n"),  # no locator
    55: (3, b"\x1b[?50n"),
    56: (3, b"\x1b[?57;0n"),
    62: (4, b"\x1b[0*{"),  # no room for macros
    75: (4, b"\x1b[?70n"),  # no errors on the line
    85: (4, b"\x1b[?83n"),  # one session
}
"""What DECDSR is answered, and from which level on."""

_KEYBOARD: Final[dict[int, bytes]] = {
    1: b"",
    2: b"\x1b[?27;1n",
    3: b"\x1b[?27;1;0n",  # North American, ready
    4: b"\x1b[?27;1;0;0n",  # ... an LK201
    5: b"\x1b[?27;1;0;0n",
}
"""The keyboard, by level."""

_TERMCAP: Final[dict[str, bytes]] = {"436F": b"256", "636F6C6F7273": b"256"}
"""What XTGETTCAP tells: how many colours there are (``Co``, ``colors``), by the name in hexadecimal."""

_EIGHT_BIT: Final = {b"\x1b[": b"\x9b", b"\x1bP": b"\x90", b"\x1b]": b"\x9d", b"\x1b\\": b"\x9c"}


class VtReports(VtModes):
    """Answers."""

    def reply(self, data: bytes) -> None:
        """Answer, with C1 controls of one byte where that was asked for and can be."""
        if self.eight_bit and self.encoding.lower() not in ("utf-8", "utf8"):
            for seven, eight in _EIGHT_BIT.items():
                data = data.replace(seven, eight)
        super().reply(data)

    def on_da(self, numbers: Parameters) -> None:
        """DA1."""
        if not numbers.number(0):
            self.on_decid()

    def on_decid(self) -> None:
        """DECID."""
        self.reply(_DA1[self.level])

    def on_da2(self, numbers: Parameters) -> None:
        """DA2."""
        if not numbers.number(0):
            self.reply(_DA2[self.level])

    def on_da3(self, numbers: Parameters) -> None:
        """DA3."""
        if not numbers.number(0) and self.level >= 4:
            self.reply(_DA3)

    def on_dsr(self, numbers: Parameters) -> None:
        """DSR: 5 we are well; 6 where the cursor is."""
        match numbers.number(0):
            case 5:
                self.reply(b"\x1b[0n")
            case 6:
                self.reply(b"\x1b[%d;%dR" % self.place)

    def on_decdsr(self, numbers: Parameters) -> None:
        """DECDSR: 6 where the cursor is, with the page; 63 a checksum of no macros; and `_STATUS`."""
        match numbers.number(0):
            case 6:
                self.reply(b"\x1b[?%d;%d%bR" % (*self.place, b";1" if self.level >= 4 else b""))
            case 26:
                self.reply(_KEYBOARD[self.level])
            case 63 if self.level >= 4:
                self.reply(b"\x1bP%d!~0000\x1b\\" % numbers.number(1))
            case number if number in _STATUS:
                level, answer = _STATUS[number]
                if self.level >= level:
                    self.reply(answer)

    def on_decreqtparm(self, numbers: Parameters) -> None:
        """DECREQTPARM: how a VT100's line is set."""
        if self.level == 1 and numbers.number(0) <= 1:
            self.reply(b"\x1b[%d;1;1;128;128;1;0x" % (numbers.number(0) + 2))

    def on_decrqm_ansi(self, numbers: Parameters) -> None:
        """DECRQM of a standard mode."""
        if self.level >= 3:
            mode = numbers.number(0)
            self.reply(b"\x1b[%d;%d$y" % (mode, self.standard_state(mode)))

    def on_decrqm(self, numbers: Parameters) -> None:
        """DECRQM of a private mode."""
        if self.level >= 3:
            mode = numbers.number(0)
            self.reply(b"\x1b[?%d;%d$y" % (mode, self.private_state(mode)))

    def on_decrqpsr(self, numbers: Parameters) -> None:
        """DECRQPSR: 1 the cursor (DECCIR), 2 where the tab stops are (DECTABSR)."""
        match numbers.number(0):
            case 1:
                self.reply(b"\x1bP1$u%b\x1b\\" % self._cursor_information().encode())
            case 2:
                stops = "/".join(str(stop + 1) for stop in sorted(self.tabs))
                self.reply(b"\x1bP2$u%b\x1b\\" % stops.encode())

    def _cursor_information(self) -> str:
        look, row, column = self.pen.look, self.y + 1, min(self.x, self.columns - 1) + 1
        looks = 0x40 | sum(bit for bit, style in ((1, 1), (2, 8), (4, 16), (8, 32)) if look.style & style)
        protected = 0x40 | bool(look.style & PROTECTED)
        single = self.charsets.single or 0
        flags = 0x40 | self.origin | 2 * (single == 2) | 4 * (single == 3) | 8 * self.waiting
        sets = "".join(final if final.isalnum() else "B" for final in self.charsets.sets)
        letters = f"{looks:c};{protected:c};{flags:c}"
        return f"{row};{column};1;{letters};{self.charsets.invoked};2;@;{sets}"

    def on_decrqde(self, _numbers: Parameters) -> None:
        """DECRQDE: how much of the page is shown: all of it."""
        if self.level >= 3:
            self.reply(b'\x1b[%d;%d;1;1;1"w' % (self.rows, self.columns))

    def on_decrqupss(self, _numbers: Parameters) -> None:
        """DECRQUPSS: the user's preferred supplemental set is DEC's."""
        if self.level >= 3:
            self.reply(b"\x1bP0!u%5\x1b\\")

    def on_decrqcra(self, numbers: Parameters) -> None:
        """DECRQCRA: a checksum over the characters of a rectangle."""
        self.reply(b"\x1bP%d!~%04X\x1b\\" % (numbers.number(0), self.checksum(numbers)))

    def on_winops(self, numbers: Parameters) -> None:
        """XTWINOPS: the sizes that are nobody's secret, and changes of them. A board cannot move windows."""
        match numbers.number(0):
            case 8:
                rows, columns = numbers.number(1, self.rows), numbers.number(2, self.columns)
                self.resize_for_board(columns, rows)
            case 11:
                self.reply(b"\x1b[1t")
            case 18:
                self.reply(b"\x1b[8;%d;%dt" % (self.rows, self.columns))
            case 19:
                self.reply(b"\x1b[9;%d;%dt" % (self.rows, self.columns))
            case rows if rows >= 24:
                self.resize_for_board(self.columns, rows)

    def on_xtversion(self, numbers: Parameters) -> None:
        """XTVERSION."""
        if not numbers.number(0):
            self.reply(b"\x1bP>|bbsterm\x1b\\")

    def on_decscusr(self, numbers: Parameters) -> None:
        """DECSCUSR: remembered; the cursor is the user's."""
        if numbers.number(0) <= 6:
            self.cursor_style = numbers.number(0) or 1

    def on_xtgettcap(self, names: str) -> None:
        """XTGETTCAP: how many colours there are; nothing else, a key's bytes least of all."""
        asked = names.upper().split(";", limits.MAX_PARAMETERS)
        told = [
            b"%b=%b" % (name.encode(), _TERMCAP[name].hex().encode()) for name in asked if name in _TERMCAP
        ]
        if len(told) == len(asked):
            self.reply(b"\x1bP1+r%b\x1b\\" % b";".join(told))
        else:
            self.reply(b"\x1bP0+r\x1b\\")

    # --- DECRQSS --------------------------------------------------------------------------

    def on_decrqss(self, function: str) -> None:
        """DECRQSS: what a control function has set, named by its intermediates and final."""
        answer = self._setting(function)
        if answer is None:
            self.reply(b"\x1bP0$r\x1b\\")
        else:
            self.reply(b"\x1bP1$r%b%b\x1b\\" % (answer.encode(), function.encode()))

    def _setting(self, function: str) -> str | None:
        match function:
            case "m":
                return sgr_of(self.pen.look)
            case "r":
                return f"{self.top + 1};{self.bottom}"
            case "s":
                return f"{self.left + 1};{self.right}"
            case "t" | "*|":
                return str(self.rows)
            case "$|":
                return str(self.columns)
            case "*x":
                return "2" if self._rectangular else "0"
            case '"p':
                return f"6{self.level};{0 if self.eight_bit else 1}"
            case '"q':
                return str(int(bool(self.pen.look.style & PROTECTED)))
            case " q":
                return str(self.cursor_style)
            case "$~" | "$}":
                return "0"
        return None
