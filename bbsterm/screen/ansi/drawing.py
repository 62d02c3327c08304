"""Where the ANSI terminals draw: the cursor, a wrap that waits, and cells of all widths."""

from __future__ import annotations

from typing import ClassVar

from bbsterm.screen.ansi.widths import Cells, cells_of
from bbsterm.screen.base import BaseTerminal
from bbsterm.screen.pens import Pen
from bbsterm.screen.rows import Row

__all__ = ["AnsiDrawing"]


class AnsiDrawing(BaseTerminal):
    """Drawing. What the attributes begin with, and what changes them, is `bbsterm.screen.ansi.core`'s.

    Attributes:
        pen: What text is drawn with and blanks are made of.
        top: First row of the scrolling region; `bottom` is the first row below it.
        left: First column between the margins; `right` is the first column beyond them.
        autowrap: Whether text goes on in the next row (DECAWM).
        deferred: Whether the last column waits for the next character before it wraps (a VT's flag).
        held: Whether a wrap waits though the cursor is not beyond the last column.
        insert: Whether text pushes what is there to the right (IRM).
        may_be_odd: Whether the character set has characters that take two cells, or none.
        base: The cell drawn last, if nothing but text has come since: combining marks belong to it.
    """

    waits_always: ClassVar[bool] = False
    """Whether the last column waits without `autowrap` too: it may be back before the next character."""

    pen: Pen
    top: int
    bottom: int
    left: int
    right: int
    autowrap: bool
    deferred: bool
    held: bool
    insert: bool
    may_be_odd: bool
    base: tuple[Row, int] | None

    # --- the cursor -------------------------------------------------------------------

    @property
    def waiting(self) -> bool:
        """Whether the cursor is in the last column and waits for a character to wrap."""
        return self.held or self.x >= self.columns

    def stay(self) -> None:
        """Forget a wrap that waits: the cursor is in the last column."""
        self.held = False
        if self.x >= self.columns:
            self.x = self.columns - 1

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor at a place on the screen, or at the nearest one that is on it."""
        self.held = False
        self.y = max(0, min(row, self.rows - 1))
        self.x = max(0, min(column, self.columns - 1))

    def inside(self) -> bool:
        """Whether the cursor is in the scrolling region and between the margins."""
        return self.top <= self.y < self.bottom and self.left <= min(self.x, self.columns - 1) < self.right

    def edge(self) -> int:
        """The first column that text from here on does not reach before it wraps."""
        return self.right if self.x < self.right else self.columns

    # --- drawing ----------------------------------------------------------------------

    def draw(self, text: str) -> None:
        """Draw characters from the cursor on, wrapping as the modes say."""
        if not self.may_be_odd or text.isascii():
            self._draw_narrow(text)
            return
        if self.columns < 2:
            for char in text:
                self._draw_cells(char)
        else:
            self._draw_cells(text)

    def _draw_cells(self, text: str) -> None:
        marks, cells = cells_of(text)
        if marks:
            self._mark(marks)
        if isinstance(cells, str):
            self._draw_narrow(cells)
        else:
            self._draw_odd(cells)

    def _draw_narrow(self, text: str) -> None:
        while text:
            if self.waiting:
                self.wrap(waited=True)
            edge = self.edge()
            room = edge - self.x
            if not self.autowrap and len(text) > room:
                text = text[: room - 1] + text[-1]
            self._lay(text[:room], edge)
            text = text[room:]

    def _draw_odd(self, cells: tuple[str, ...]) -> None:
        for place, cell in enumerate(cells):
            wide = place + 1 < len(cells) and cells[place + 1] == ""
            if not cell or (wide and self.columns < 2):
                continue
            if self.waiting:
                self.wrap(waited=True)
            edge = self.edge()
            if wide and edge - self.x < 2:
                if self.autowrap:
                    self.wrap(waited=True)
                    edge = self.edge()
                else:
                    self.x = max(edge - 2, 0)
            self._lay((cell, "") if wide else (cell,), edge)

    def _lay(self, cells: Cells, edge: int) -> None:
        """Put cells that fit before the column `edge`, and move on."""
        if self.insert:
            self.insert_cells(self.y, self.x, len(cells), self.pen, edge)
        self.put(self.y, self.x, cells, self.pen)
        self.x += len(cells)
        self.base = (self.grid[self.y], self.x - 1)
        if self.x < edge:
            return
        if not self.autowrap:
            self.x = edge - 1
            self.held = self.waits_always
        elif not self.deferred:
            self.x = edge - 1
            self.wrap(waited=False)
        elif edge < self.columns:
            self.x = edge - 1
            self.held = True

    def _mark(self, marks: str) -> None:
        """Add combining marks to the character drawn last, or else to the one before the cursor."""
        row, column = self.base or (self.grid[self.y], self.x if self.held else self.x - 1)
        if not 0 <= column < row.columns:
            return
        cell, pen = row.cell(column)
        if not cell and column:
            column -= 1
            cell, pen = row.cell(column)
            row.replace(column, [cells_of(cell + marks)[1][0], ""], [pen, pen])
        else:
            row.replace(column, [cells_of(cell + marks)[1][0]], [pen])

    def wrap(self, *, waited: bool) -> None:
        """Go to the beginning of the next row. `waited`: after the last column, not at once in it."""
        raise NotImplementedError
