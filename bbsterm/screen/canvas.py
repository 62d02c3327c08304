"""The canvas: rows of cells that a dialect paints on, and the history of what has left it.

It knows places, pens and rows; it knows no cursor, no bytes and no control characters. Rows and columns
count from 0, `top` and `left` are inside a region, `bottom` and `right` are the first beyond it. Nothing here
checks whether a place is on the screen: a dialect clips before it paints.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import cast, overload

from bbsterm import limits
from bbsterm.screen.pens import Pen, PenRuns
from bbsterm.screen.rows import LONG_LOG, Row
from bbsterm.screen.terminal import Line

__all__ = ["Canvas", "History", "Unseen", "row_of"]

Unseen = tuple[int, Pen, str, Pen | PenRuns, bool]
"""A row that nobody has seen yet: its columns, what it is blank with, its text and the pens of that, and
whether it goes on in the next row."""


def row_of(line: Unseen) -> Row:
    """The row itself."""
    columns, fill, text, pens, wrapped = line
    row = Row(columns, fill, [0, text, pens] if text else None)
    row.wrapped = wrapped
    return row


class History(Sequence[Line]):
    """Rows that left the screen, oldest first; the oldest are forgotten beyond a number of lines.

    Attributes:
        lines: The rows, and what will be one when it is looked at. Whoever appends here adds to `total`, and
            packs rows (`Row.pack`).
        total: How many there have been so far, but for those that went back to the screen.
        edition: See `Canvas.refresh`.
    """

    def __init__(self, lines: int = limits.SCROLLBACK_LINES, columns: int = 80) -> None:
        self.lines: deque[Row | Unseen] = deque(
            maxlen=max(min(lines, limits.MAX_HISTORY_CELLS // columns), 0)
        )
        self.total = 0
        self.edition = 0
        self._lines = lines
        self._generation = 0
        self._begins: deque[int] = deque(maxlen=limits.MAX_PEN_GENERATIONS)

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def rows(self) -> deque[Row]:
        """The rows themselves, oldest first. Whoever appends here adds to `total`."""
        for place, line in enumerate(self.lines):
            if isinstance(line, tuple):
                self.lines[place] = row_of(line)
        return cast(deque[Row], self.lines)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self.lines)))]
        line = self.lines[index]
        if isinstance(line, tuple):
            line = self.lines[index] = row_of(line)
        return self._seen(line)

    def __iter__(self) -> Iterator[Line]:
        return map(self._seen, tuple(self.rows))

    def _seen(self, row: Row) -> Row:
        row.settle()
        if row.edition != self.edition:
            row.touch()
            row.edition = self.edition
        return row

    def extend(self, rows: Iterable[Row]) -> None:
        """Keep rows."""
        for row in rows:
            row.pack()
            self.lines.append(row)
            self.total += 1

    def follow(self, generation: int) -> None:
        """Forget rows whose pens are of generations that are too old: pens take more memory than cells."""
        if generation == self._generation:
            return
        self._generation = generation
        if len(self._begins) == limits.MAX_PEN_GENERATIONS:
            for _ in range(len(self.lines) - (self.total - self._begins[0])):
                self.lines.popleft()
        self._begins.append(self.total)

    def widen(self, columns: int) -> None:
        """Rows have another number of columns from now on."""
        lines = max(min(self._lines, limits.MAX_HISTORY_CELLS // columns), 0)
        if lines != self.lines.maxlen:
            self.lines = deque(self.lines, lines)

    def clear(self) -> None:
        """Forget everything."""
        self.lines.clear()

    def take_back(self, count: int) -> list[Row]:
        """The newest rows, which are on the screen again; fewer than `count` if there are not so many."""
        rows = [self.lines.pop() for _ in range(min(count, len(self.lines)))][::-1]
        self.total -= len(rows)
        self._begins = deque((min(begin, self.total) for begin in self._begins), self._begins.maxlen)
        return [row_of(row) if isinstance(row, tuple) else row for row in rows]


class Canvas:
    """The rows of a screen.

    Attributes:
        columns: Cells in a row.
        rows: Rows on the screen.
        grid: The rows themselves, top first. Each knows its cells; see `bbsterm.screen.rows.Row`.
        history: What scrolled away and what was cleared.
    """

    def __init__(
        self, columns: int, rows: int, blank: Pen, *, scrollback: int = limits.SCROLLBACK_LINES
    ) -> None:
        self.columns = _between(1, columns, limits.MAX_COLUMNS)
        self.rows = _between(1, rows, limits.MAX_ROWS)
        self.history = History(scrollback, self.columns)
        self.grid = [Row(self.columns, blank) for _ in range(self.rows)]
        self._seen: list[Row | None] = [None] * self.rows
        self._dirty: set[int] = set()

    # --- looking ------------------------------------------------------------------

    def line(self, row: int) -> Line:
        """The row as it is now, from 0."""
        line = self.grid[row]
        line.settle()
        if line.edition != self.history.edition:
            line.touch()
            line.edition = self.history.edition
        return line

    @property
    def keeps(self) -> bool:
        """Whether what leaves the top of the screen is history."""
        return True

    @property
    def refills(self) -> bool:
        """Whether a screen that gets higher takes rows back from the history."""
        return False

    @property
    def scrolled(self) -> int:
        """How many rows have left the screen so far, and not come back."""
        return self.history.total

    def display(self) -> list[str]:
        """The screen as text, one string a row, trailing blanks removed."""
        return [row.text() for row in self.grid]

    @property
    def dirty(self) -> set[int]:
        """Rows that look different since this set was last cleared. It is the live set: clear it."""
        for place, row in enumerate(self.grid):
            if row.stale or self._seen[place] is not row:
                self._dirty.add(place)
                row.settle()
                row.changed = False
                self._seen[place] = row
        return self._dirty

    def refresh(self) -> None:
        """Every row looks different now, the history's too (the palette has changed).

        The rows of the history learn it when they are looked at: there may be very many of them.
        """
        self.history.edition += 1
        for row in self.grid:
            row.touch()

    # --- painting -----------------------------------------------------------------

    def put(self, row: int, column: int, cells: str | tuple[str, ...], pen: Pen) -> None:
        """Write cells: a string of characters one column wide each, or a tuple of cells (see `Row`)."""
        line = self.grid[row]
        line.log += column, cells, pen
        if type(cells) is tuple:
            line.wide = True
        if len(line.log) > LONG_LOG:
            line.settle()

    def erase(self, row: int, left: int, right: int, pen: Pen) -> None:
        """Blanks from `left` to before `right`."""
        if left == 0 and right >= self.columns:
            self.grid[row].clear(pen)
        elif left < right:
            self.put(row, left, " " * (right - left), pen)

    def erase_rows(self, top: int, bottom: int, pen: Pen) -> None:
        """Blank rows from `top` to before `bottom`."""
        for row in self.grid[top:bottom]:
            row.clear(pen)

    def insert_cells(self, row: int, column: int, count: int, pen: Pen, right: int | None = None) -> None:
        """Insert blanks; what reaches `right` (the row's end if None) is lost."""
        self.grid[row].insert(column, count, self.columns if right is None else right, pen)

    def delete_cells(self, row: int, column: int, count: int, pen: Pen, right: int | None = None) -> None:
        """Delete cells; blanks come in before `right` (the row's end if None)."""
        self.grid[row].delete(column, count, self.columns if right is None else right, pen)

    def scroll_up(self, top: int, bottom: int, count: int, pen: Pen, *, keep: bool = False) -> None:
        """Move the region's rows up; blank ones come in below.

        Args:
            top: The region's first row.
            bottom: The first row below the region.
            count: How many rows; more than there are clears the region.
            pen: What the blanks are made of.
            keep: Whether the rows that leave go to the history.
        """
        count = min(count, bottom - top)
        if keep:
            self.history.extend(self.grid[top : top + count])
        del self.grid[top : top + count]
        self.grid[bottom - count : bottom - count] = [Row(self.columns, pen) for _ in range(count)]

    def scroll_down(self, top: int, bottom: int, count: int, pen: Pen) -> None:
        """Move the region's rows down; blank ones come in above."""
        count = min(count, bottom - top)
        del self.grid[bottom - count : bottom]
        self.grid[top:top] = [Row(self.columns, pen) for _ in range(count)]

    def scroll_columns(self, top: int, bottom: int, left: int, right: int, count: int, pen: Pen) -> None:
        """Move a box of cells up by `count` rows (down if negative) without touching what is beside it."""
        height = bottom - top
        count = _between(-height, count, height)
        boxes = [self.grid[row].cut(left, right) for row in range(top, bottom)]
        blank = (" " * (right - left), [pen] * (right - left))
        for place, row in enumerate(self.grid[top:bottom]):
            cells, pens = boxes[place + count] if 0 <= place + count < height else blank
            row.replace(left, cells, pens)

    def keep_screen(self) -> None:
        """Copy the screen to the history, down to its last row with anything on it, before it is cleared.

        The rows themselves go there: the caller must put blank ones in their place (`renew`).
        """
        last = next((place for place in reversed(range(self.rows)) if self.grid[place].text()), -1)
        self.history.extend(self.grid[: last + 1])

    def renew(self, pen: Pen) -> None:
        """A blank screen of new rows."""
        self.grid[:] = [Row(self.columns, pen) for _ in range(self.rows)]

    def convert(self, translate: Callable[[str], str]) -> None:
        """Draw every cell with another character (a machine switched its character generator)."""
        for row in self.grid:
            cells, pens = row.cut(0, self.columns)
            converted = [translate(cell) for cell in cells]
            row.replace(0, "".join(converted) if isinstance(cells, str) else converted, pens)

    def resize_grid(self, columns: int, rows: int, pen: Pen, *, cursor_row: int) -> int:
        """Change the size, keeping what is on the screen.

        When it gets lower, blank rows below the cursor go first, then rows at the top (to the history, see
        `keeps`). When it gets higher, blank rows come in below, or the history's above (see `refills`).

        Returns:
            How many rows the picture moved up; down if negative.
        """
        columns, rows = _between(1, columns, limits.MAX_COLUMNS), _between(1, rows, limits.MAX_ROWS)
        gone = self.cut_grid(self.grid, rows, cursor_row=cursor_row, keep=self.keeps)
        if self.refills and rows > self.rows:
            self.grid[:0] = back = self.history.take_back(rows - self.rows)
            gone = -len(back)
        for row in self.grid:
            row.resize(columns, pen)
        self.grid += [Row(columns, pen) for _ in range(rows - len(self.grid))]
        self.columns, self.rows = columns, rows
        self.history.widen(columns)
        self._seen = [None] * rows
        self._dirty.clear()
        return gone

    def cut_grid(self, grid: list[Row], rows: int, *, cursor_row: int, keep: bool) -> int:
        """Leave not more than so many rows; see `resize_grid`."""
        while len(grid) > max(rows, cursor_row + 1) and not grid[-1].text():
            grid.pop()
        gone = max(len(grid) - rows, 0)
        if keep:
            self.history.extend(grid[:gone])
        del grid[:gone]
        return gone


def _between(low: int, value: int, high: int) -> int:
    return max(low, min(value, high))
