"""VT: functions on rectangles of cells (VT400 and later)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.ansi.widths import width_of
from bbsterm.screen.pens import BLINK, BOLD, CONCEAL, PROTECTED, REVERSE, UNDERLINE, Look, Pen
from bbsterm.screen.vt.checksum import checksum
from bbsterm.screen.vt.editing import Protection
from bbsterm.screen.vt.graphics import VtGraphics, apply

__all__ = ["VtRectangles"]

Box = tuple[int, int, int, int]
"""Top, left, and the row and column beyond bottom and right, from 0."""

_TURNED = {1: BOLD, 4: UNDERLINE, 5: BLINK, 7: REVERSE, 8: CONCEAL}
"""What DECRARA can turn over; 0 is all of them but CONCEAL."""

_CHANGED = frozenset((0, 1, 4, 5, 7, 8, 22, 24, 25, 27, 28))
"""What DECCARA can change."""


class VtRectangles(VtGraphics):
    """Rectangles. Margins count in origin mode only; what is off the screen is cut."""

    def _power_on(self) -> None:
        super()._power_on()
        self._rectangular = False
        self._sum = 0

    def _box(self, numbers: Parameters, first: int) -> Box | None:
        """The rectangle that four parameters describe, on the screen; None if there is none."""
        row, column, last_row, last_column = self._corners()
        top, left = row + numbers.count(first) - 1, column + numbers.count(first + 1) - 1
        bottom = min(row + (numbers.number(first + 2) or self.rows), last_row)
        right = min(column + (numbers.number(first + 3) or self.columns), last_column)
        return (top, left, bottom, right) if top < bottom and left < right else None

    def _corners(self) -> Box:
        """What rectangles are counted from and cannot go beyond."""
        if self.origin:
            return self.top, self.left, self.bottom, self.right
        return 0, 0, self.rows, self.columns

    def on_decera(self, numbers: Parameters) -> None:
        """DECERA: erase."""
        if box := self._box(numbers, 0):
            top, left, bottom, right = box
            for row in range(top, bottom):
                self.erase(row, left, right, self.pen.blank)

    def on_decsera(self, numbers: Parameters) -> None:
        """DECSERA: erase what DECSCA does not protect."""
        if box := self._box(numbers, 0):
            top, left, bottom, right = box
            for row in range(top, bottom):
                if self.protection is Protection.ISO:
                    self.erase(row, left, right, self.pen.blank)
                else:
                    self.wipe(row, left, right, selective=True)

    def on_decfra(self, numbers: Parameters) -> None:
        """DECFRA: fill with a character, by its code; one of a cell's width."""
        code = numbers.number(0, 0x20)
        if width_of(chr(code)) != 1:
            return
        if box := self._box(numbers, 1):
            top, left, bottom, right = box
            for row in range(top, bottom):
                self.put(row, left, chr(code) * (right - left), self.pen)

    def on_deccra(self, numbers: Parameters) -> None:
        """DECCRA: copy. The pages that it names are ignored: there is one."""
        box = self._box(numbers, 0)
        if box is None:
            return
        top, left, bottom, right = box
        row, column, last_row, last_column = self._corners()
        to_row, to_column = row + numbers.count(5) - 1, column + numbers.count(6) - 1
        width = min(right - left, last_column - to_column)
        boxes = (
            [self.grid[place].cut(left, left + width) for place in range(top, bottom)] if width > 0 else []
        )
        for place, (cells, pens) in enumerate(boxes[: max(last_row - to_row, 0)], to_row):
            self.grid[place].replace(to_column, cells, pens)

    def on_decsace(self, numbers: Parameters) -> None:
        """DECSACE: 2 changes attributes in a rectangle, 0 and 1 along the lines of text."""
        if numbers.number(0) <= 2:
            self._rectangular = numbers.number(0) == 2

    def on_deccara(self, numbers: Parameters) -> None:
        """DECCARA: change attributes by SGR parameters."""
        parameters = ";".join(str(max(number, 0)) for number in numbers[4:] if max(number, 0) in _CHANGED)
        if parameters or len(numbers) <= 4:
            self._repaint(numbers, lambda look: _changed(look, parameters))

    def on_decrara(self, numbers: Parameters) -> None:
        """DECRARA: turn attributes over."""
        bits = 0
        for number in numbers[4:] or (0,):
            if number <= 0:
                bits ^= BOLD | UNDERLINE | BLINK | REVERSE
            bits ^= _TURNED.get(number, 0)
        self._repaint(numbers, lambda look: look._replace(style=look.style ^ bits))

    def _repaint(self, numbers: Parameters, change: Callable[[Look], Look]) -> None:
        made: dict[Pen, Pen] = {}
        for row, left, right in self._extent_of(numbers):
            cells, pens = self.grid[row].cut(left, right)
            for pen in set(pens) - made.keys():
                made[pen] = self.pens.get(change(pen.look))
            self.grid[row].replace(left, cells, [made[pen] for pen in pens])

    def _extent_of(self, numbers: Parameters) -> Iterator[tuple[int, int, int]]:
        """Row, first column and the one beyond the last, for each row whose attributes change."""
        box = self._box(numbers, 0)
        if box is None:
            return
        top, left, bottom, right = box
        _, first, _, last = self._corners()
        for row in range(top, bottom):
            if self._rectangular:
                yield row, left, right
            else:
                yield row, left if row == top else first, right if row == bottom - 1 else last

    def checksum(self, numbers: Parameters) -> int:
        """DECRQCRA's checksum over a rectangle."""
        box = self._box(numbers, 2)
        if box is None:
            return 0
        top, left, bottom, right = box
        return checksum((self.grid[row].cut(left, right) for row in range(top, bottom)), self._sum)

    def on_xtchecksum(self, numbers: Parameters) -> None:
        """XTCHECKSUM: what DECRQCRA adds up from now on; see `Sum`."""
        self._sum = numbers.number(0)


def _changed(look: Look, parameters: str) -> Look:
    """SGR as DECCARA means it: 0 leaves colours and protection alone."""
    changed = apply(look, parameters)
    return look._replace(style=changed.style | look.style & PROTECTED)
