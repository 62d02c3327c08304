"""CTerm: control strings. Palette and titles (OSC), macros and requests (DCS), SyncTERM's own (APC)."""

from __future__ import annotations

import re
from typing import Final

from bbsterm import limits
from bbsterm.screen.ansi.core import AnsiCore
from bbsterm.screen.ansi.decoding import decoder
from bbsterm.screen.ansi.parameters import Parameters, parse
from bbsterm.screen.cterm.reports import CTermReports
from bbsterm.screen.cterm.sixel import SIXEL, bands_of
from bbsterm.screen.fonts import CELL_HEIGHT, FIRST_LOADABLE

__all__ = ["CTermStrings", "colour_of"]

_HEX: Final = re.compile(r"[0-9A-Fa-f]{1,4}")
_MACRO: Final = re.compile(r"([0-9;]*)!z(.*)", re.DOTALL)
_REPEAT: Final = re.compile(r"!(\d*);((?:[0-9A-Fa-f]{2})*)(?:;|$)|((?:[0-9A-Fa-f]{2})+)")


_BELL_ENDS: Final = re.compile("[028];")
"""OSC that BEL may end as ST does: titles and links. SyncTERM makes nothing of a string with BEL."""

_LEFT_OUT: Final = re.compile("[\b\t\n\v\f\r\u2642]")
"""What does not count in a macro; VT may have become the glyph that it is elsewhere."""


def colour_of(text: str) -> str | None:
    """``rgb:r/g/b``, each of one to four hexadecimal digits, as ``"#rrggbb"``; None if it is not that."""
    head, _, rest = text.partition(":")
    parts = rest.split("/")
    if head != "rgb" or len(parts) != 3 or not all(_HEX.fullmatch(part) for part in parts):
        return None
    # One digit is repeated, of more the first two say enough (cterm.adoc, OSC 4).
    return "#" + "".join((part * 2 if len(part) == 1 else part[:2]).lower() for part in parts)


class CTermStrings(CTermReports):
    """Control strings.

    Attributes:
        loaded: Font slots that the board has filled; a reset does not empty them.
        version: What a board that asks for SyncTERM's version is told; empty tells it nothing.
    """

    version: str

    def _power_on(self) -> None:
        super()._power_on()
        self.loaded: set[int] = getattr(self, "loaded", set())
        self._macros: dict[int, str] = {}
        self._macro_room = getattr(self, "_macro_room", 0)
        self._running: list[int] = getattr(self, "_running", [])  # a macro may hold a reset

    def on_string(self, kind: str, body: str) -> None:
        """A control string; one that we do not know is swallowed."""
        self.last = ""
        if self.parser.by_bell and not (kind == "]" and _BELL_ENDS.match(body)):
            return
        match kind:
            case "]":
                self._on_osc(body)
            case "P" if body.startswith("$q"):
                self.on_decrqss(body[2:])
            case "P" if match := _MACRO.fullmatch(body):
                self._define(parse(match[1])[1] or Parameters(), match[2])
            case "P" if body.startswith("CTerm:Font:"):
                self._on_font(body)
            case "P" if match := SIXEL.fullmatch(body):
                self._leave_room(*bands_of(match[1], match[2]))
            case "_" if body == "SyncTERM:VER" and self.version:
                self.reply(b"\x1b_SyncTERM:VER;%b\x1b\\" % self.version.encode())

    # --- OSC ------------------------------------------------------------------------------

    def _on_osc(self, body: str) -> None:
        number, _, rest = body.partition(";")
        match number:
            case "0" | "2":
                self.call(rest)
            case "4":
                self._on_palette(rest)
            case "8":
                self.pen = self.pen_of(self.attribute, self.link_number(rest.partition(";")[2]))
            case "10" | "11" if rest == "?":
                palette = self.pens.palette
                colour = palette.front(-1) if number == "10" else palette.back(-1)
                self.reply(b"\x1b]%b;%b\x1b\\" % (number.encode(), _spelled(colour)))
            case "104":
                self._on_palette_reset(rest if ";" in body else None)

    def _on_palette(self, rest: str) -> None:
        """OSC 4: index and colour, index and colour ...; a question mark asks."""
        palette = self.pens.palette
        parts = iter(rest.split(";")[: 2 * limits.MAX_PARAMETERS])
        changed = False
        for index, colour in zip(parts, parts, strict=False):
            if not index.isdecimal() or len(index) > 3 or int(index) >= len(palette):
                break
            if colour == "?":
                self.reply(b"\x1b]4;%d;%b\x1b\\" % (int(index), _spelled(palette[int(index)])))
            elif (spelled := colour_of(colour)) is not None:
                palette.change(int(index), spelled)
                changed = True
            elif not colour.startswith("rgb:"):
                break
        if changed:
            self._repaint_all()

    def _on_palette_reset(self, rest: str | None) -> None:
        """OSC 104: all colours, or some of them, as they were."""
        if rest is None:
            self.pens.palette.restore()
        else:
            for index in rest.split(";")[: limits.MAX_PARAMETERS]:
                if index.isdecimal() and len(index) <= 3:
                    self.pens.palette.restore(int(index))
        self._repaint_all()

    def _repaint_all(self) -> None:
        self.pens.repaint()
        self.refresh()

    # --- sixel ----------------------------------------------------------------------------

    def _leave_room(self, bands: int, height: int) -> None:
        """Go where a picture of so many bands leaves the cursor; at the region's end it scrolls.

        Args:
            bands: How many.
            height: Of each, in pixels.
        """
        if not self.is_set(80):
            return
        top = self.y * CELL_HEIGHT
        for _ in range(bands - 1):
            top += height
            while top + height > self.bottom * CELL_HEIGHT and top > 0:
                self.scroll_region(1)
                top -= CELL_HEIGHT
        self.go_to(max(top + height - 1, 0) // CELL_HEIGHT, self.x)

    # --- fonts (CTLF) -----------------------------------------------------------------------

    def _on_font(self, body: str) -> None:
        """A font in base64. Its glyphs are not ours to draw; that the slot is filled now is remembered."""
        slot = body.split(":")[2]
        if slot.isdecimal() and len(slot) <= 3:
            self.load_font(int(slot))

    def load_font(self, slot: int) -> None:
        """A board has put a font into a slot."""
        if FIRST_LOADABLE <= slot <= 255:
            self.loaded.add(slot)

    # --- macros (DECDMAC, DECINVM) ----------------------------------------------------------

    def _define(self, numbers: Parameters, body: str) -> None:
        number, delete, encoding = numbers.number(0), numbers.number(1), numbers.number(2)
        if number > 63 or delete > 1 or encoding > 1:
            return
        if delete == 1:
            self._macros.clear()
        self._macros.pop(number, None)
        body = _LEFT_OUT.sub("", body)
        text = body if encoding == 0 else self._from_hex(body)
        if text:
            self._macros[number] = text[: limits.MAX_MACRO_OUTPUT]

    def _from_hex(self, body: str) -> str:
        """Pairs of hexadecimal digits, and ``!count;pairs;`` for several times the same."""
        text, place = b"", 0
        while place < len(body) and len(text) < limits.MAX_MACRO_OUTPUT:
            match = _REPEAT.match(body, place)
            if match is None:
                return ""
            count, repeated, once = match.groups()
            if once is not None:
                text += bytes.fromhex(once)
            else:
                text += bytes.fromhex(repeated) * min(int((count or "1")[:6]), limits.MAX_MACRO_OUTPUT)
                text = text[: limits.MAX_MACRO_OUTPUT]
            place = match.end()
        return decoder(self.encoding, c1=self.c1, glyphs=self.glyphs)(text)

    def on_decinvm(self, numbers: Parameters) -> None:
        """DECINVM: the macro's text, as if the board had sent it. A macro cannot run in itself."""
        number = numbers.number(0) if numbers else -1
        macro = self._macros.get(number)
        if not macro or number in self._running:
            return
        if not self._running:
            self._macro_room = limits.MAX_MACRO_OUTPUT
        self._macro_room -= len(macro)
        if self._macro_room >= 0:
            self._running.append(number)
            AnsiCore.run(self, macro)  # by the plain parser: the fast loop is in the middle of a chunk
            self._running.remove(number)

    def macro_checksum(self) -> int:
        """CRC-16 over all macros, each with a NUL at its end (as SyncTERM has it)."""
        crc = 0
        for number in range(64):
            for byte in self._macros.get(number, "").encode("latin-1", "replace") + b"\0":
                crc = _crc16(crc, byte)
        return crc


def _crc16(crc: int, byte: int) -> int:
    crc ^= byte << 8
    for _ in range(8):
        crc = (crc << 1) ^ (0x1021 if crc & 0x8000 else 0)
    return crc & 0xFFFF


def _spelled(colour: str) -> bytes:
    """``#rrggbb`` as X11 spells it."""
    return f"rgb:{colour[1:3]}/{colour[3:5]}/{colour[5:7]}".encode()
