"""Cells, lines and the cursor as pyte has them: live views of a terminal of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from typing import Final

from pyte import graphics
from pyte.screens import Char, Cursor

from bbsterm.screen.ansi.core import AnsiCore
from bbsterm.screen.palette import DEFAULT, is_direct, rgb
from bbsterm.screen.pens import BLINK, BOLD, ITALIC, REVERSE, STRIKE, UNDERLINE, Look, Pen
from bbsterm.screen.rows import Row
from bbsterm.screen.vt.terminal import VtTerminal

__all__ = ["BufferView", "CursorView", "LineView", "blank", "reversed_video"]

_NAMES: Final = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")
_COLOURS: Final = (*_NAMES, *("bright" + name for name in _NAMES))
_NUMBERS: Final = {name: number for number, name in enumerate(_COLOURS)} | {"default": DEFAULT}
_STYLES: Final = {
    "bold": BOLD, "italics": ITALIC, "underscore": UNDERLINE, "strikethrough": STRIKE, "reverse": REVERSE,
    "blink": BLINK,
}  # fmt: skip


def reversed_video(terminal: AnsiCore) -> bool:
    """Whether the whole screen is in reverse video (DECSCNM)."""
    return isinstance(terminal, VtTerminal) and bool(terminal.is_set(5))


def blank(terminal: AnsiCore) -> Char:
    """A cell with nothing on it."""
    return Char(" ", reverse=reversed_video(terminal))


def _name_of(colour: int) -> str:
    """Pyte's name of a colour: a word, or six hexadecimal digits."""
    if is_direct(colour):
        return f"{colour & 0xFFFFFF:06x}"
    if colour < 0:
        return "default"
    return _COLOURS[colour] if colour < len(_COLOURS) else str(graphics.FG_BG_256[colour])


def _colour_of(name: str) -> int:
    """The number of a colour by pyte's name; the default for what is no name."""
    if name in _NUMBERS:
        return _NUMBERS[name]
    return rgb(*bytes.fromhex(name)) if re.fullmatch("[0-9A-Fa-f]{6}", name) else DEFAULT


def _char_of(terminal: AnsiCore, data: str, pen: Pen) -> Char:
    look = pen.look
    styles = {name: bool(look.style & bit) for name, bit in _STYLES.items()}
    styles["reverse"] ^= reversed_video(terminal)
    return Char(data, _name_of(look.foreground), _name_of(look.background), **styles)


def _pen_of(terminal: AnsiCore, char: Char) -> Pen:
    style = sum(bit for name, bit in _STYLES.items() if getattr(char, name))
    if reversed_video(terminal):
        style ^= REVERSE
    return terminal.pens.get(Look(_colour_of(char.fg), _colour_of(char.bg), style))


class LineView(MutableMapping[int, Char]):
    """A row as pyte has it: columns to characters. It stays with the row when that scrolls."""

    def __init__(self, terminal: AnsiCore, row: Row) -> None:
        self._terminal = terminal
        self._row = row

    def __getitem__(self, column: int) -> Char:
        if not 0 <= column < self._row.columns:
            return blank(self._terminal)
        data, pen = self._row.cell(column)
        return _char_of(self._terminal, data, pen)

    def __setitem__(self, column: int, char: Char) -> None:
        if 0 <= column < self._row.columns:
            self._row.replace(column, [char.data], [_pen_of(self._terminal, char)])

    def __delitem__(self, column: int) -> None:
        self[column] = blank(self._terminal)

    def __iter__(self) -> Iterator[int]:
        return iter(range(self._row.columns))

    def __len__(self) -> int:
        return self._row.columns


class BufferView(MutableMapping[int, LineView]):
    """The screen's rows by number; -1 is the last."""

    def __init__(self, terminal: AnsiCore) -> None:
        self._terminal = terminal

    def __getitem__(self, line: int) -> LineView:
        grid = self._terminal.grid
        if -len(grid) <= line < len(grid):
            return LineView(self._terminal, grid[line])
        return LineView(self._terminal, Row(self._terminal.columns, self._terminal.pens.default))

    def __setitem__(self, line: int, chars: MutableMapping[int, Char]) -> None:
        row = self[line]
        for column in row:
            row[column] = chars[column]

    def __delitem__(self, line: int) -> None:
        self._terminal.grid[line].clear(self._terminal.pens.default)

    def __iter__(self) -> Iterator[int]:
        return iter(range(self._terminal.rows))

    def __len__(self) -> int:
        return self._terminal.rows


class CursorView:
    """The terminal's cursor as pyte has it. It can be moved; a copy of it is pyte's own, and stands still."""

    def __init__(self, terminal: AnsiCore) -> None:
        self._terminal = terminal

    @property
    def x(self) -> int:
        """The column, from 0; the number of columns while a wrap is pending."""
        terminal = self._terminal
        waits = terminal.held and terminal.autowrap and terminal.right == terminal.columns
        return terminal.columns if waits else terminal.x

    @x.setter
    def x(self, column: int) -> None:
        self._terminal.go_to(self.y, column)

    @property
    def y(self) -> int:
        """The row, from 0."""
        return self._terminal.y

    @y.setter
    def y(self, row: int) -> None:
        self._terminal.go_to(row, self.x)

    @property
    def attrs(self) -> Char:
        """What text is drawn with."""
        return _char_of(self._terminal, " ", self._terminal.pen)

    @attrs.setter
    def attrs(self, char: Char) -> None:
        self._terminal.pen = _pen_of(self._terminal, char)

    @property
    def hidden(self) -> bool:
        """Whether the cursor is not shown."""
        return not self._terminal.visible

    @hidden.setter
    def hidden(self, hidden: bool) -> None:
        self._terminal.visible = not hidden

    def __copy__(self) -> Cursor:
        cursor = Cursor(self.x, self.y, self.attrs)
        cursor.hidden = self.hidden
        return cursor
