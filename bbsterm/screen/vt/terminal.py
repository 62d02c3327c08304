"""VT: which control function is which method, and the rest of what a terminal needs."""

from __future__ import annotations

import re
from typing import Any, Final

from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.ansi.syntax import VT as VT_RULES
from bbsterm.screen.keyboards import VT as VT_KEYS
from bbsterm.screen.vt.editing import Protection
from bbsterm.screen.vt.strings import VtStrings

__all__ = ["VtTerminal"]

_C1: Final = re.compile("[\x80-\x9f]")
_SEVEN_BIT: Final = {code: f"\x1b{code - 0x40:c}" for code in range(0x80, 0xA0)}
"""A C1 control is ESC and a character (ECMA-35)."""


class VtTerminal(VtStrings):
    """A VT420 with colours, as xterm is one: for shells and UTF-8 hosts.

    Attributes:
        may_resize: Whether a board may change the number of columns and rows (DECCOLM, DECSCPP, DECSLPP,
            DECSNLS, XTWINOPS 8). A window's size is its user's.
    """

    name = "vt"
    rules = VT_RULES
    keys = VT_KEYS
    defers = waits_always = True
    c1 = True

    sequences = {
        "@": "on_ich", " @": "on_sl", "A": "on_cuu", " A": "on_sr", "B": "on_cud", "C": "on_cuf",
        "D": "on_cub", "E": "on_cnl", "F": "on_cpl", "G": "on_cha", "H": "on_cup", "I": "on_cht",
        "J": "on_ed", "?J": "on_decsed", "K": "on_el", "?K": "on_decsel", "L": "on_il", "M": "on_dl",
        "P": "on_dch", "S": "on_su", "T": "on_sd", "?W": "on_decst8c", "X": "on_ech", "Z": "on_cbt",
        "^": "on_sd_again", "`": "on_cha", "a": "on_hpr", "b": "on_rep", "c": "on_da", "=c": "on_da3",
        ">c": "on_da2", "d": "on_vpa", "e": "on_vpr", "f": "on_cup", "g": "on_tbc", "h": "on_sm",
        "?h": "on_decset", "j": "on_cub", "l": "on_rm", "?l": "on_decrst", "n": "on_dsr",
        "?n": "on_decdsr",
        "!p": "on_decstr", '"p': "on_decscl", "$p": "on_decrqm_ansi", "?$p": "on_decrqm", " q": "on_decscusr",
        '"q': "on_decsca", ">q": "on_xtversion", "r": "on_decstbm", "?r": "on_xtrestore", "$r": "on_deccara",
        "s": "on_csi_s", "?s": "on_xtsave", "t": "on_winops", "$t": "on_decrara", ">t": "on_smtitle",
        ">T": "on_rmtitle", "u": "on_scorc", "$v": "on_deccra", "$w": "on_decrqpsr", "x": "on_decreqtparm",
        "$x": "on_decfra", "*x": "on_decsace", "*y": "on_decrqcra", "#y": "on_xtchecksum", "$z": "on_decera",
        "${": "on_decsera", "'}": "on_decic", "'~": "on_decdc", "*|": "on_decsnls", "$|": "on_decscpp",
        '"v': "on_decrqde", "&u": "on_decrqupss",
    }  # fmt: skip

    escapes = {
        "6": "on_decbi", "7": "save_cursor", "8": "restore_cursor", "9": "on_decfi", "D": "index",
        "E": "next_line", "H": "set_tab_stop", "M": "reverse_index", "N": "single_shift_2",
        "O": "single_shift_3", "V": "on_spa", "W": "on_epa", "Z": "on_decid", "c": "hard_reset",
        "n": "locking_shift_2", "o": "locking_shift_3", "=": "on_deckpam", ">": "on_deckpnm",
        "#8": "on_decaln", " F": "on_s7c1t", " G": "on_s8c1t",
    }  # fmt: skip

    controls = {
        "\a": "ring", "\b": "backspace", "\t": "tab", "\n": "linefeed", "\v": "linefeed", "\f": "linefeed",
        "\r": "carriage_return", "\x0e": "locking_shift_1", "\x0f": "locking_shift_0",
    }  # fmt: skip

    def __init__(self, *args: Any, may_resize: bool = False, **settings: Any) -> None:
        """Switch on.

        Args:
            args: As `AnsiCore`.
            may_resize: See the attribute.
            settings: As `AnsiCore`.
        """
        self.may_resize = may_resize
        super().__init__(*args, **settings)

    # --- characters -------------------------------------------------------------------------

    def prepare(self, text: str) -> str:
        """Text with C1 controls spelled as escape sequences."""
        return text if text.isascii() or not _C1.search(text) else text.translate(_SEVEN_BIT)

    @property
    def quick(self) -> bool:
        """See `AnsiLoop.quick`. No cells may be spared from erasing."""
        return (
            self.autowrap
            and self.rows > 1
            and self.right == self.columns
            and not (
                self.left or self.held or self.origin or self.insert or self.newline or self.reverse_wrap
            )
            and self.charsets.plain
            and self.protection is not Protection.ISO
        )

    def on_text(self, text: str) -> None:
        """Draw characters in the character set that is invoked."""
        if not self.charsets.plain:
            text = self.charsets.translate(text)
        self.last = text[-1:]
        self.draw(text)

    def on_escape(self, function: str) -> None:
        """An escape sequence; those that designate a character set name one of very many."""
        if len(function) == 2 and function[0] in "()*+":
            self.charsets.designate("()*+".index(function[0]), function[1])
        elif len(function) == 2 and function[0] in "-./" and function[1] == "A":
            self.charsets.designate("-./".index(function[0]) + 1, "B")
        else:
            super().on_escape(function)

    def locking_shift_0(self) -> None:
        """SI."""
        self.charsets.invoked = 0

    def locking_shift_1(self) -> None:
        """SO."""
        self.charsets.invoked = 1

    def locking_shift_2(self) -> None:
        """LS2."""
        self.charsets.invoked = 2

    def locking_shift_3(self) -> None:
        """LS3."""
        self.charsets.invoked = 3

    def single_shift_2(self) -> None:
        """SS2."""
        self.charsets.single = 2

    def single_shift_3(self) -> None:
        """SS3."""
        self.charsets.single = 3

    # --- the rest ---------------------------------------------------------------------------

    def on_decstr(self, _numbers: Parameters) -> None:
        """DECSTR; it takes back the palette too."""
        self.soft_reset()
        self.restore_palette()

    def on_deckpam(self) -> None:
        """DECKPAM."""
        self.switch(66, on=True)

    def on_deckpnm(self) -> None:
        """DECKPNM."""
        self.switch(66, on=False)

    def on_s7c1t(self) -> None:
        """S7C1T: answers have C1 controls of two bytes."""
        self.eight_bit = False

    def on_s8c1t(self) -> None:
        """S8C1T: answers have C1 controls of one byte."""
        self.eight_bit = self.level > 1

    def on_winops(self, numbers: Parameters) -> None:
        """XTWINOPS: titles can be put away and taken back, but not asked for."""
        match numbers.number(0):
            case 22:
                self.push_title(numbers.number(1))
            case 23:
                self.pop_title(numbers.number(1))
            case _:
                super().on_winops(numbers)
