"""The other sink: what a home computer's screen shows, written as ANSI with 24-bit colour.

A writer is the machine's own terminal whose painting is repeated on somebody else's: for `--plain`, for
recordings, for banners. It needs no more of that terminal than cursor addressing, SGR and UTF-8, does not
rely on erased cells taking the background's colour, and turns autowrap off, since terminals differ about it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bbsterm.screen.atarist import AtariStTerminal
from bbsterm.screen.atascii import AtasciiTerminal
from bbsterm.screen.base import BaseTerminal
from bbsterm.screen.pens import Pen
from bbsterm.screen.petscii import PetsciiTerminal
from bbsterm.screen.terminal import BellRang, Paint, ScreenEvent

__all__ = ["AnsiWriter", "AtariStWriter", "AtasciiWriter", "PetsciiWriter", "sgr"]

_RESET: Final = "\x1b[0m"
_AUTOWRAP: Final = "\x1b[?7%s"
_CLEAR: Final = "\x1b[2J\x1b[H"  # some terminals go home by themselves, some do not
_SOMEWHERE: Final = -1  # in the row: after the last column some terminals are beyond it, some still on it
_SHOW: Final = {True: "\x1b[?25h", False: "\x1b[?25l"}
_STYLES: Final = (("bold", 1), ("dim", 2), ("italic", 3), ("underline", 4), ("blink", 5), ("strike", 9))


def sgr(paint: Paint, before: Paint | None = None) -> str:
    """The SGR sequence for a paint, with 24-bit colours.

    Args:
        paint: What the next characters are to look like.
        before: What they looked like so far; None if that is not known.
    """
    if before == paint:
        return ""
    codes = [code for name, code in _STYLES if getattr(paint, name)]
    if before is None or paint[2:] != before[2:]:
        codes, before = [0, *codes], None
    else:
        codes = []
    if before is None or paint.foreground != before.foreground:
        codes += [38, 2, *bytes.fromhex(paint.foreground[1:])]
    if before is None or paint.background != before.background:
        codes += [48, 2, *bytes.fromhex(paint.background[1:])]
    return f"\x1b[{';'.join(map(str, codes))}m"


class AnsiWriter(BaseTerminal):
    """To be put in front of a terminal: everything painted on it is written down as well."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Start on a terminal that may show anything: make it blank, with autowrap off."""
        super().__init__(*args, **options)
        self._written = [_AUTOWRAP % "l"]
        self._place = 0, 0
        self._paint: Paint | None = None
        self._shown = True
        self._blank(self.pens.default)

    def take_text(self) -> str:
        """What has been written since the last call, cursor included; and forget it."""
        self._move(self.cursor.row, self.cursor.column)
        if self._shown is not self.visible:
            self._shown = self.visible
            self._written.append(_SHOW[self.visible])
        text = "".join(self._written)
        self._written.clear()
        return text

    def close(self) -> str:
        """What is left to write, and the sequences that leave the other terminal as it was."""
        return self.take_text() + _RESET + _AUTOWRAP % "h" + ("" if self._shown else _SHOW[True])

    # --- painting -------------------------------------------------------------------

    def put(self, row: int, column: int, cells: str | tuple[str, ...], pen: Pen) -> None:
        """Write cells, here and there."""
        super().put(row, column, cells, pen)
        self._write(row, column, "".join(cells), pen.paint)

    def erase(self, row: int, left: int, right: int, pen: Pen) -> None:
        """Blanks from `left` to before `right`."""
        super().erase(row, left, right, pen)
        self._write(row, left, " " * (min(right, self.columns) - left), pen.paint)

    def erase_rows(self, top: int, bottom: int, pen: Pen) -> None:
        """Blank rows from `top` to before `bottom`."""
        super().erase_rows(top, bottom, pen)
        for row in range(top, min(bottom, self.rows)):
            self._write(row, 0, " " * self.columns, pen.paint)

    def renew(self, pen: Pen) -> None:
        """A blank screen."""
        super().renew(pen)
        self._blank(pen)

    def scroll_up(self, top: int, bottom: int, count: int, pen: Pen, *, keep: bool = False) -> None:
        """Move rows up. A whole screen moves by line feeds, so that the other terminal has history too."""
        super().scroll_up(top, bottom, count, pen, keep=keep)
        if top or bottom != self.rows or count >= bottom:
            self._repaint(top, bottom)
            return
        self._move(self.rows - 1, 0)
        self._dip(pen.paint)
        for _ in range(count):
            self._written.append("\n")
            self._write(self.rows - 1, 0, " " * self.columns, pen.paint)

    def scroll_down(self, top: int, bottom: int, count: int, pen: Pen) -> None:
        """Move the region's rows down; blank ones come in above."""
        super().scroll_down(top, bottom, count, pen)
        self._repaint(top, bottom)

    def insert_cells(self, row: int, column: int, count: int, pen: Pen, right: int | None = None) -> None:
        """Insert blanks."""
        super().insert_cells(row, column, count, pen, right)
        self._repaint(row, row + 1)

    def delete_cells(self, row: int, column: int, count: int, pen: Pen, right: int | None = None) -> None:
        """Delete cells."""
        super().delete_cells(row, column, count, pen, right)
        self._repaint(row, row + 1)

    def convert(self, translate: Callable[[str], str]) -> None:
        """Draw every cell with another character."""
        super().convert(translate)
        self._repaint(0, self.rows)

    def resize_grid(self, columns: int, rows: int, pen: Pen, *, cursor_row: int) -> int:
        """Change the size."""
        gone = super().resize_grid(columns, rows, pen, cursor_row=cursor_row)
        self._repaint(0, self.rows)
        return gone

    def tell(self, event: ScreenEvent) -> None:
        """A bell rings there too."""
        super().tell(event)
        if isinstance(event, BellRang):
            self._written.append("\a")

    # --- writing --------------------------------------------------------------------

    def _write(self, row: int, column: int, text: str, paint: Paint) -> None:
        if not text:
            return
        self._move(row, column)
        self._dip(paint)
        self._written.append(text)
        end = column + len(text)
        self._place = row, end if end < self.columns else _SOMEWHERE

    def _move(self, row: int, column: int) -> None:
        if (row, column) == self._place:
            return
        down = row - self._place[0]
        if column == 0 and 0 <= down <= 4:
            self._written.append("\r" + "\n" * down)
        else:
            self._written.append(f"\x1b[{row + 1};{column + 1}H")
        self._place = row, column

    def _dip(self, paint: Paint) -> None:
        self._written.append(sgr(paint, self._paint))
        self._paint = paint

    def _blank(self, pen: Pen) -> None:
        self._dip(pen.paint)
        self._written.append(_CLEAR)
        self._place = 0, 0
        self._repaint(0, self.rows)

    def _repaint(self, top: int, bottom: int) -> None:
        for row in range(top, bottom):
            column = 0
            for span in self.grid[row].spans():
                self._write(row, column, span.text, span.paint)
                column += span.columns


class PetsciiWriter(AnsiWriter, PetsciiTerminal):
    """A Commodore's screen as ANSI. The arguments are `PetsciiTerminal`'s."""


class AtasciiWriter(AnsiWriter, AtasciiTerminal):
    """An Atari 8-bit computer's screen as ANSI. The arguments are `AtasciiTerminal`'s."""


class AtariStWriter(AnsiWriter, AtariStTerminal):
    """An Atari ST's screen as ANSI. The arguments are `AtariStTerminal`'s."""
