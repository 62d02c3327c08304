"""Pictures made of cells, and the canvas they are composed on.

A picture knows no terminal: a dialect turns it into bytes. Colours are the PC's sixteen (see `markup`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from bbsterm.serve.markup import PLAIN, Run, Style, parse

__all__ = ["BLANK", "DOUBLE", "SINGLE", "Canvas", "Cell", "Lines", "Picture"]


class Cell(NamedTuple):
    """One character and its colours."""

    char: str
    style: Style = PLAIN


BLANK: Final = Cell(" ")


class Lines(NamedTuple):
    """What a frame is drawn with: two edges, four corners."""

    horizontal: str
    vertical: str
    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str


SINGLE: Final = Lines(*"─│┌┐└┘")
DOUBLE: Final = Lines(*"═║╔╗╚╝")


class Picture:
    """A finished rectangle of cells. Compared by identity, so that what was made of it can be kept."""

    def __init__(self, rows: Iterable[Sequence[Cell]], *, title: str = "") -> None:
        self.rows: Final = tuple(tuple(row) for row in rows)
        self.title: Final = title
        self.drawn: Final[dict[str, bytes]] = {}
        """A place for dialects to keep what they made of it: every caller is shown the same pictures."""

    @property
    def columns(self) -> int:
        """How many cells the widest row has."""
        return max((len(row) for row in self.rows), default=0)

    def runs(self, row: int, *, whole: bool = False) -> list[Run]:
        """A row as runs of equal style; blanks at its end are removed, unless the `whole` row is wanted."""
        cells = self.rows[row]
        end = len(cells)
        while not whole and end and cells[end - 1].char == " " and cells[end - 1].style.background == 0:
            end -= 1
        grouped = groupby(cells[:end], key=attrgetter("style"))
        return [Run("".join(cell.char for cell in group), style) for style, group in grouped]

    def text(self) -> list[str]:
        """The characters alone, a string a row, trailing blanks removed."""
        return ["".join(cell.char for cell in row).rstrip() for row in self.rows]

    def cropped(self, columns: int, rows: int) -> Picture:
        """The top left corner, for a window that is smaller than the picture."""
        if columns >= self.columns and rows >= len(self.rows):
            return self
        return Picture((row[:columns] for row in self.rows[:rows]), title=self.title)

    def halved(self) -> Picture:
        """Every second column: an 80 column picture for a 40 column screen."""
        return Picture((row[::2] for row in self.rows), title=self.title)


class Canvas:
    """A rectangle to write on. What falls outside of it is lost, never an error."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns: Final = columns
        self._rows: Final = [[BLANK] * columns for _ in range(rows)]

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Set one cell; row and column count from 0."""
        if 0 <= row < len(self._rows) and 0 <= column < self.columns:
            self._rows[row][column] = cell

    def write(self, row: int, column: int, markup: str) -> None:
        """Write a line of markup from `column` on."""
        for text, style in parse(markup):
            for char in text:
                self.put(row, column, Cell(char, style))
                column += 1

    def centre(self, row: int, markup: str, *, left: int = 0, right: int | None = None) -> None:
        """Write a line of markup in the middle between columns `left` and `right`."""
        width = sum(len(run.text) for run in parse(markup))
        right = self.columns if right is None else right
        self.write(row, left + max(0, right - left - width) // 2, markup)

    def fill(self, row: int, column: int, rows: int, columns: int, cell: Cell = BLANK) -> None:
        """Fill a rectangle with one cell."""
        for y in range(row, row + rows):
            for x in range(column, column + columns):
                self.put(y, x, cell)

    def frame(
        self, row: int, column: int, rows: int, columns: int, style: Style, lines: Lines = SINGLE
    ) -> None:
        """Draw a frame of `rows` by `columns` cells and clear what is inside it."""
        self.fill(row, column, rows, columns)
        bottom, right = row + rows - 1, column + columns - 1
        for x in range(column + 1, right):
            self.put(row, x, Cell(lines.horizontal, style))
            self.put(bottom, x, Cell(lines.horizontal, style))
        for y in range(row + 1, bottom):
            self.put(y, column, Cell(lines.vertical, style))
            self.put(y, right, Cell(lines.vertical, style))
        self.put(row, column, Cell(lines.top_left, style))
        self.put(row, right, Cell(lines.top_right, style))
        self.put(bottom, column, Cell(lines.bottom_left, style))
        self.put(bottom, right, Cell(lines.bottom_right, style))

    def stamp(self, row: int, column: int, picture: Picture) -> None:
        """Put a picture down with its top left corner here."""
        for y, cells in enumerate(picture.rows):
            for x, cell in enumerate(cells):
                self.put(row + y, column + x, cell)

    def picture(self, *, title: str = "") -> Picture:
        """What has been composed, for good."""
        return Picture(self._rows, title=title)
