"""CTerm: erasing, inserting, deleting, scrolling, repeating. Blanks have the pen's colours."""

from __future__ import annotations

from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.cterm.writing import CTermWriting

__all__ = ["CTermEditing"]


class CTermEditing(CTermWriting):
    """Editing."""

    @property
    def window(self) -> tuple[int, int]:
        """The first column and the one beyond the last that erasing reaches: the region's in origin mode."""
        return (self.left, self.right) if self.origin else (0, self.columns)

    # --- erasing ------------------------------------------------------------------------

    def clear_screen(self) -> None:
        """FF, ED 2: keep the screen in the history, blank it, go home. In origin mode only the region."""
        self.last = ""
        self.keep_screen()
        if self.origin:
            self.erase_box(self.top, self.left, self.bottom, self.right)
        else:
            self.renew(self.pen)
        self.move_to(1, 1)

    def erase_box(self, top: int, left: int, bottom: int, right: int) -> None:
        """Blank a box of cells."""
        for row in range(top, bottom):
            self.erase(row, left, right, self.pen)

    def on_ed(self, numbers: Parameters) -> None:
        """ED: 0 from the cursor on, 1 up to it, 2 everything.

        CTerm counts the rows of the first two from the region's top even where the cursor does not.
        """
        self.stay()
        row, right = self.place[0], self.window[1]
        match numbers.number(0):
            case 0:
                self.on_el(numbers)
                self.erase_box(self.top + row, self.left, self.bottom, right)
            case 1:
                self.on_el(numbers)
                self.erase_box(self.top, self.left, min(self.top + row - 1, self.rows), right)
            case 2:
                self.clear_screen()

    def on_el(self, numbers: Parameters) -> None:
        """EL: 0 from the cursor on, 1 up to and with it, 2 the row."""
        self.stay()
        left, right = self.window
        match numbers.number(0):
            case 0:
                self.grid[self.y].wrapped = False
                self.erase(self.y, self.x, right, self.pen)
            case 1:
                self.erase(self.y, left, self.x + 1, self.pen)
            case 2:
                self.erase(self.y, left, right, self.pen)

    def on_ech(self, numbers: Parameters) -> None:
        """ECH: blanks, up to the last column at most. CTerm itself spares that one."""
        self.stay()
        self.erase(self.y, self.x, min(self.x + numbers.number(0, 1), self.window[1]), self.pen)

    # --- inserting and deleting -----------------------------------------------------------

    def on_ich(self, numbers: Parameters) -> None:
        """ICH: blanks at the cursor; 0 counts as 1. In the screen's last cell one scrolls."""
        self.stay()
        if not self.inside():
            return
        self.insert_cells(self.y, self.x, numbers.count(), self.pen, self.right)
        right = self.window[1]
        bottom = self.bottom if self.origin else self.rows
        if self.y == bottom - 1 and self.right == right <= self.x + numbers.count():
            if self.origin:
                self.scroll_region(1)
            else:
                self.scroll_up(0, self.rows, 1, self.pen, keep=True)

    def on_dch(self, numbers: Parameters) -> None:
        """DCH: the rest of the row moves left.

        CTerm blanks one cell too many; we only give it the blanks' colours, and only if it is blank.
        """
        self.stay()
        count = min(numbers.number(0, 1), self.right - self.x)
        if count < 1 or not self.inside():
            return
        self.delete_cells(self.y, self.x, count, self.pen, self.right)
        before = self.right - count - 1
        if before >= self.x and self.grid[self.y].cell(before)[0] == " ":
            self.put(self.y, before, " ", self.pen)

    def on_il(self, numbers: Parameters) -> None:
        """IL: blank rows at the cursor; the row that the cursor is in stays on the screen."""
        if self.inside():
            count = min(numbers.number(0, 1), self.bottom - 1 - self.y)
            self._shift_rows(-count)

    def on_dl(self, numbers: Parameters) -> None:
        """DL: the rows below move up."""
        if self.inside():
            self._shift_rows(numbers.number(0, 1))

    def _shift_rows(self, count: int) -> None:
        """Move the rows from the cursor's to the region's last up, or down if negative.

        Between margins, rows that come in are blank beyond the right margin too.
        """
        if not count:
            return
        if self.left > 0 or self.right < self.columns:
            self.scroll_columns(self.y, self.bottom, self.left, self.right, count, self.pen)
            top = max(self.bottom - count, self.y) if count > 0 else self.y
            bottom = self.bottom if count > 0 else self.y - count
            self.erase_box(top, self.right, bottom, self.window[1])
        elif count > 0:
            self.scroll_up(self.y, self.bottom, count, self.pen)
        else:
            self.scroll_down(self.y, self.bottom, -count, self.pen)

    def on_decic(self, numbers: Parameters) -> None:
        """DECIC: blank columns at the cursor, in every row of the region."""
        count, column = numbers.number(0, 1), min(self.x, self.columns - 1)
        if count and self.inside():
            for row in range(self.top, self.bottom):
                self.insert_cells(row, column, count, self.pen, self.right)

    def on_decdc(self, numbers: Parameters) -> None:
        """DECDC: delete columns at the cursor, in every row of the region."""
        count, column = numbers.number(0, 1), min(self.x, self.columns - 1)
        if count and self.inside():
            for row in range(self.top, self.bottom):
                self.delete_cells(row, column, count, self.pen, self.right)

    # --- scrolling ------------------------------------------------------------------------

    def on_su(self, numbers: Parameters) -> None:
        """SU: the region moves up."""
        if count := numbers.number(0, 1):
            self.scroll_region(count)

    def on_sd(self, numbers: Parameters) -> None:
        """SD: the region moves down."""
        if count := numbers.number(0, 1):
            self.scroll_region(-count)

    def on_sl(self, numbers: Parameters) -> None:
        """SL: the region moves left."""
        if count := numbers.number(0, 1):
            for row in range(self.top, self.bottom):
                self.delete_cells(row, self.left, count, self.pen, self.right)

    def on_sr(self, numbers: Parameters) -> None:
        """SR: the region moves right."""
        if count := numbers.number(0, 1):
            for row in range(self.top, self.bottom):
                self.insert_cells(row, self.left, count, self.pen, self.right)

    def on_rep(self, numbers: Parameters) -> None:
        """REP: the character before this again, so many times; CR, LF, BS and HT can be repeated too."""
        last, count = self.last, numbers.number(0, 1)
        cells = self.columns * self.rows
        if count > cells:  # more than the screen holds ends where this ends, with less work
            count = cells + count % self.columns
        if last == "\t":
            self.tab_by(count)
        elif last in self._controls:
            for _ in range(min(count, max(self.columns, self.rows))):
                self._controls[last]()
        elif last:
            self.on_text(last * count)
