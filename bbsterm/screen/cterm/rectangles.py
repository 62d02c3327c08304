"""CTerm: functions on rectangles of cells (DECCRA, DECERA, DECFRA, DECCARA, DECRARA, DECRQCRA)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bbsterm.screen.ansi.decoding import table_of
from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.cterm.graphics import Attribute, Brush, apply
from bbsterm.screen.cterm.modes import CTermModes
from bbsterm.screen.pens import Pen

__all__ = ["CTermRectangles"]

Box = tuple[int, int, int, int]
"""Top, left, and the row and column beyond bottom and right, from 0."""


class CTermRectangles(CTermModes):
    """Rectangles. Their corners count as CUP counts; what is off the screen is cut off."""

    def _power_on(self) -> None:
        super()._power_on()
        self._extent = 0

    def _box(self, numbers: Parameters, first: int) -> Box | None:
        """The rectangle that four parameters describe, on the screen; None if there is none."""
        top, left = numbers.number(first, 1), numbers.number(first + 1, 1)
        bottom, right = numbers.number(first + 2, self.rows), numbers.number(first + 3, self.columns)
        if top > bottom or left > right:
            return None
        rows, columns = self.extent
        return self._on_screen(max(top, 1), max(left, 1), min(bottom, rows), min(right, columns))

    def _on_screen(self, top: int, left: int, bottom: int, right: int) -> Box | None:
        if top > bottom or left > right:
            return None
        row, column = self.corner
        return row + top - 1, column + left - 1, row + bottom, column + right

    def on_decera(self, numbers: Parameters) -> None:
        """DECERA: erase."""
        if box := self._box(numbers, 0):
            top, left, bottom, right = box
            self.erase_box(top, left, bottom, right)

    def on_decfra(self, numbers: Parameters) -> None:
        """DECFRA: fill with a character, by its code."""
        code = numbers.number(0) % 256
        if code < 0x20 or code == 0x7F:
            return
        if box := self._box(numbers, 1):
            top, left, bottom, right = box
            char = table_of("cp437")[code]
            for row in range(top, bottom):
                self.put(row, left, char * (right - left), self.pen)

    def on_deccra(self, numbers: Parameters) -> None:
        """DECCRA: copy. The pages that it names are ignored; rows are copied one after the other."""
        box = self._box(numbers, 0)
        if box is None:
            return
        top, left, bottom, right = box
        rows, columns = self.extent
        row, column = self.corner
        to_row, to_column = max(numbers.number(5, 1), 1), max(numbers.number(6, 1), 1)
        height = min(bottom - top, rows - to_row + 1)
        width = min(right - left, columns - to_column + 1)
        for offset in range(height if width > 0 else 0):
            cells, pens = self.grid[top + offset].cut(left, left + width)
            self.grid[row + to_row - 1 + offset].replace(column + to_column - 1, cells, pens)

    def on_decsace(self, numbers: Parameters) -> None:
        """DECSACE: 1 changes attributes along the lines of text, 0 and 2 in a rectangle."""
        self._extent = numbers.number(0) % 256

    def on_deccara(self, numbers: Parameters) -> None:
        """DECCARA: change attributes by SGR parameters."""
        parameters = ";".join(str(max(number, 0)) for number in numbers[4:])
        if parameters:
            self._repaint(numbers, lambda attribute: apply(attribute, parameters, self.flags))

    def on_decrara(self, numbers: Parameters) -> None:
        """DECRARA: reverse attributes."""

        def turn(attribute: Attribute) -> Attribute:
            brush = Brush(attribute, self.flags)
            for number in numbers[4:]:
                _turn(brush, max(number, 0))
            return brush.attribute()

        self._repaint(numbers, turn)

    def _repaint(self, numbers: Parameters, change: Callable[[Attribute], Attribute]) -> None:
        made: dict[Pen, Pen] = {}
        for row, left, right in self._extent_of(numbers):
            cells, pens = self.grid[row].cut(left, right)
            for pen in set(pens) - made.keys():
                state = pen.state
                attribute = state if isinstance(state, Attribute) else Attribute()
                made[pen] = self.pen_of(change(attribute._replace(negative=False)), pen.look.link)
            self.grid[row].replace(left, cells, [made[pen] for pen in pens])

    def _extent_of(self, numbers: Parameters) -> Iterator[tuple[int, int, int]]:
        """Row, first column and the one beyond the last, for each row whose attributes change."""
        row, column = self.corner
        top, left = max(numbers.number(0, 1) + row, 1), max(numbers.number(1, 1) + column, 1)
        bottom = min(numbers.number(2, self.rows) + row, self.rows)
        right = min(numbers.number(3, self.columns) + column, self.columns)
        for place in range(top - 1, bottom):
            if self._extent == 1:
                first = left - 1 if place == top - 1 else 0
                last = right if place == bottom - 1 else self.columns
            else:
                first, last = left - 1, right
            if first < last:
                yield place, first, last

    def on_decrqcra(self, numbers: Parameters) -> None:
        """DECRQCRA: a checksum over the characters and looks of a rectangle.

        SyncTERM's covers pixels; nobody can expect ours to be the same number, only to be the same for the
        same picture.
        """
        if len(numbers) < 6 or numbers[1] != 1 or min(numbers[2:6]) < 1:
            return
        _, _, top, left, bottom, right = numbers[:6]
        if top > bottom or left > right or bottom > self.rows or right > self.columns:
            return
        total = 0
        for row in range(top - 1, bottom):
            cells, pens = self.grid[row].cut(left - 1, right)
            for cell, pen in zip(cells, pens, strict=True):
                total = (total * 31 + sum(map(ord, cell)) + sum(pen.look[:3])) % 65536
        self.reply(b"\x1bP%d!~%04X\x1b\\" % (numbers.number(0), total))


def _turn(brush: Brush, number: int) -> None:
    """Turn one attribute over."""
    if number in (0, 1, 22):
        brush.bright = not brush.bright
        brush.front = brush.shown_front
    if number in (0, 5, 25):
        brush.blink = not brush.blink
        brush.back = brush.shown_back
    if number in (7, 27):
        brush.fg, brush.bg = brush.bg, brush.fg
    if number in (0, 7, 27):
        brush.front, brush.back = brush.back, brush.front
