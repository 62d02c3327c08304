"""CTerm: moving the cursor, margins, tabs, and what scrolls when the cursor would leave.

A count of 0 does nothing, a place off the screen is ignored or clamped as each function has it in CTerm.
"""

from __future__ import annotations

from bbsterm.screen.ansi.loop import AnsiLoop
from bbsterm.screen.ansi.parameters import Parameters, parse_wide

__all__ = ["CTermCursor"]


class CTermCursor(AnsiLoop):
    """Cursor movement.

    Attributes:
        lines: Rows with a line tab stop (VTS).
        lr_mode: Whether CSI s sets left and right margins (private mode 69); it leaves them as they are.
        held: Whether a wrap waits. It goes on waiting when the cursor leaves the last column, but for what
            calls `stay`, and happens at the next character in a last column.
        saved: The place that ESC 7 and CSI s remember, counted as CUP counts; None before the first.
    """

    repeats_controls = True

    def _power_on(self) -> None:
        super()._power_on()
        self.lines: set[int] = set()
        self.lr_mode = False
        self.saved: tuple[int, int] | None = None

    def _parse(self, parameters: str) -> tuple[str, Parameters | None]:
        return parse_wide(parameters)

    # --- the corner that rows and columns count from ------------------------------------

    @property
    def corner(self) -> tuple[int, int]:
        """The row and column that are 1;1: the region's corner in origin mode."""
        return (self.top, self.left) if self.origin else (0, 0)

    @property
    def extent(self) -> tuple[int, int]:
        """How many rows and columns can be addressed."""
        if self.origin:
            return self.bottom - self.top, self.right - self.left
        return self.rows, self.columns

    @property
    def place(self) -> tuple[int, int]:
        """Where the cursor is, row and column from 1, as it would be reported."""
        top, left = self.corner
        return self.y - top + 1, min(self.x, self.columns - 1) - left + 1

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor at a place on the screen, or at the nearest one that is on it."""
        held = self.waiting
        super().go_to(row, column)
        self.held = held

    def move_to(self, row: int, column: int) -> None:
        """Go to a place counted from 1; one that cannot be addressed is ignored."""
        top, left = self.corner
        rows, columns = self.extent
        if 1 <= row <= rows and 1 <= column <= columns:
            self.go_to(top + row - 1, left + column - 1)

    def move_by(self, rows: int, columns: int | None, *, scroll: bool = False) -> None:
        """Move by rows and columns; None is to the first column.

        Within the region the cursor stays in it, or scrolls it. Outside, it may enter the region but stops at
        its far side; a place off the screen is ignored.
        """
        if self.inside():
            self._move_inside(rows, columns, scroll=scroll)
            return
        x = min(self.x, self.columns - 1)
        row, column = _sum(self.y, rows), 0 if columns is None else _sum(x, columns)
        if x < self.right <= column:
            column = self.right - 1
        if column < self.left <= x:
            column = self.left
        if self.y < self.bottom <= row:
            row = self.bottom - 1
        if row < self.top <= self.y:
            row = self.top
        if 0 <= row < self.rows and 0 <= column < self.columns:
            self.go_to(row, column)

    def _move_inside(self, rows: int, columns: int | None, *, scroll: bool) -> None:
        row = _sum(self.y, rows)
        if scroll and row >= self.bottom:
            self.scroll_region(row - self.bottom + 1)
        elif scroll and row < self.top:
            self.scroll_region(row - self.top)
        column = self.left if columns is None else _sum(min(self.x, self.columns - 1), columns)
        self.go_to(max(self.top, min(row, self.bottom - 1)), max(self.left, min(column, self.right - 1)))

    def edge(self) -> int:
        """The first column that text from here on does not reach: margins count in the region's rows only."""
        return self.right if self.x < self.right and self.top <= self.y < self.bottom else self.columns

    def scroll_region(self, count: int) -> None:
        """Scroll the region up, or down if negative. What leaves the top of the screen is history."""
        if self.left > 0 or self.right < self.columns:
            self.scroll_columns(self.top, self.bottom, self.left, self.right, count, self.pen)
        elif count > 0:
            self.scroll_up(self.top, self.bottom, count, self.pen, keep=self.top == 0)
        else:
            self.scroll_down(self.top, self.bottom, -count, self.pen)

    def wrap(self, *, waited: bool) -> None:
        """Go to the beginning of the next row.

        At the bottom of a region CTerm scrolls only if its own cursor is still in the region: after a wait it
        is; wrapping at once, it has already left a region that ends above the last row (or in the middle).
        """
        self.grid[self.y].wrapped = True
        self.held = False
        self.x = self.left
        if self.y == self.bottom - 1:
            edge_to_edge = self.left == 0 and self.right == self.columns
            if self.origin:
                scrolls = self.top == 0
            else:
                scrolls = waited or (edge_to_edge and self.bottom == self.rows)
            if scrolls:
                self.scroll_region(1)
        elif self.y < self.rows - 1:
            self.y += 1

    # --- control characters -------------------------------------------------------------

    def carriage_return(self) -> None:
        """CR: to column 1, or to the left margin."""
        self.last = "\r"
        self.stay()
        self.move_by(0, None)

    def linefeed(self) -> None:
        """LF: down; at the region's last row it scrolls."""
        self.last = "\n"
        self.stay()
        self.move_by(1, 0, scroll=True)

    def backspace(self) -> None:
        """BS: left, but never to the row before."""
        self.last = "\b"
        self.stay()
        self.move_by(0, -1)

    def tab(self) -> None:
        """HT: to the next stop; past the last one to the next row, which may scroll."""
        self.tab_by(1)

    def tab_by(self, count: int) -> None:
        """HT, so many times."""
        if not count:
            return
        self.last = "\t"
        self.stay()
        passed = 0
        while count > len(stops := self._stops_ahead()):
            count -= len(stops) + 1
            self._pass_row()
            passed += 1
            if passed == 2 * self.rows:  # all is blank, and from here on it goes round and round
                count %= len(self._stops_ahead()) + 1
            if not count:
                return
        self.x = stops[count - 1]

    def _stops_ahead(self) -> list[int]:
        """The columns of the tab stops that are still to come in this row."""
        left = self.corner[1]
        edge = self.right if self.x < self.right else self.columns
        return sorted(stop + left for stop in self.tabs if self.x < stop + left < edge)

    def _pass_row(self) -> None:
        """From the last tab stop to the next row, which may scroll."""
        row = self.y
        if row == self.bottom - 1:
            if self.inside():
                self.scroll_region(1)
        elif row < self.rows - 1:
            row += 1
        self.go_to(row, self.left)

    # --- by steps -----------------------------------------------------------------------

    def on_cuu(self, numbers: Parameters) -> None:
        """CUU: up."""
        self.stay()
        self.move_by(-numbers.signed(0, 1), 0)

    def on_cud(self, numbers: Parameters) -> None:
        """CUD: down."""
        self.stay()
        self.move_by(numbers.signed(0, 1), 0)

    def on_cuf(self, numbers: Parameters) -> None:
        """CUF: right."""
        self.move_by(0, numbers.signed(0, 1))

    def on_cub(self, numbers: Parameters) -> None:
        """CUB: left."""
        self.move_by(0, -numbers.signed(0, 1))

    def on_hpb(self, numbers: Parameters) -> None:
        """HPB: left."""
        self.stay()
        self.move_by(0, -numbers.signed(0, 1))

    def on_hpr(self, numbers: Parameters) -> None:
        """HPR: right."""
        self.stay()
        self.move_by(0, numbers.signed(0, 1))

    def on_cnl(self, numbers: Parameters) -> None:
        """CNL: down, to column 1."""
        if count := numbers.signed(0, 1):
            self.move_by(count, None)

    def on_cpl(self, numbers: Parameters) -> None:
        """CPL: up, to column 1."""
        if count := numbers.signed(0, 1):
            self.move_by(-count, None)

    def on_vpb(self, numbers: Parameters) -> None:
        """VPB: up."""
        self.move_by(-numbers.signed(0, 1), 0)

    def on_vpr(self, numbers: Parameters) -> None:
        """VPR: down."""
        self.move_by(numbers.signed(0, 1), 0)

    def next_line(self) -> None:
        """NEL: to column 1 of the next row, which may scroll."""
        self.stay()
        self.move_by(1, None, scroll=True)

    def reverse_index(self) -> None:
        """RI: up; at the region's first row it scrolls down."""
        self.stay()
        self.move_by(-1, 0, scroll=True)

    # --- to places ----------------------------------------------------------------------

    def on_cup(self, numbers: Parameters) -> None:
        """CUP, HVP: to a row and column, or the nearest there are."""
        self.stay()
        rows, columns = self.extent
        self.move_to(min(numbers.count(0), rows), min(numbers.count(1), columns))

    def on_cha(self, numbers: Parameters) -> None:
        """CHA, HPA: to a column; one beyond the last is ignored."""
        self.move_to(self.place[0], numbers.number(0, 1))

    def on_vpa(self, numbers: Parameters) -> None:
        """VPA: to a row, or the nearest there is."""
        self.move_to(min(numbers.count(0), self.extent[0]), self.place[1])

    def save_cursor(self) -> None:
        """DECSC: remember the place (and nothing else)."""
        self.saved = self.place

    def restore_cursor(self) -> None:
        """DECRC: to the place that was remembered, if there was one."""
        if self.saved is not None:
            self.move_to(*self.saved)

    def on_scosc(self, numbers: Parameters) -> None:
        """SCOSC; or DECSLRM if left and right margins are in force."""
        if self.lr_mode:
            self._set_side_margins(numbers)
        else:
            self.save_cursor()

    def on_scorc(self, _numbers: Parameters) -> None:
        """SCORC."""
        self.restore_cursor()

    # --- margins ------------------------------------------------------------------------

    def on_decstbm(self, numbers: Parameters) -> None:
        """DECSTBM: the rows that scroll. Nonsense is ignored."""
        self.stay()
        top, bottom = numbers.number(0, 1), numbers.number(1, self.rows)
        if 1 <= top < bottom <= self.rows:
            self.top, self.bottom = top - 1, bottom
            self.move_to(1, 1)

    def _set_side_margins(self, numbers: Parameters) -> None:
        """DECSLRM: the columns that scroll; 0 keeps a margin."""
        left = numbers.number(0, 1) or self.left + 1
        right = numbers.number(1, self.columns) or self.right
        if 1 <= left < right <= self.columns:
            self.left, self.right = left - 1, right
            self.move_to(1, 1)

    def use_origin(self, *, on: bool) -> None:
        """Private mode 6."""
        self.stay()
        self.origin = on
        self.move_to(1, 1)

    # --- tabs ---------------------------------------------------------------------------

    def on_cht(self, numbers: Parameters) -> None:
        """CHT: HT, so many times."""
        self.stay()
        self.tab_by(numbers.number(0, 1))

    def on_cvt(self, numbers: Parameters) -> None:
        """CVT: to the next line tab stop; where there is none, to the last row of the region, scrolled."""
        self.stay()
        for _ in range(min(numbers.number(0, 1), self.rows)):
            row = min((line for line in self.lines if line > self.y), default=None)
            if row is None:
                if self.inside():
                    self.scroll_region(1)
                row = self.bottom - 1
            self.go_to(row, self.x)

    def on_cbt(self, numbers: Parameters) -> None:
        """CBT: to the stop before, so many times."""
        row, x = self.place
        left = self.left - self.corner[1]
        for _ in range(min(numbers.number(0, 1), self.columns)):
            stop = max((stop for stop in self.tabs if stop < x - 1), default=x - 1)
            x = 1 + (max(stop, left) if x > left else stop)
        self.move_to(row, x)

    def set_tab_stop(self) -> None:
        """HTS: a stop here, counted as CUP counts."""
        self.tabs.add(self.place[1] - 1)

    def set_line_stop(self) -> None:
        """VTS: a line tab stop here."""
        self.lines.add(self.y)

    def on_tbc(self, numbers: Parameters) -> None:
        """TBC: 0 the stop here, 1 the line stop here, 3 and 4 all of one sort, 5 all."""
        match numbers.number(0):
            case 0:
                self.tabs.discard(self.place[1] - 1)
            case 1:
                self.lines.discard(self.y)
            case 3:
                self.tabs.clear()
            case 4:
                self.lines.clear()
            case 5:
                self.tabs.clear()
                self.lines.clear()

    def on_tsr(self, numbers: Parameters) -> None:
        """TSR: clear the stop in a column."""
        if numbers:
            self.tabs.discard(numbers.number(0) - 1)


def _sum(place: int, distance: int) -> int:
    """The sum in SyncTERM's 32 bits, counting places from 1: a step that is too long goes backwards."""
    total = place + 1 + distance
    return total - 1 if total < 1 << 31 else total - 1 - (1 << 32)
