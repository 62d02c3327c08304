"""ANSI-BBS: which control function is which method, and the rest of what a terminal needs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from bbsterm.screen.ansi.decoding import C0_GLYPHS, is_single_byte, table_of
from bbsterm.screen.ansi.music import Player
from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.ansi.syntax import BBS
from bbsterm.screen.cterm.graphics import Attribute
from bbsterm.screen.cterm.reports import SPEEDS
from bbsterm.screen.cterm.strings import CTermStrings
from bbsterm.screen.fonts import CELL_HEIGHT, FONT_SIZES, LOADED, Font, font
from bbsterm.screen.keyboards import ANSI
from bbsterm.screen.terminal import BaudRateSelected, FontSelected

__all__ = ["CTerm"]

_NO_ASCII: Final = ("petscii", "atascii")
"""Character sets in which the letters of control sequences would be others."""

_C0: Final = re.compile("[\x00-\x1f\x7f]")


class CTerm(CTermStrings):
    """ANSI-BBS as SyncTERM does it.

    Attributes:
        capabilities: What CTDA says that we can do: 1 loadable fonts, 2 bright backgrounds, 3 palette,
            4 pixels, 5 font selection, 6 more than 16 colours, 7 mouse. We say what is true.
        lf_expand: Whether LF does CR too (the entry's setting).
        keeps_encoding: Whether fonts leave the encoding alone, because the caller has chosen one.
        music: Which introducers play: 0 ``CSI |``, 1 ``CSI N`` too, 2 ``CSI M`` too.
    """

    name = "ansi"
    rules = BBS
    keys = ANSI
    defers = False
    glyphs = True
    pen_functions = "t"

    sequences = {
        "@": "on_ich", " @": "on_sl", "A": "on_cuu", " A": "on_sr", "B": "on_cud", "C": "on_cuf",
        "D": "on_cub", " D": "on_fnt", "E": "on_cnl", "F": "on_cpl", "G": "on_cha", "H": "on_cup",
        "I": "on_cht", "J": "on_ed", "K": "on_el", "L": "on_il", "M": "on_csi_m", "=M": "on_ctsam",
        "N": "on_bcam", "P": "on_dch", "S": "on_su", "?S": "on_xtsrga", "T": "on_sd", "X": "on_ech",
        "Y": "on_cvt", "Z": "on_cbt", "`": "on_cha", "a": "on_hpr", "b": "on_rep", "c": "on_da",
        "<c": "on_ctda", "d": "on_vpa", " d": "on_tsr", "e": "on_vpr", "f": "on_cup", "g": "on_tbc",
        "h": "on_sm", "=h": "on_ctset", "?h": "on_decset", "j": "on_hpb", "k": "on_vpb", "l": "on_rm",
        "=l": "on_ctrst", "?l": "on_decrst", "n": "on_dsr", "=n": "on_ctsmrr", "?n": "on_decdsr",
        "$p": "on_decrqm_ansi", "=$p": "on_decrqm_cterm", "?$p": "on_decrqm", " q": "on_decscusr",
        "r": "on_decstbm", "$r": "on_deccara", "*r": "on_decscs", "s": "on_scosc", "?s": "on_save_modes",
        "t": "on_csi_t", "$t": "on_decrara",
        "u": "on_scorc", "?u": "on_restore_modes", "$v": "on_deccra", "$w": "on_dectabsr",
        "$x": "on_decfra", "*x": "on_decsace", "*y": "on_decrqcra", "$z": "on_decera", "*z": "on_decinvm",
        "={": "on_ctosf", "|": "on_music_follows", "'}": "on_decic", "'~": "on_decdc",
    }  # fmt: skip

    escapes = {
        "7": "save_cursor", "8": "restore_cursor", "E": "next_line", "H": "set_tab_stop",
        "J": "set_line_stop", "M": "reverse_index", "c": "on_ris",
    }  # fmt: skip

    controls = {
        "\0": "on_nul", "\a": "ring", "\b": "backspace", "\t": "tab", "\n": "linefeed",
        "\f": "clear_screen", "\r": "carriage_return",
    }  # fmt: skip

    def __init__(
        self,
        *args: Any,
        capabilities: tuple[int, ...] = (2, 3, 5, 6, 7),
        version: str = "bbsterm",
        force_last_column_flag: bool = False,
        lf_expand: bool = False,
        keeps_encoding: bool = False,
        music: int = 1,
        ice: bool = False,
        **settings: Any,
    ) -> None:
        """Switch on.

        Args:
            args: As `AnsiCore`.
            capabilities: See the attribute.
            version: The answer to ``APC SyncTERM:VER``; empty for none.
            force_last_column_flag: The entry's wrap rule: column 80 waits, whatever the board says.
            lf_expand: See the attribute.
            keeps_encoding: See the attribute.
            music: What `CSI = M` begins with.
            ice: Whether blink is a bright background after switching on (private mode 33).
            settings: As `AnsiCore`.
        """
        self.capabilities = capabilities
        self.version = version
        self.forced = force_last_column_flag
        self.lf_expand = lf_expand
        self.keeps_encoding = keeps_encoding
        self._music_at_first = music
        self._ice_at_first = ice
        super().__init__(*args, **settings)

    def _power_on(self) -> None:
        super()._power_on()
        self.music = self._music_at_first
        if self._ice_at_first:
            self.flags = replace(self.flags, ice=True)
        self._player = Player()
        self._literal = False
        self._foreign = False  # the font of plain text is of a machine whose letters are not ASCII

    @property
    def quick(self) -> bool:
        """See `AnsiLoop.quick`. Text must be in the font that the encoding belongs to."""
        return (
            self.autowrap
            and self.rows > 1
            and self.right == self.columns
            and not (self.left or self.held or self.origin or self.insert or self.lf_expand)
            and not (self.flags.bright_font or self.flags.blink_font or self._foreign)
        )

    def linefeed(self) -> None:
        """LF; with CR if the entry says so."""
        super().linefeed()
        if self.lf_expand:
            self.carriage_return()

    # --- characters -------------------------------------------------------------------------

    def on_text(self, text: str) -> None:
        """Draw characters in the pen's font; control characters among them are the PC's glyphs."""
        self.last = text[-1:]
        literal, self._literal = self._literal, False
        slot = self.pen.look.font
        if slot != self.slots[0] or self._foreign:
            font = self.font(slot) or LOADED
            text = text.translate(self._between(self.encoding, font.encoding))
        if _C0.search(text):
            text = text.translate(C0_GLYPHS)
        if literal:
            self.last = ""
            self.write_literally(text)
        else:
            self.draw(text)

    def on_control(self, char: str) -> None:
        """A control character: those that CTerm does not know are glyphs."""
        if char in self._controls:
            super().on_control(char)
        else:
            self.on_text(char)

    def on_nul(self) -> None:
        """NUL: nothing, or in doorway mode a glyph follows."""
        self.last = ""
        if self.doorway:
            self.parser.take_literally()
            self._literal = True

    def on_ris(self) -> None:
        """RIS: blank (in the old colours, as SyncTERM does), and as after switching on.

        Private modes 31 to 35 and the font are the video card's, and stay.
        """
        self.clear_screen()
        forced, flags, font, foreign = self.forced, self.flags, self.slots[0], self._foreign
        self._power_on()
        self.forced = self.deferred = forced
        self.flags, self.slots, self._foreign = flags, (font,) * 4, foreign
        self._flags_changed()
        self.attribute = Attribute()
        self.pens.palette.restore()
        self._repaint_all()

    # --- fonts ------------------------------------------------------------------------------

    def on_fnt(self, numbers: Parameters) -> None:
        """FNT: another font for plain, bold, blinking, or bold and blinking text."""
        place, slot = numbers.number(0), numbers.number(1)
        if place > 3:
            return
        font = self.font(slot)
        self._font_result = int(font is None)
        if font is None:
            return
        slots = list(self.slots)
        slots[place] = slot
        self.slots = (slots[0], slots[1], slots[2], slots[3])
        self.pens.forget_transitions()
        self.attribute = self.attribute
        if place == 0 and not self.keeps_encoding and is_single_byte(self.encoding):
            self._foreign = font.encoding.startswith(_NO_ASCII)
            if not self._foreign:
                self.encoding = font.encoding
        self.tell(FontSelected(slot, font.name, font.encoding))

    def font(self, slot: int) -> Font | None:
        """The font in a slot: one of SyncTERM's, or one that the board says it has loaded."""
        found = font(slot) or (LOADED if slot in self.loaded else None)
        return found if found and CELL_HEIGHT in found.heights else None

    @staticmethod
    def _between(encoding: str, other: str) -> dict[int, str]:
        """What the same bytes are in another encoding, if both have one byte a character."""
        if not is_single_byte(encoding) or not is_single_byte(other):
            return {}
        pairs = zip(table_of(encoding)[0x20:], table_of(other)[0x20:], strict=True)
        return {ord(char): there for char, there in reversed(list(pairs))}

    def on_ctosf(self, numbers: Parameters) -> None:
        """CTOSF: a font follows, byte by byte. It is skipped: glyphs are the user's terminal's affair."""
        slot = numbers.number(0, 255)
        if slot <= 255 and numbers.number(1) in FONT_SIZES:
            self.parser.skip(FONT_SIZES[numbers.number(1)])
            self.load_font(slot)

    # --- speed and music ----------------------------------------------------------------------

    def on_decscs(self, numbers: Parameters) -> None:
        """DECSCS: the speed that the board wants to be shown at."""
        if numbers.number(0) < 2 and numbers.number(1) < len(SPEEDS):
            self._speed = SPEEDS[numbers.number(1)]
            self.tell(BaudRateSelected(self._speed))

    def on_ctsam(self, numbers: Parameters) -> None:
        """CTSAM: which sequences introduce music."""
        if numbers.number(0) <= 2:
            self.music = numbers.number(0)

    def on_music_follows(self, _numbers: Parameters) -> None:
        """CSI |: music."""
        self.parser.expect_music()

    def on_bcam(self, _numbers: Parameters) -> None:
        """CSI N: music, unless that is off."""
        if self.music >= 1:
            self.parser.expect_music()

    def on_csi_m(self, numbers: Parameters) -> None:
        """CSI M: delete lines; or music, if that is on and there is no number."""
        if self.music == 2 and not numbers:
            self.parser.expect_music(starts_with_m=True)
        else:
            self.on_dl(numbers)

    def on_music(self, tune: str) -> None:
        """A tune."""
        self.tell(self._player.play(tune))
