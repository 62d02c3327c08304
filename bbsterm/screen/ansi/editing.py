"""Functions that change cells: draw, erase, insert, delete, scroll."""

from __future__ import annotations

from bbsterm.screen.ansi.moving import Moving
from bbsterm.screen.ansi.widths import cells_of

__all__ = ["Editing"]


class Editing(Moving):
    """Editing. Blanks are made of the pen's background (BCE)."""

    # --- drawing --------------------------------------------------------------------

    def draw(self, data: str) -> None:
        """Draw characters from the cursor on, wrapping as the modes say."""
        marks, cells = cells_of(data)
        if marks:
            self._mark(marks)
        if isinstance(cells, str):
            self._draw_narrow(cells)
            return
        for place, cell in enumerate(cells):
            if cell:
                wide = place + 1 < len(cells) and cells[place + 1] == ""
                self._draw_cell((cell, "") if wide else (cell,))

    def _draw_narrow(self, text: str) -> None:
        while text:
            if self.x >= self.columns:
                self._wrap()
            room = self.columns - self.x
            if not self.autowrap and len(text) >= room:
                text = text[: room - 1] + text[-1]
            self._paint(text[:room])
            if not self.autowrap:
                self.x = min(self.x, self.columns - 1)
            elif self.x >= self.columns and not self.pending_wrap:
                self._wrap()
            text = text[room:]

    def _draw_cell(self, cells: tuple[str, ...]) -> None:
        if len(cells) > self.columns:
            return
        if self.x + len(cells) > self.columns:
            if self.autowrap:
                self._wrap()
            else:
                self.x = self.columns - len(cells)
        self._paint(cells)
        if not self.autowrap:
            self.x = min(self.x, self.columns - 1)
        elif self.x >= self.columns and not self.pending_wrap:
            self._wrap()

    def _paint(self, cells: str | tuple[str, ...]) -> None:
        if self.insert:
            self.insert_cells(self.y, self.x, len(cells), self.pen)
        self.put(self.y, self.x, cells, self.pen)
        self.x += len(cells)

    def _wrap(self) -> None:
        self.grid[self.y].wrapped = True
        self.x = 0
        self.index()

    def _mark(self, marks: str) -> None:
        """Add combining marks to the cell before the cursor."""
        row, column = self.grid[self.y], self.x - 1
        if column < 0:
            return
        cell, pen = row.cell(column)
        if not cell and column:
            column -= 1
            cell, pen = row.cell(column)
        row.replace(column, [cells_of(cell + marks)[1][0] or " "], [pen])

    def repeat(self, count: int) -> None:
        """REP: the last character again."""

    # --- erasing --------------------------------------------------------------------

    def erase_in_display(self, how: int = 0) -> None:
        """ED: 0 from the cursor on, 1 up to and with it, 2 everything, 3 the history."""
        match how:
            case 0:
                self.erase_in_line(0)
                self.erase_rows(self.y + 1, self.rows, self.pen)
            case 1:
                self.erase_in_line(1)
                self.erase_rows(0, self.y, self.pen)
            case 2:
                self.clear_screen()
                if self.profile.bbs:
                    self.go_to(0, 0)
            case 3 if not self.profile.bbs:
                self.history.clear()

    def clear_screen(self) -> None:
        """Blank everything; the screen as it was goes to the history."""
        self.keep_screen()
        self.renew(self.pen)

    def erase_in_line(self, how: int = 0) -> None:
        """EL: 0 from the cursor on, 1 up to and with it, 2 the row."""
        self.stop_waiting()
        match how:
            case 0:
                self.erase(self.y, self.x, self.columns, self.pen)
            case 1:
                self.erase(self.y, 0, self.x + 1, self.pen)
            case 2:
                self.erase(self.y, 0, self.columns, self.pen)

    def erase_characters(self, count: int | None = None) -> None:
        """ECH: blanks, without moving anything."""
        self.stop_waiting()
        self.erase(self.y, self.x, min(self.x + (count or 1), self.columns), self.pen)

    # --- inserting and deleting -------------------------------------------------------

    def insert_characters(self, count: int | None = None) -> None:
        """ICH: blanks at the cursor, the rest of the row moves right."""
        self.stop_waiting()
        self.insert_cells(self.y, self.x, count or 1, self.pen)

    def delete_characters(self, count: int | None = None) -> None:
        """DCH: the rest of the row moves left."""
        self.stop_waiting()
        self.delete_cells(self.y, self.x, count or 1, self.pen)

    def insert_lines(self, count: int | None = None) -> None:
        """IL: blank rows at the cursor, those below move down."""
        if self.top <= self.y < self.bottom:
            self.scroll_down(self.y, self.bottom, count or 1, self.pen)

    def delete_lines(self, count: int | None = None) -> None:
        """DL: the rows below move up."""
        if self.top <= self.y < self.bottom:
            self.scroll_up(self.y, self.bottom, count or 1, self.pen)

    def scroll_text_up(self, count: int) -> None:
        """SU: the region's rows move up."""
        self.scroll_up(self.top, self.bottom, count, self.pen, keep=self.top == 0)

    def scroll_text_down(self, count: int) -> None:
        """SD: the region's rows move down."""
        self.scroll_down(self.top, self.bottom, count, self.pen)
