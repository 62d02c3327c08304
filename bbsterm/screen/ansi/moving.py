"""Functions that move the cursor: by steps, to places, by tabs, and what scrolls when it would leave."""

from __future__ import annotations

from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.ansi.state import SavePoint, TerminalState

__all__ = ["Moving"]


class Moving(TerminalState):
    """Cursor movement. Methods with names that pyte has do what pyte's do."""

    # --- by steps -------------------------------------------------------------------

    def cursor_up(self, count: int | None = None) -> None:
        """CUU: up, not beyond the region's first row."""
        self.stop_waiting()
        first = self.top if self.y >= self.top else 0
        self.y = max(first, self.y - (count or 1))

    def cursor_down(self, count: int | None = None) -> None:
        """CUD: down, not beyond the region's last row."""
        self.stop_waiting()
        last = self.bottom - 1 if self.y < self.bottom else self.rows - 1
        self.y = min(last, self.y + (count or 1))

    def cursor_forward(self, count: int | None = None) -> None:
        """CUF: right, not beyond the last column."""
        self.stop_waiting()
        self.x = min(self.columns - 1, self.x + (count or 1))

    def cursor_back(self, count: int | None = None) -> None:
        """CUB: left, not beyond the first column."""
        self.stop_waiting()
        self.x = max(0, self.x - (count or 1))

    def cursor_down1(self, count: int | None = None) -> None:
        """CNL: down, to column 1."""
        self.cursor_down(count)
        self.x = 0

    def cursor_up1(self, count: int | None = None) -> None:
        """CPL: up, to column 1."""
        self.cursor_up(count)
        self.x = 0

    def line_position_backward(self, count: int) -> None:
        """VPB: up, whatever the region."""
        self.go_to(self.y - count, self.x)

    def line_position_relative(self, count: int) -> None:
        """VPR: down, whatever the region."""
        self.go_to(self.y + count, self.x)

    # --- to places ------------------------------------------------------------------

    def cursor_position(self, line: int | None = None, column: int | None = None) -> None:
        """CUP, HVP: to a place, counted from 1; from the region's corner under DECOM."""
        row, place = (line or 1) - 1, (column or 1) - 1
        if self.origin:
            row = min(self.top + row, self.bottom - 1)
        self.go_to(row, place)

    def cursor_to_column(self, column: int | None = None) -> None:
        """CHA, HPA: to a column of this row, from 1."""
        self.go_to(self.y, (column or 1) - 1)

    def cursor_to_line(self, line: int | None = None) -> None:
        """VPA: to a row, from 1, in this column."""
        self.stop_waiting()
        self.cursor_position(line, self.x + 1)

    def on_position(self, parameters: Parameters) -> None:
        """CUP, HVP."""
        self.cursor_position(parameters.count(0), parameters.count(1))

    # --- by lines -------------------------------------------------------------------

    def carriage_return(self) -> None:
        """CR: to column 1."""
        self.x = 0

    def linefeed(self) -> None:
        """LF: down, scrolling at the region's last row; to column 1 under LNM."""
        self.index()
        if self.newline:
            self.x = 0

    def index(self) -> None:
        """IND: down, scrolling at the region's last row."""
        if self.y == self.bottom - 1:
            self.scroll_up(self.top, self.bottom, 1, self.pen, keep=self.top == 0)
        elif self.y < self.rows - 1:
            self.y += 1

    def reverse_index(self) -> None:
        """RI: up, scrolling at the region's first row."""
        if self.y == self.top:
            self.scroll_down(self.top, self.bottom, 1, self.pen)
        elif self.y > 0:
            self.y -= 1

    def next_line(self) -> None:
        """NEL: to column 1 of the next row."""
        self.index()
        self.x = 0

    def backspace(self) -> None:
        """BS: left, not beyond column 1."""
        self.cursor_back(1)

    # --- by tabs --------------------------------------------------------------------

    def tab(self) -> None:
        """HT: to the next stop. Past the last one: the next row (BBS) or the last column (VT)."""
        stops = [stop for stop in self.tabs if stop > self.x]
        if stops:
            self.x = min(stops)
        elif self.profile.bbs:
            self.next_line()
        else:
            self.x = max(self.x, self.columns - 1)

    def tab_forward(self, count: int) -> None:
        """CHT: to the next stop, so many times."""
        for _ in range(min(count, self.columns)):
            self.tab()

    def tab_back(self, count: int) -> None:
        """CBT: to the stop before, so many times; column 1 where there is none."""
        self.stop_waiting()
        for _ in range(min(count, self.columns)):
            self.x = max((stop for stop in self.tabs if stop < self.x), default=0)

    def set_tab_stop(self) -> None:
        """HTS: a stop in this column."""
        self.stop_waiting()
        self.tabs.add(self.x)

    def clear_tab_stop(self, how: int = 0) -> None:
        """TBC: 0 this column's stop, 3 all of them."""
        if how == 0:
            self.tabs.discard(self.x)
        elif how == 3:
            self.tabs.clear()

    # --- margins and save points ------------------------------------------------------

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        """DECSTBM: the rows that scroll, from 1, both inside; the cursor goes home. Nonsense is ignored."""
        first = (top or 1) - 1
        last = min(bottom or self.rows, self.rows)
        if last - first >= 2:
            self.top, self.bottom = first, last
            self.cursor_position()

    def on_margins(self, parameters: Parameters) -> None:
        """DECSTBM."""
        self.set_margins(parameters.number(0), parameters.number(1))

    def save_cursor(self) -> None:
        """DECSC, SCOSC: remember the place, and the pen."""
        self.saved = SavePoint(self.x, self.y, self.pen, self.origin)

    def restore_cursor(self) -> None:
        """DECRC, SCORC: back to what was remembered."""
        if self.saved is None:
            self.cursor_position()
            return
        self.x, self.y = min(self.saved.x, self.columns - 1), min(self.saved.y, self.rows - 1)
        if not self.profile.bbs:
            self.pen, self.origin = self.saved.pen, self.saved.origin
