"""VT: moving the cursor, margins, tabs, save points, and what scrolls when the cursor would leave.

A count of 0 counts as 1. Places are clamped to the screen, or to the margins in origin mode.
"""

from __future__ import annotations

from typing import NamedTuple

from bbsterm.screen.ansi.loop import AnsiLoop
from bbsterm.screen.ansi.parameters import Parameters, parse
from bbsterm.screen.pens import Pen
from bbsterm.screen.vt.charsets import Charsets

__all__ = ["SavePoint", "VtCursor"]


class SavePoint(NamedTuple):
    """What DECSC keeps."""

    x: int
    y: int
    held: bool
    pen: Pen
    origin: bool
    charsets: Charsets


class VtCursor(AnsiLoop):
    """Cursor movement.

    Attributes:
        lr_mode: Whether left and right margins can be set and are in force (DECLRMM).
        newline: Whether LF goes to column 1 too (LNM).
        reverse_wrap: Whether the cursor goes left from column 1 to the row before (private mode 45).
        charsets: The designated character sets.
    """

    repeats_controls = False

    def _power_on(self) -> None:
        super()._power_on()
        self.lr_mode = False
        self.newline = False
        self.reverse_wrap = False
        self.charsets = Charsets()
        self.saved: SavePoint | None = None

    def _parse(self, parameters: str) -> tuple[str, Parameters | None]:
        return parse(parameters)

    # --- by steps -----------------------------------------------------------------------

    def on_cuu(self, numbers: Parameters) -> None:
        """CUU: up, not beyond the top margin."""
        self.up(numbers.count())

    def on_cud(self, numbers: Parameters) -> None:
        """CUD: down, not beyond the bottom margin."""
        self.down(numbers.count())

    def up(self, count: int) -> None:
        """Up, not beyond the top margin, or the first row from above it."""
        self.stay()
        self.y = max(self.top if self.y >= self.top else 0, self.y - count)

    def down(self, count: int) -> None:
        """Down, not beyond the bottom margin, or the last row from below it."""
        self.stay()
        self.y = min((self.bottom if self.y < self.bottom else self.rows) - 1, self.y + count)

    def on_cuf(self, numbers: Parameters) -> None:
        """CUF: right, not beyond the right margin."""
        self.stay()
        self.x = min(self.edge() - 1, self.x + numbers.count())

    def on_cub(self, numbers: Parameters) -> None:
        """CUB: left."""
        self.left_by(numbers.count())

    def backspace(self) -> None:
        """BS: left."""
        self.left_by(1)

    def left_by(self, count: int) -> None:
        """Left, not beyond the left margin; in reverse wrap mode to the rows before."""
        wraps = self.reverse_wrap and self.autowrap
        if wraps and self.waiting:
            count -= 1
        self.stay()
        first = self.left if self.x >= self.left else 0
        if not wraps or count <= self.x - first:
            self.x = max(first, self.x - count)
            return
        width = self.right - first
        steps = count - (self.x - first) - 1
        rows = 1 + steps // width
        height = self.bottom - self.top
        if self.top <= self.y < self.bottom:
            self.y = self.top + (self.y - self.top - rows) % height
        else:
            self.y = max(self.y - rows, 0)
        self.x = self.right - 1 - steps % width

    def on_cnl(self, numbers: Parameters) -> None:
        """CNL: down, to the left margin."""
        self.down(numbers.count())
        self.carriage_return()

    def on_cpl(self, numbers: Parameters) -> None:
        """CPL: up, to the left margin."""
        self.up(numbers.count())
        self.carriage_return()

    # --- to places ----------------------------------------------------------------------

    @property
    def place(self) -> tuple[int, int]:
        """Row and column from 1, counted from the margins in origin mode."""
        row, column = (self.top, self.left) if self.origin else (0, 0)
        return self.y - row + 1, min(self.x, self.columns - 1) - column + 1

    def move_to(self, row: int, column: int) -> None:
        """Go to a place counted from 1; from the margins, and not beyond them, in origin mode."""
        if self.origin:
            row = min(max(row, 1) + self.top, self.bottom)
            column = min(max(column, 1) + self.left, self.right)
        self.go_to(row - 1, column - 1)

    def on_cup(self, numbers: Parameters) -> None:
        """CUP, HVP."""
        self.move_to(numbers.count(0), numbers.count(1))

    def on_cha(self, numbers: Parameters) -> None:
        """CHA, HPA."""
        self.move_to(self.place[0], numbers.count())

    def on_hpr(self, numbers: Parameters) -> None:
        """HPR: right, whatever the margins (but for origin mode)."""
        row, column = self.place
        self.move_to(row, column + numbers.count())

    def on_vpa(self, numbers: Parameters) -> None:
        """VPA."""
        self.move_to(numbers.count(), self.place[1])

    def on_vpr(self, numbers: Parameters) -> None:
        """VPR: down, whatever the margins (but for origin mode)."""
        row, column = self.place
        self.move_to(row + numbers.count(), column)

    # --- by lines -----------------------------------------------------------------------

    def carriage_return(self) -> None:
        """CR: to the left margin, or to column 1 from before it."""
        self.stay()
        self.x = self.left if self.origin or self.x >= self.left else 0

    def linefeed(self) -> None:
        """LF, VT, FF: down; to the left margin too under LNM."""
        self.index()
        if self.newline:
            self.carriage_return()

    def index(self) -> None:
        """IND: down; at the bottom margin the region scrolls."""
        self.stay()
        if self.y == self.bottom - 1:
            if self.left <= self.x < self.right:
                self.scroll_region(1)
        elif self.y < self.rows - 1:
            self.y += 1

    def reverse_index(self) -> None:
        """RI: up; at the top margin the region scrolls down."""
        self.stay()
        if self.y == self.top:
            if self.left <= self.x < self.right:
                self.scroll_region(-1)
        elif self.y > 0:
            self.y -= 1

    def next_line(self) -> None:
        """NEL: to the beginning of the next row."""
        self.index()
        self.carriage_return()

    def wrap(self, *, waited: bool) -> None:
        """To the beginning of the next row, after the last column; without DECAWM stay there."""
        self.stay()
        if not self.autowrap:
            return
        self.grid[self.y].wrapped = True
        self.index()
        self.carriage_return()

    def scroll_region(self, count: int) -> None:
        """Scroll the region up, or down if negative. What leaves the top of the screen is history."""
        if self.left > 0 or self.right < self.columns:
            self.scroll_columns(self.top, self.bottom, self.left, self.right, count, self.pen.blank)
        elif count > 0:
            self.scroll_up(self.top, self.bottom, count, self.pen.blank, keep=self.keeps and self.top == 0)
        else:
            self.scroll_down(self.top, self.bottom, -count, self.pen.blank)

    # --- margins ------------------------------------------------------------------------

    def on_decstbm(self, numbers: Parameters) -> None:
        """DECSTBM: the rows that scroll; at least two, or it is ignored."""
        top = numbers.count(0)
        bottom = min(numbers.number(1) or self.rows, self.rows)
        if top < bottom:
            self.top, self.bottom = top - 1, bottom
            self.move_to(1, 1)

    def on_csi_s(self, numbers: Parameters) -> None:
        """DECSLRM where left and right margins are allowed, or else SCOSC."""
        if not self.lr_mode:
            if not numbers:
                self.save_cursor()
            return
        left = numbers.count(0)
        right = min(numbers.number(1) or self.columns, self.columns)
        if left < right:
            self.left, self.right = left - 1, right
            self.move_to(1, 1)

    # --- tabs ---------------------------------------------------------------------------

    def tab(self) -> None:
        """HT: to the next stop, or the last column; not beyond the right margin."""
        self.tab_by(1)

    def tab_by(self, count: int) -> None:
        """HT, so many times. A wrap that waits goes on waiting."""
        if self.x >= self.columns:
            return
        last = self.edge() - 1
        for stop in sorted(stop for stop in self.tabs if stop > self.x)[:count]:
            self.x = min(stop, last)
            count -= 1
        if count:
            self.x = last

    def on_cht(self, numbers: Parameters) -> None:
        """CHT."""
        self.tab_by(numbers.count())

    def on_cbt(self, numbers: Parameters) -> None:
        """CBT: to the stop before, so many times, or column 1. A wrap that waits goes on waiting."""
        waiting = self.waiting
        self.stay()
        stops = [0, *sorted(stop for stop in self.tabs if stop < self.x)]
        self.x = stops[max(len(stops) - numbers.count(), 0)]
        self.held = waiting

    def set_tab_stop(self) -> None:
        """HTS."""
        self.tabs.add(min(self.x, self.columns - 1))

    def on_tbc(self, numbers: Parameters) -> None:
        """TBC: 0 the stop here, 3 all."""
        match numbers.number(0):
            case 0:
                self.tabs.discard(min(self.x, self.columns - 1))
            case 3:
                self.tabs.clear()

    def on_decst8c(self, numbers: Parameters) -> None:
        """DECST8C: a stop every eight columns."""
        if numbers.number(0) in (0, 5):
            self.tabs = set(range(0, self.columns, 8))

    # --- save points ----------------------------------------------------------------------

    def save_cursor(self) -> None:
        """DECSC, SCOSC: remember the place, the pen, the character sets, origin mode."""
        self.saved = SavePoint(self.x, self.y, self.held, self.pen, self.origin, self.charsets.copy())

    def restore_cursor(self) -> None:
        """DECRC, SCORC: as remembered; home and plain if nothing was."""
        saved = self.saved or SavePoint(0, 0, False, self.pens.default, False, Charsets())
        self.pen, self.origin = saved.pen, saved.origin
        self.charsets = saved.charsets.copy()
        row, column = saved.y, min(saved.x, self.columns - 1)
        if self.origin:
            row = max(self.top, min(row, self.bottom - 1))
            column = max(self.left, min(column, self.right - 1))
        self.go_to(row, column)
        if saved.x >= self.columns and column == self.columns - 1:
            self.x = self.columns
        self.held = saved.held

    def on_scorc(self, numbers: Parameters) -> None:
        """SCORC; with a parameter it is something else."""
        if not numbers:
            self.restore_cursor()
