"""PETSCII: the dialect of Commodore boards, as the C64 and the C128 understand it.

Reverse video is swapped cell by cell and ended by RETURN. What the control codes do is in
`bbsterm.screen.petscii_codes`, and what they act on in `bbsterm.screen.petscii_screen`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import Any, Final

from bbsterm import limits
from bbsterm.codecs import find
from bbsterm.codecs.petscii import PETSCII as TEXT
from bbsterm.codecs.petscii_unshifted import PETSCII_UNSHIFTED as GRAPHICS
from bbsterm.screen.pens import BLINK, REVERSE, UNDERLINE, Pen
from bbsterm.screen.petscii_codes import C64_CODES, C128_CODES
from bbsterm.screen.petscii_machines import C64, C128_80, Machine
from bbsterm.screen.petscii_screen import GRAPHICS_SET, TEXT_SET, PetsciiScreen

__all__ = ["PetsciiTerminal", "create"]

_CONTROLS: Final = re.compile("([\x00-\x1f\x80-\x9f]+)")
_ESCAPED_CAPITAL: Final = re.compile(rb"\x1b[\x61-\x7a\xc1-\xda]")  # means what the small letter means
_CONTROLS_128: Final = re.compile("((?:\x1b[@A-Za-z]|[\x00-\x1f\x80-\x9f])+)")
_EACH: Final = re.compile("\x1b[@A-Za-z]|[\x00-\x1f\x80-\x9f]")

_STYLES: Final[Mapping[str, tuple[int, int]]] = {
    # control code: (style bits that stay, style bits that come)
    "\x12": (~0, REVERSE),
    "\x92": (~REVERSE, 0),
}
_STYLES_80: Final[Mapping[str, tuple[int, int]]] = {
    **_STYLES,
    "\x02": (~0, UNDERLINE),
    "\x82": (~UNDERLINE, 0),
    "\x0f": (~0, BLINK),
    "\x8f": (~BLINK, 0),
}


class PetsciiTerminal(PetsciiScreen):
    """A C64 or C128 calling a board."""

    name = "petscii"

    def __init__(
        self,
        columns: int = 40,
        rows: int = 25,
        *,
        encoding: str = "petscii",
        machine: Machine | None = None,
        palette: str | None = None,
        boot_colours: bool = False,
        quote_mode: bool = False,
        ansi_keys: bool = False,
        ascii_eol: bool = False,
        scrollback: int = limits.SCROLLBACK_LINES,
    ) -> None:
        """Switch the machine on.

        Args:
            columns: 40 or 80; they choose between C64 and C128 unless `machine` does.
            rows: 25 on every machine.
            encoding: "petscii" starts with the text set, as terminal programs do; "petscii_unshifted" with
                the graphics set, as the machine itself does.
            machine: One of `bbsterm.screen.petscii_machines`.
            palette: A name in `VIC_II`; None is the machine's own.
            boot_colours: Start in the machine's own colours (light blue on blue) rather than on black.
            quote_mode: Whether a quotation mark makes control codes visible, as the machine's editor does.
                Terminal programs do not, and boards rely on that.
            ansi_keys: Cursor and function keys send escape sequences.
            ascii_eol: The same for Enter (it sends CR on a Commodore in any case).
            scrollback: Lines of history.
        """
        super().__init__(
            columns,
            rows,
            encoding=encoding,
            machine=machine or (C128_80 if columns >= 80 else C64),
            palette=palette,
            boot_colours=boot_colours,
            ansi_keys=ansi_keys,
            ascii_eol=ascii_eol,
            scrollback=scrollback,
        )
        self.quote_mode = quote_mode
        self._held = b""
        self._codes = C128_CODES if self.machine.extended else C64_CODES
        self._styles = _STYLES_80 if self.machine.attributes else _STYLES
        self._split = (_CONTROLS_128 if self.machine.extended else _CONTROLS).split

    def reset(self) -> None:
        """Back to the state after switching on: blank screen, default modes. History stays."""
        super().reset()
        self._held = b""

    # --- bytes ----------------------------------------------------------------------

    def feed(self, data: bytes) -> None:
        """Take bytes from the board. Never raises; any split of the same bytes has the same effect."""
        if self.machine.extended:
            data, self._held = self._held + data, b""
            if data.endswith(b"\x1b"):  # what it means is in the next chunk
                data, self._held = data[:-1], b"\x1b"
            data = _ESCAPED_CAPITAL.sub(lambda match: bytes([0x1B, match[0][1] & 0x1F | 0x40]), data)
        text = codecs.charmap_decode(data, "strict", GRAPHICS_SET if self.stored else TEXT_SET)[0]
        if self.quote_mode:
            self._feed_quoted(text)
        else:
            self._feed(text)
        if self.graphics is not self.stored:
            self.redraw()

    def _feed(self, text: str) -> None:
        put, columns = self.put, self.columns
        x, y, pen = self.x, self.y, self.pen
        tokens = iter(self._split(text))  # characters, control codes, characters ...
        for run in tokens:
            if run:
                end = x + len(run)
                if end < columns:
                    put(y, x, run, pen)
                    x = end
                else:
                    self.x, self.y, self.pen = x, y, pen
                    self.print(run)
                    x, y = self.x, self.y
            controls = next(tokens, None)
            if controls is None:
                break
            changed = pen.next.get(controls)
            if changed is not None:
                pen = changed
                continue
            self.x, self.y, self.pen = x, y, pen
            self._obey(controls)
            x, y, pen = self.x, self.y, self.pen
        self.x, self.y, self.pen = x, y, pen

    def _obey(self, controls: str) -> None:
        """Do what control codes say. A few that only change the pen are remembered together."""
        before, codes, only_pens = self.pen, self._codes, True
        for control in _EACH.findall(controls):
            act = codes.get(control)
            if act is not None:
                act(self)
                only_pens = False
                continue
            changed = self.pen.next.get(control)
            if changed is None:
                changed = self.pen.next[control] = self._changed(self.pen, control)
            self.pen = changed
        if only_pens and len(before.next) < limits.MAX_PEN_CHANGES:
            before.next[controls] = self.pen

    def _changed(self, pen: Pen, control: str) -> Pen:
        """What the pen becomes: another colour, another style, or itself where the code means nothing."""
        look = pen.look
        colour = self.machine.colours.get(control)
        if colour is not None:
            return self.pens.get(look._replace(foreground=colour))
        stays, comes = self._styles.get(control, (~0, 0))
        return self.pens.get(look._replace(style=look.style & stays | comes))

    # --- the machine's editor, as an option -------------------------------------------

    def _feed_quoted(self, text: str) -> None:
        """The same with quote and insert mode, in which control codes are drawn. Slow, and seldom used."""
        tokens = iter(self._split(text))
        for run in tokens:
            for char in run:
                self._draw_one(char)
            for control in _EACH.findall(next(tokens, "")):
                if self._visible(control):
                    self._draw_control(control)
                else:
                    self._obey(control)
                    self.inserting += control == "\x94"

    def _visible(self, control: str) -> bool:
        """Whether a control code is drawn now: never RETURN, DEL not in quotes, INST only there."""
        match control:
            case "\r" | "\x8d":
                return False
            case "\x14":  # $E74C
                return self.inserting > 0
            case "\x94":  # $E7EA
                return self.quoting
        return len(control) == 1 and (self.quoting or self.inserting > 0)

    def _draw_one(self, char: str) -> None:
        self.inserting = max(self.inserting - 1, 0)
        self.quoting ^= char == '"'
        self.print(char)

    def _draw_control(self, control: str) -> None:
        """A control code in quotes: the letter 64 codes above (a graphic for the shifted ones), reversed."""
        code = ord(control)
        table = GRAPHICS_SET if self.stored else TEXT_SET
        pen, look = self.pen, self.pen.look
        self.pen = self.pens.get(look._replace(style=look.style | REVERSE))
        self.print(table[code + 0x40])
        self.pen = pen
        self.inserting = max(self.inserting - 1, 0)


def create(
    *, columns: int = 40, rows: int = 25, encoding: str = "petscii", **settings: Any
) -> PetsciiTerminal:
    """A Commodore for `bbsterm.screen.create_terminal`.

    Args:
        columns: Less than 80 is a C64, otherwise a C128's 80-column screen.
        rows: Ignored: there are 25.
        encoding: "petscii_unshifted" starts with the graphics set; anything else is the text set.
        **settings: `PetsciiTerminal`'s other arguments.
    """
    del rows
    charmap = find(encoding)
    start = GRAPHICS.name if charmap is GRAPHICS else TEXT.name
    return PetsciiTerminal(80 if columns >= 80 else 40, encoding=start, **settings)
