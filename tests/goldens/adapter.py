"""Our terminals behind the contract of the SyncTERM goldens' compare.py."""

from __future__ import annotations

from bbsterm.screen import create_terminal
from bbsterm.screen.pens import BLINK, BOLD, CONCEAL, REVERSE

KINDS = {
    "petscii40x25": "petscii",
    "petscii80x25": "petscii80",
    "atascii40x24": "atascii",
}

# Characters that SyncTERM's own table calls otherwise; it draws the same disc and the same bar.
ATASCII_NAMES = {"●": "•", "|": "│"}


class Adapter:
    def __init__(self, mode, emulation, cols, rows):
        kind = "ansi" if emulation == "ansi" else KINDS.get(mode, emulation)
        self.names = ATASCII_NAMES if emulation == "atascii" else {}
        self.terminal = create_terminal(kind, columns=cols, rows=rows)

    def feed(self, data):
        self.terminal.feed(data)

    def cells(self):
        return [
            [self._cell(*row.cell(column)) for column in range(row.columns)] for row in self.terminal.grid
        ]

    def _cell(self, char, pen):
        look, palette = pen.look, self.terminal.pens.palette
        fg = palette.foreground if look.foreground < 0 else look.foreground
        bg = palette.background if look.background < 0 else look.background
        if look.style & BOLD and self.terminal.pens.bold_is_bright and fg < 8:
            fg += 8
        if look.style & REVERSE:
            fg, bg = bg, fg
        if look.style & CONCEAL:
            fg = bg
        return self.names.get(char, char), self._colour(fg), self._colour(bg), 1 if look.style & BLINK else 0

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
