"""ANSI-BBS terminals and their descendants: CP437 or UTF-8, sixteen colours, cursor addressing."""

from __future__ import annotations

import colorsys
from functools import lru_cache
from typing import Final

from bbsterm import codecs
from bbsterm.serve.dialects.base import Dialect
from bbsterm.serve.keys import UTF8_KEYS, KeyTable, key_table
from bbsterm.serve.markup import PLAIN, Style
from bbsterm.serve.picture import Picture

__all__ = ["Ansi"]

_RESET: Final = b"\x1b[0m"
_CLEAR: Final = b"\x1b[0m\x1b[2J\x1b[H"

_ORDER: Final = (0, 4, 2, 6, 1, 5, 3, 7)
"""The PC counts blue, green, red by their bits from below, ANSI from above."""


class Ansi(Dialect):
    """What almost every caller has.

    Args:
        encoding: "cp437" for BBS terminals, where bright is bold (SGR 1); "utf-8" for the terminals of today,
            where bright colours are SGR 90 to 97 because bold has come to mean a heavier font.
        clears: False for a MUD client, whose own input line must not be wiped: pages come line by line.
    """

    name = "ansi"
    suffix = ".ans"
    asks_cursor = b"\x1b[6n"

    def __init__(self, encoding: str = "cp437", *, clears: bool = True) -> None:
        super().__init__(encoding)
        self.clears = clears
        self._bright_is_bold: Final = encoding != "utf-8"
        self.label = "ANSI, UTF-8" if encoding == "utf-8" else f"ANSI, {encoding.upper()}"
        self.keys = UTF8_KEYS if encoding == "utf-8" else _keys(encoding)

    def clear(self) -> bytes:
        """SGR 0, ED 2 and home: not every terminal homes with ED 2."""
        self._style = PLAIN
        return _CLEAR if self.clears else _RESET + b"\r\n"

    def newline(self) -> bytes:
        """CR LF; plain first, so that a terminal that erases with the background scrolls in a black line."""
        return self.style(PLAIN) + b"\r\n"

    def rub_out(self, cells: int) -> bytes:
        """BS for one cell, cursor left for more, then erase to the end of the line."""
        if cells == 1:
            return b"\x08 \x08"
        return b"\x1b[%dD\x1b[K" % cells if cells else b""

    def style(self, style: Style) -> bytes:
        """The shortest SGR that leads from the colours chosen to these."""
        before, self._style = self._style, style
        return _sgr(before, style, self._bright_is_bold)

    def draw(self, picture: Picture) -> bytes:
        """Every row is sent to its place: column 80 wraps at once on a BBS terminal and later on a VT."""
        self._style = PLAIN
        kind = f"{self.encoding} {self.clears}"
        if kind not in picture.drawn:
            picture.drawn[kind] = self._drawn(picture) if self.clears else self._printed(picture)
        return picture.drawn[kind]

    def redraw(self, picture: Picture) -> bytes:
        """Draw over what is there, row by row: for pictures that move."""
        self._style = Style(-1, -1)
        return self._rows(picture, whole=True)

    def spectrum(self, cells: int) -> bytes:
        """A row of so many colours of the rainbow, 24 bits each (SGR 48;2)."""
        hues = (colorsys.hsv_to_rgb(at / cells, 1.0, 1.0) for at in range(cells))
        ramp = (b"\x1b[48;2;%d;%d;%dm " % tuple(round(part * 255) for part in hue) for hue in hues)
        self._style = PLAIN
        return b"".join(ramp) + _RESET

    def _drawn(self, picture: Picture) -> bytes:
        return self.clear() + self._rows(picture)

    def _rows(self, picture: Picture, *, whole: bool = False) -> bytes:
        parts = []
        for row in range(len(picture.rows)):
            if runs := picture.runs(row, whole=whole):
                parts.append(b"\x1b[%dH" % (row + 1))
                parts += [self.style(run.style) + self.text(run.text) for run in runs]
        parts.append(self.style(PLAIN) + b"\x1b[%dH" % (len(picture.rows) + 1))
        return b"".join(parts)

    def _printed(self, picture: Picture) -> bytes:
        """The same line by line, never touching the last column."""
        parts = [self.clear()]
        narrow = picture.cropped(79, len(picture.rows))
        for row in range(len(narrow.rows)):
            parts += [self.style(run.style) + self.text(run.text) for run in narrow.runs(row)]
            parts.append(self.newline())
        return b"".join(parts)


@lru_cache(maxsize=16)
def _keys(encoding: str) -> KeyTable:
    """What the keyboard of a code page types."""
    characters = codecs.lookup(encoding).decode(bytes(range(256)), "replace")[0]
    return key_table(characters.replace("\ufffd", "\0"))


@lru_cache(maxsize=4096)
def _sgr(before: Style, after: Style, bright_is_bold: bool) -> bytes:
    """SGR for a change of colours; empty for none."""
    if before == after:
        return b""
    if after == PLAIN:
        return _RESET
    bright, was_bright = after.foreground >= 8, before.foreground >= 8
    codes: list[int] = []
    if was_bright and not bright:  # a BBS terminal takes 90 for "bold and 30", and 30 alone leaves it bold
        codes.append(0)
        before = PLAIN
    if bright_is_bold and bright and not was_bright:
        codes.append(1)
    colour = _ORDER[after.foreground % 8]
    if bright_is_bold:
        if before.foreground % 8 != after.foreground % 8:
            codes.append(30 + colour)
    elif before.foreground != after.foreground:
        codes.append((90 if bright else 30) + colour)
    if before.background != after.background:
        codes.append(40 + _ORDER[after.background])
    return b"\x1b[%sm" % b";".join(b"%d" % code for code in codes)
