"""Our terminals behind the contract of the SyncTERM goldens' compare.py."""

from __future__ import annotations

from bbsterm.codecs.atascii import ATASCII
from bbsterm.screen import create_terminal
from bbsterm.screen.ansi.decoding import table_of
from bbsterm.screen.pens import BLINK, BOLD, CONCEAL, REVERSE

KINDS = {
    "petscii40x25": "petscii",
    "petscii80x25": "petscii80",
    "atascii40x24": "atascii",
}

CLAIMED = {
    # What the goldens' SyncTERM can do and says so; the product says what it can do itself.
    "capabilities": (1, 2, 3, 4, 5, 6, 7),
    # The version is answered by SyncTERM around its emulation, which the goldens leave out.
    "version": "",
}


DRAWN = {0, 25, 26, *range(32, 43)}
"""Fonts of which the goldens know the characters; of all others they know codes only."""


class Adapter:
    def __init__(self, mode, emulation, cols, rows):
        self.emulation = emulation
        kind = "ansi" if emulation == "ansi" else KINDS.get(mode, emulation)
        claimed = CLAIMED if emulation == "ansi" else {}
        self.terminal = create_terminal(kind, columns=cols, rows=rows, **claimed)

    def feed(self, data):
        self.terminal.feed(data)

    def cells(self):
        return [
            [self._cell(*row.cell(column)) for column in range(row.columns)] for row in self.terminal.grid
        ]

    def _cell(self, char, pen):
        pens, look = self.terminal.pens, pen.look
        fg = pens.palette.foreground if look.foreground < 0 else look.foreground
        bg = pens.palette.background if look.background < 0 else look.background
        if look.style & BOLD and pens.bold_is_bright and fg < 8:
            fg += 8
        if look.style & REVERSE:
            fg, bg = bg, fg
        if look.style & CONCEAL:
            fg = bg
        if self.emulation == "atascii":
            char = ATASCII.encoding.get(ord(char), char) if char else char
        elif self.emulation == "ansi" and look.font not in DRAWN:
            char = self._code(char, look.font)
        blinks = bool(look.style & BLINK) and pens.blinks
        return char, self._colour(fg), self._colour(bg), int(blinks)

    def _code(self, char, slot):
        font = self.terminal.font(slot)
        code = table_of(font.encoding).find(char) if font and char else -1
        return char if code < 0x20 else code

    @staticmethod
    def _colour(colour):
        return colour if colour < 256 else f"#{colour & 0xFFFFFF:06x}"

    def cursor(self):
        cursor = self.terminal.cursor
        return cursor.row + 1, cursor.column + 1

    def replies(self):
        return self.terminal.take_replies()

    def palette(self):
        return self.terminal.pens.palette.changed
