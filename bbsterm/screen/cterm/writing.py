"""CTerm: where text goes between margins, in origin mode, and while a wrap waits.

CTerm draws a character by a screen library, which moves the cursor on by itself and knows no margins. Apart
from that it reckons where the cursor should be by its own rules, and corrects the cursor only where they say
that something happens. So text runs through a right margin (but for the region's last row), and in origin
mode it goes on in a column counted from the screen's edge. Where there are no such margins the two agree, and
text takes the short way.
"""

from __future__ import annotations

from bbsterm.screen.cterm.cursor import CTermCursor

__all__ = ["CTermWriting"]


class CTermWriting(CTermCursor):
    """Text."""

    @property
    def _agrees(self) -> bool:
        """Whether the cursor is where CTerm reckons it to be."""
        whole = self.left == 0 and self.right == self.columns and not self.origin
        return whole and not (self.held and self.x < self.columns - 1)

    def _draw_narrow(self, text: str) -> None:
        start = 0
        while start < len(text):
            if self._agrees and not self.held:
                super()._draw_narrow(text[start:])
                return
            if run := text[start : start + self._room()]:
                self.put(self.y, self.x, run, self.pen)
                self.x += len(run)
                self.base = (self.grid[self.y], self.x - 1)
                start += len(run)
            else:
                self._write(text[start])
                start += 1

    def _room(self) -> int:
        """How many characters can come before one comes after which something happens."""
        if self.waiting:
            return 0
        column = self.place[1]
        return min((edge - column for edge in (self.right, self.extent[1]) if edge >= column), default=0)

    def _draw_odd(self, cells: tuple[str, ...]) -> None:
        place = 0
        while place < len(cells):
            if self._agrees and not self.held:
                super()._draw_odd(cells[place:])
                return
            if cells[place + 1 : place + 2] == ("",):
                self._write_wide(cells[place])
                place += 1
            elif cells[place]:
                self._write(cells[place])
            place += 1

    def write_literally(self, char: str) -> None:
        """A character of doorway mode: it does not let a wrap happen that waits, and is not moved on from."""
        self._settle()
        row, column = self.place
        self.put(self.y, self.x, char, self.pen)
        self._advance(row, column, moves=True)

    def _write(self, cell: str) -> None:
        """One character, with its combining marks."""
        row, column = self._begin()
        self.put(self.y, self.x, (cell,) if len(cell) > 1 else cell, self.pen)
        self.base = (self.grid[self.y], self.x)
        self._end(row, column)

    def _write_wide(self, cell: str) -> None:
        """One character that takes two cells; what CTerm has no notion of."""
        row, column = self._begin()
        if self.columns < 2:
            return
        if self.x > self.columns - 2:
            if self.autowrap:
                self._end(row, column)
            else:
                self.x = self.columns - 2
            row, column = self.place
        self.put(self.y, self.x, (cell, ""), self.pen)
        self.base = (self.grid[self.y], self.x + 1)
        self._move_on()
        self._end(row, column + 1)

    def _begin(self) -> tuple[int, int]:
        """Let a wrap happen that waits; the row and column, as CUP counts, where a character comes."""
        self._settle()
        row, column = self.place
        if self.held and self.deferred and self._is_edge(column):
            row, column = self._advance(row, column, moves=True)
            self.held = False
        return row, column

    def _end(self, row: int, column: int) -> None:
        """Move on after a character in that row and column."""
        at_edge = self._is_edge(column)
        self._move_on()
        if at_edge:
            self._advance(row, column, moves=False)

    def _settle(self) -> None:
        """Put a cursor that waits beyond the last column into it."""
        if self.x >= self.columns:
            self.x, self.held = self.columns - 1, True

    def _is_edge(self, column: int) -> bool:
        """Whether a column, counted as CUP counts, is one after which something happens."""
        return column in (self.right, self.extent[1])

    def _move_on(self) -> None:
        """What the screen library does after a character: a step, at its window's edge to the next row."""
        (top, left), (rows, columns) = self.corner, self.extent
        if self.x - left < columns - 1:
            self.x += 1
        else:
            self.x, self.y = left, min(self.y + 1, top + rows - 1)

    def _advance(self, row: int, column: int, *, moves: bool) -> tuple[int, int]:
        """What CTerm reckons after a character in a row and column, counted as CUP counts.

        Args:
            row: The character's row.
            column: Its column.
            moves: Whether the cursor is put there in any case.

        Returns:
            The row and column that it reckons.
        """
        if not self._is_edge(column):
            column += 1
        elif not self.autowrap:
            moves = True
        elif self.deferred and not self.held:
            self.held = moves = True
        elif row == self.bottom:
            self.grid[self.corner[0] + row - 1].wrapped = True
            if self.inside():
                self.scroll_region(1)
            column, moves = self.left + 1, True
        else:
            self.grid[self.corner[0] + row - 1].wrapped = True
            column, row = self.left + 1, min(row + 1, self.extent[0])
        if moves:
            self.move_to(row, column)
        return row, column
