"""The board's pictures: `.ans` files with SAUCE for ANSI, `.seq` for Commodores, `.ata` for Ataris.

`parse_ans` understands what such files are made of: CP437, SGR, CR LF, moves of the cursor. It reads our own
files and a sysop's, never a caller's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from bbsterm.serve.caller import Caller
from bbsterm.serve.design.model import Design
from bbsterm.serve.markup import PLAIN, Style
from bbsterm.serve.picture import BLANK, Cell, Picture

__all__ = ["parse_ans", "picture", "show"]

_COLUMNS: Final = 80
_ROWS: Final = 2000
"""Rows of a picture that are kept."""

_TOKEN: Final = re.compile(r"\x1b\[([\d;]*)([A-Za-z])|\r?\n|[^\x1b\r\n]")
_ORDER: Final = (0, 4, 2, 6, 1, 5, 3, 7)  # ANSI counts red first, the PC blue
_END_OF_FILE: Final = b"\x1a"


def picture(design: Design, name: str) -> Picture:
    """A picture of the board's for ANSI callers; an empty one where there is none."""
    return _parsed(design.art.get(f"{name}.ans", b""))


async def show(caller: Caller, design: Design, name: str, *, below: int = 1) -> None:
    """Show a picture in the form that suits the caller, leaving room for `below` more rows under it."""
    dialect = caller.dialect
    own = design.art.get(f"{name}{dialect.suffix}")
    if dialect.suffix == ".ans" or own is None or (dialect.columns >= 80 and dialect.suffix != ".txt"):
        drawn = picture(design, name)
        await caller.show(drawn if caller.wide else drawn.halved(), below=below)
    else:
        await caller.show_file(own)


@lru_cache(maxsize=128)
def _parsed(data: bytes) -> Picture:
    return parse_ans(data)


def parse_ans(data: bytes, columns: int = _COLUMNS) -> Picture:
    """Read an `.ans` file, up to its 0x1A."""
    brush = _Brush(columns)
    for match in _TOKEN.finditer(data.partition(_END_OF_FILE)[0].decode("cp437")):
        if final := match[2]:
            brush.order(final, match[1])
        elif match[0].endswith("\n"):
            brush.row, brush.column = brush.row + 1, 0
        else:
            brush.put(match[0])
    return brush.picture()


class _Brush:
    """A cursor on rows of cells."""

    def __init__(self, columns: int) -> None:
        self.row = 0
        self.column = 0
        self._columns: Final = columns
        self._rows: Final[list[list[Cell]]] = []
        self._style = PLAIN
        self._saved = (0, 0)

    def put(self, char: str) -> None:
        """A character here; what is beyond the last column goes on in the next row."""
        if self.column >= self._columns:
            self.row, self.column = self.row + 1, 0
        if self.row >= _ROWS:
            return
        while len(self._rows) <= self.row:
            self._rows.append([])
        cells = self._rows[self.row]
        cells.extend([BLANK] * (self.column - len(cells)))
        cells[self.column : self.column + 1] = [Cell(char, self._style)]
        self.column += 1

    def order(self, final: str, parameters: str) -> None:
        """Colours, and moves (ECMA-48 8.3); anything else means nothing in a picture."""
        numbers = [min(int(part or 0), _ROWS) for part in parameters[:64].split(";")]
        first, second = numbers[0], numbers[1] if len(numbers) > 1 else 0
        match final:
            case "m":
                self._style = _sgr(self._style, numbers)
            case "A":
                self.row = max(0, self.row - max(1, first))
            case "B":
                self.row += max(1, first)
            case "C":
                self.column = min(self.column + max(1, first), self._columns)
            case "D":
                self.column = max(0, self.column - max(1, first))
            case "H" | "f":
                self.row, self.column = max(1, first) - 1, min(max(1, second), self._columns) - 1
            case "s":
                self._saved = (self.row, self.column)
            case "u":
                self.row, self.column = self._saved
            case "J" if first == 2:
                self._rows.clear()
                self.row = self.column = 0

    def picture(self) -> Picture:
        """What has been painted, without empty rows at its end."""
        while self._rows and not self._rows[-1]:
            self._rows.pop()
        return Picture(self._rows)


def _sgr(style: Style, codes: list[int]) -> Style:
    """The style after an SGR of colours, bold and reset."""
    for code in codes:
        foreground, background = style
        if code == 0:
            style = PLAIN
        elif code == 1:
            style = Style(foreground | 8, background)
        elif 30 <= code <= 37:
            style = Style(foreground & 8 | _ORDER[code - 30], background)
        elif 40 <= code <= 47:
            style = Style(foreground, _ORDER[code - 40])
    return style
