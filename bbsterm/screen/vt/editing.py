"""VT: erasing, inserting, deleting, scrolling, repeating. Blanks have the pen's background, nothing else.

Two kinds of cells may be spared: DECSCA's by the selective functions (DECSED, DECSEL, DECSERA), ISO's (SPA to
EPA) by the plain ones too, as in xterm.
"""

from __future__ import annotations

from enum import Enum, auto

from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.pens import PROTECTED
from bbsterm.screen.vt.cursor import VtCursor

__all__ = ["Protection", "VtEditing"]


class Protection(Enum):
    """Whose rules protected cells follow: DECSCA's or SPA's, whichever was used last."""

    NONE = auto()
    DEC = auto()
    ISO = auto()


class VtEditing(VtCursor):
    """Editing.

    Attributes:
        protection: See `Protection`.
    """

    def _power_on(self) -> None:
        super()._power_on()
        self.protection = Protection.NONE

    # --- protecting ---------------------------------------------------------------------

    def protect(self, *, on: bool) -> None:
        """Protect what is drawn from now on, or stop doing so."""
        look = self.pen.look
        style = look.style | PROTECTED if on else look.style & ~PROTECTED
        self.pen = self.pens.get(look._replace(style=style))

    def on_decsca(self, numbers: Parameters) -> None:
        """DECSCA: 1 protects; 0 and 2 do not."""
        self.protection = Protection.DEC
        if numbers.number(0) <= 2:
            self.protect(on=numbers.number(0) == 1)

    def on_spa(self) -> None:
        """SPA: what follows is protected."""
        self.protection = Protection.ISO
        self.protect(on=True)

    def on_epa(self) -> None:
        """EPA: what follows is not protected."""
        self.protect(on=False)

    # --- erasing ------------------------------------------------------------------------

    def wipe(self, row: int, left: int, right: int, *, selective: bool = False) -> None:
        """Blank a part of a row, but for cells that are protected from that."""
        if not selective and self.protection is not Protection.ISO:
            self.erase(row, left, right, self.pen.blank)
            return
        blank, pens = self.pen.blank, self.grid[row].cut(left, right)[1]
        for column, pen in enumerate(pens, left):
            if not pen.look.style & PROTECTED:
                self.put(row, column, " ", blank)

    def wipe_rows(self, top: int, bottom: int, *, selective: bool = False) -> None:
        """Blank rows, but for cells that are protected from that."""
        for row in range(top, bottom):
            self.wipe(row, 0, self.columns, selective=selective)

    def on_ed(self, numbers: Parameters) -> None:
        """ED."""
        self._erase_display(numbers.number(0), selective=False)

    def on_decsed(self, numbers: Parameters) -> None:
        """DECSED."""
        self._erase_display(numbers.number(0), selective=True)

    def on_el(self, numbers: Parameters) -> None:
        """EL."""
        self._erase_line(numbers.number(0), selective=False)

    def on_decsel(self, numbers: Parameters) -> None:
        """DECSEL."""
        self._erase_line(numbers.number(0), selective=True)

    def _erase_display(self, part: int, *, selective: bool) -> None:
        """0 from the cursor on, 1 up to it, 2 the screen, 3 the history."""
        match part:
            case 0:
                self._erase_line(0, selective=selective)
                self.wipe_rows(self.y + 1, self.rows, selective=selective)
            case 1:
                self.wipe_rows(0, self.y, selective=selective)
                self._erase_line(1, selective=selective)
            case 2:
                self.stay()
                self.wipe_rows(0, self.rows, selective=selective)
            case 3 if not selective:
                self.history.clear()

    def _erase_line(self, part: int, *, selective: bool) -> None:
        """0 from the cursor on, 1 up to and with it, 2 the row."""
        self.stay()
        match part:
            case 0:
                self.wipe(self.y, self.x, self.columns, selective=selective)
                self.grid[self.y].wrapped = False
            case 1:
                self.wipe(self.y, 0, self.x + 1, selective=selective)
            case 2:
                self.wipe(self.y, 0, self.columns, selective=selective)

    def on_ech(self, numbers: Parameters) -> None:
        """ECH: blanks, whatever the margins."""
        self.stay()
        self.wipe(self.y, self.x, min(self.x + numbers.count(), self.columns))

    def on_decaln(self) -> None:
        """DECALN: a screen full of E, to adjust the picture by. Margins go to the edges, the cursor home."""
        self.top, self.bottom, self.left, self.right = 0, self.rows, 0, self.columns
        self.origin = False
        self.erase_rows(0, self.rows, self.pens.default)
        for row in range(self.rows):
            self.put(row, 0, "E" * self.columns, self.pens.default)
        self.go_to(0, 0)

    # --- inserting and deleting -----------------------------------------------------------

    def on_ich(self, numbers: Parameters) -> None:
        """ICH: blanks at the cursor, up to the right margin."""
        self.stay()
        if self.left <= self.x < self.right:
            self.insert_cells(self.y, self.x, numbers.count(), self.pen.blank, self.right)

    def on_dch(self, numbers: Parameters) -> None:
        """DCH: the rest of the row, up to the right margin, moves left."""
        self.stay()
        if self.left <= self.x < self.right:
            self.delete_cells(self.y, self.x, numbers.count(), self.pen.blank, self.right)

    def on_il(self, numbers: Parameters) -> None:
        """IL: blank rows at the cursor, which goes to the left margin first; not from outside the margins."""
        self._shift_rows(-numbers.count())

    def on_dl(self, numbers: Parameters) -> None:
        """DL: the rows below move up; the cursor goes to the left margin first; not from outside."""
        self._shift_rows(numbers.count())

    def _shift_rows(self, count: int) -> None:
        """Move the rows from the cursor's to the region's last up, or down if negative."""
        if not self.left <= min(self.x, self.columns - 1) < self.right:
            return
        self.go_to(self.y, self.left)
        if not self.inside():
            return
        if self.left > 0 or self.right < self.columns:
            self.scroll_columns(self.y, self.bottom, self.left, self.right, count, self.pen.blank)
        elif count > 0:
            self.scroll_up(self.y, self.bottom, count, self.pen.blank)
        else:
            self.scroll_down(self.y, self.bottom, -count, self.pen.blank)

    def on_decic(self, numbers: Parameters) -> None:
        """DECIC: blank columns at the cursor, in every row of the region."""
        self._insert_columns(self.x, numbers.count())

    def on_decdc(self, numbers: Parameters) -> None:
        """DECDC: delete columns at the cursor, in every row of the region."""
        self._delete_columns(self.x, numbers.count())

    def _insert_columns(self, column: int, count: int) -> None:
        self.stay()
        if self.inside():
            for row in range(self.top, self.bottom):
                self.insert_cells(row, min(column, self.right - 1), count, self.pen.blank, self.right)

    def _delete_columns(self, column: int, count: int) -> None:
        self.stay()
        if self.inside():
            for row in range(self.top, self.bottom):
                self.delete_cells(row, min(column, self.right - 1), count, self.pen.blank, self.right)

    # --- scrolling ------------------------------------------------------------------------

    def on_su(self, numbers: Parameters) -> None:
        """SU: the region moves up."""
        self.scroll_region(numbers.count())

    def on_sd(self, numbers: Parameters) -> None:
        """SD: the region moves down. With 0, or with five parameters, it is something about the mouse."""
        if len(numbers) < 2 and numbers.number(0, 1):
            self.scroll_region(-numbers.number(0, 1))

    def on_sd_again(self, numbers: Parameters) -> None:
        """SD by the final that one edition of ECMA-48 has for it."""
        self.scroll_region(-numbers.count())

    def on_sl(self, numbers: Parameters) -> None:
        """SL: the region moves left."""
        self._delete_columns(self.left, numbers.count())

    def on_sr(self, numbers: Parameters) -> None:
        """SR: the region moves right."""
        self._insert_columns(self.left, numbers.count())

    def on_decbi(self) -> None:
        """DECBI: left; at the left margin the region moves right."""
        self.stay()
        if self.x == self.left:
            self._insert_columns(self.left, 1)
        elif self.x > 0:
            self.x -= 1

    def on_decfi(self) -> None:
        """DECFI: right; at the right margin the region moves left."""
        self.stay()
        if self.x == self.right - 1:
            self._delete_columns(self.left, 1)
        elif self.x < self.columns - 1:
            self.x += 1

    def on_rep(self, numbers: Parameters) -> None:
        """REP: the character drawn last again, with its combining marks, so many times."""
        if self.last and self.base is not None:
            row, column = self.base
            cell = row.cell(column)[0] or row.cell(column - 1)[0]
            self.draw(cell * self._as_good_as(numbers.count(), 2 if row.cell(column)[0] == "" else 1))

    def _as_good_as(self, count: int, width: int) -> int:
        """A count of characters that looks the same as `count`: not much more than a screen full."""
        in_row = max((self.right - self.left if self.x >= self.left else self.columns) // width, 1)
        full = in_row * (self.rows + 1)
        return count if count <= full else full + (count - full) % in_row
