"""A Commodore's screen: its two character sets and its logical lines.

There is one character generator: switching from the text set to the graphics set redraws the whole screen. So
cells are kept in one set (`stored`) and turned into the other when a chunk of bytes has been drawn, however
often the board switched in it.
"""

from __future__ import annotations

from typing import Final

from bbsterm import limits
from bbsterm.codecs.petscii import PETSCII as TEXT
from bbsterm.codecs.petscii_unshifted import PETSCII_UNSHIFTED as GRAPHICS
from bbsterm.screen.keyboards_petscii import PETSCII as KEYBOARD
from bbsterm.screen.palette import Palette
from bbsterm.screen.petscii_machines import VIC_II, Machine
from bbsterm.screen.retro import RetroTerminal
from bbsterm.screen.rows import Row

__all__ = ["GRAPHICS_SET", "TEXT_SET", "PetsciiScreen"]

# The shifted space (A0) looks like a space. The control codes stay themselves.
TEXT_SET: Final = TEXT.table.replace("\xa0", " ")
GRAPHICS_SET: Final = GRAPHICS.table.replace("\xa0", " ")
_TO_GRAPHICS: Final = dict(zip(TEXT_SET, GRAPHICS_SET, strict=True))
_TO_TEXT: Final = dict(zip(GRAPHICS_SET, TEXT_SET, strict=True))


class PetsciiScreen(RetroTerminal):
    """What the control codes act on.

    Attributes:
        machine: Which Commodore, with which screen.
        graphics: Whether the graphics set is shown (capitals and pictures) rather than the text set.
        stored: The set that the cells are in now; it follows `graphics` at the end of `feed`.
        locked: Whether the keyboard may not switch sets.
        quoting: Whether a quotation mark is open (in quote mode).
        inserting: How many characters INST has made room for (in quote mode).
    """

    def __init__(
        self,
        columns: int,
        rows: int,
        *,
        encoding: str,
        machine: Machine,
        palette: str | None,
        boot_colours: bool,
        ansi_keys: bool,
        ascii_eol: bool,
        scrollback: int = limits.SCROLLBACK_LINES,
    ) -> None:
        self.machine = machine
        ink, paper = (machine.boot_ink, machine.boot_paper) if boot_colours else (machine.ink, machine.paper)
        colours = VIC_II[palette] if palette else machine.palette
        super().__init__(
            columns,
            rows,
            encoding=encoding,
            palette=Palette(colours, foreground=ink, background=paper),
            keyboard=KEYBOARD,
            scrollback=scrollback,
            ansi_keys=ansi_keys,
            ascii_eol=ascii_eol,
        )
        self._power_on()

    def _power_on(self) -> None:
        self.graphics = self.stored = self.encoding == GRAPHICS.name
        self.locked = False
        self.quoting = False
        self.inserting = 0

    def reset(self) -> None:
        """Back to the state after switching on: blank screen, default modes. History stays."""
        super().reset()
        self._power_on()

    # --- the character generator --------------------------------------------------------

    def toggle_charset(self) -> None:
        """What Shift with the Commodore key does, unless the board has locked it."""
        if not self.locked:
            self.graphics = not self.graphics
            self.redraw()

    def redraw(self) -> None:
        """Show every cell's code in the set that is on now."""
        self.stored = self.graphics
        table = _TO_GRAPHICS if self.graphics else _TO_TEXT
        self.convert(lambda cell: table.get(cell, cell))

    def _finish(self, rows: list[Row]) -> None:
        """The same for rows that become history inside a chunk: they keep the look they have now."""
        if self.graphics is self.stored:
            return
        table = _TO_GRAPHICS if self.graphics else _TO_TEXT
        for row in rows:
            cells, pens = row.cut(0, self.columns)
            row.replace(0, "".join(table.get(cell, cell) for cell in cells), pens)

    def line_feed(self) -> None:
        """One row down; at the bottom the screen scrolls, and its top row is history."""
        if self.y == self.rows - 1:
            self._finish(self.grid[:1])
        super().line_feed()

    def clear_screen(self) -> None:
        """A blank screen; the old one is history."""
        self._finish(self.grid)
        super().clear_screen()

    # --- lines ------------------------------------------------------------------------

    def wrap(self) -> None:
        """Go on in the next row. It belongs to the same logical line if the machine allows one so long."""
        row, continues = self.grid[self.y], self.is_continuation(self.y)
        self.line_feed()
        row.wrapped = self.machine.line_rows > 1 and not continues
        self.grid[self.y].wrapped = False

    def is_continuation(self, row: int) -> bool:
        """Whether the row goes on with the logical line of the row above."""
        return row > 0 and self.grid[row - 1].wrapped

    def goes_on(self, row: int) -> bool:
        """Whether the logical line goes on in the row below."""
        return self.grid[row].wrapped and row + 1 < self.rows
