"""The fast loop: what boards send most is done in place.

Between two ESCs there is a colour change and a run of characters, nearly always. To cut at ESC is the fastest
thing that Python can do to a string; whether what follows is a known colour change is one look into a
dictionary; a run of characters is appended to its row's log as it is. Frequent cursor movements are known by
sight, too. All else goes to the methods of the dialect, and what is cut, broken or a string to the plain
parser: they are the reference, and this loop has the same effect as they have.

Cursor and pen are local variables here; they are put back before a method is called, and fetched again after.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final

from bbsterm import limits
from bbsterm.screen.ansi.core import AnsiCore, Call
from bbsterm.screen.ansi.widths import ODD
from bbsterm.screen.pens import Pen
from bbsterm.screen.rows import LONG_LOG, PACKED_LOG, Row

__all__ = ["AnsiLoop"]

_SEQUENCE: Final = re.compile(r"\[([<-?]?[0-;]{0,1000})([ -/]{0,100}[@-~])")
"""A control sequence after its ESC."""

_ESCAPE: Final = re.compile(r"[ -/]{1,100}[0-~]|[0-OQ-WYZ`-~]")
"""An escape sequence after its ESC, but for ST."""

_PARAMETERS: Final = "[;?0123456789"
"""What most control sequences have before their final."""

_CONTROL: Final = re.compile("([\x00-\x1a\x1c-\x1f\x7f])")
"""Control characters, but for ESC."""

_MOVING: Final = frozenset("\r\n\b")
"""Control characters that are obeyed in place."""

_RIGHT, _ERASE, _COLUMN, _LEFT, _VERTICAL, _OTHER = range(6)
"""What a control sequence does: CUF; EL 0; CHA; CUB; CUU and CUD; whatever the dialect's method does."""

_UNKNOWN: Final = (_OTHER, 0)

_COUNTED: Final = {
    "A": (_VERTICAL, -1, 0),
    "B": (_VERTICAL, 1, 0),
    "C": (_RIGHT, 1, 0),
    "D": (_LEFT, 1, 0),
    "G": (_COLUMN, 1, 1),
}
"""Final to what it does, in which direction, and what the number begins with."""

_KNOWN_BY_SIGHT: Final = frozenset("ABCDGHK")

_NUMBER: Final = re.compile("[0-9]{1,4}")


class AnsiLoop(AnsiCore):
    """An ANSI terminal with the fast loop. A dialect says when it may be used.

    Attributes:
        doorway: Whether NUL makes the next character a literal one.
    """

    repeats_controls: ClassVar[bool]
    """Whether REP after a control function repeats that or nothing, rather than the last character drawn."""

    _places: ClassVar[dict[str, tuple[int, int]]] = {}
    """CUP met before, without ESC and final: row and column from 0."""
    _steps: ClassVar[dict[str, tuple[int, int]]] = {}
    """Other control sequences met before, without ESC: what they do, and how far or where."""

    pen_functions: ClassVar[str] = ""
    """Finals of sequences, beside SGR, that do nothing but change the pen, by the pen."""

    doorway = False
    _tidy = False

    def _power_on(self) -> None:
        super()._power_on()
        self._calls: dict[str, Call] = {}

    @property
    def quick(self) -> bool:
        """Whether text goes where the cursor is, up to the last column, and nothing else happens.

        So there is no insert mode, no left or right margin, no other character set ...; and what the loop
        does for a cursor movement is what the dialect's method would do.
        """
        raise NotImplementedError

    @property
    def keeps(self) -> bool:
        """Whether what leaves the top of the screen is history."""
        return True

    def linefeed(self) -> None:
        """LF."""
        raise NotImplementedError

    def feed(self, data: bytes) -> None:
        """Take bytes from the board. Never raises; any split of the same bytes has the same effect."""
        for start in range(0, len(data), limits.FEED_SLICE):
            part = data[start : start + limits.FEED_SLICE]
            self._tidy = len(part.translate(None, self.rare)) == len(part)
            super().feed(part)
            for row in self.grid:
                if len(row.log) > LONG_LOG:
                    row.settle()
            self.history.follow(self.pens.generation)

    def run(self, text: str) -> int:
        """Take characters.

        Returns:
            How many were taken: all, unless the encoding changed.
        """
        self.parser.resume()
        tidy, self._tidy = self._tidy, False
        if tidy and text.count("\r") == text.count("\n") == text.count("\r\n"):
            segments, controls = text.split("\r\n"), None
        else:
            pieces = _CONTROL.split(text)
            segments, controls = pieces[::2], pieces[1::2]
        odd = self.may_be_odd and not text.isascii() and ODD.search(text) is not None
        return len(text) - self._take(segments, controls, odd=odd)

    def _take(self, segments: list[str], controls: list[str] | None, *, odd: bool) -> int:
        """Take text that was cut at control characters.

        Args:
            segments: The text between them, with ESC.
            controls: What is between one segment and the next; None: CR LF.
            odd: Whether some characters take two cells, or none.

        Returns:
            How many characters were not taken, because the encoding changed.
        """
        grid, parser, history = self.grid, self.parser, self.history
        steps, places, calls = self._steps, self._places, self._calls
        x, y, pen, log, quick, idle, columns, rows, last_row, longest, whole = self._state()
        drawn: str | None = None  # what was done last, if it was done in place; see `_remember`
        for index, segment in enumerate(segments):
            control = "" if not index else "\n" if controls is None else controls[index - 1]
            if not control:
                pass
            elif idle and quick and control in _MOVING and (whole or y != last_row):
                drawn = control
                if controls is None or control == "\r":
                    x = 0
                elif x == columns:
                    x -= 1
                if control == "\b":
                    x = max(x - 1, 0)
                elif control == "\n":
                    if y != last_row:
                        y = min(y + 1, rows - 1)
                    else:
                        top = grid[0]
                        if top.wide or len(top.log) > PACKED_LOG:
                            top.pack()
                        history.rows.append(top)
                        history.total += 1
                        del grid[0]
                        grid.append(Row(columns, pen.blank))
                    log = grid[y].log
            else:
                self.x, self.y, self.pen = x, y, pen
                self._remember(drawn)
                self._control("\r\n" if controls is None else control)
                x, y, pen, log, quick, idle, columns, rows, last_row, longest, whole = self._state()
                drawn = None
            if not segment:
                continue
            first = True
            parts = iter(segment.split("\x1b"))
            for part in parts:
                if first:
                    first, rest = False, part
                    if not idle:
                        rest = part[parser.feed(part, until_idle=True) :]
                        x, y, pen, log, quick, idle, columns, rows, last_row, longest, whole = self._state()
                else:
                    head, final, rest = part.partition("m")
                    if (to := pen.next.get(head)) is not None and final and idle:
                        pen, drawn = to, ""
                    else:
                        head, final, rest = part.partition("H")
                        where = places.get(head) if final and idle and quick else None
                        if where is not None and where[0] < rows and where[1] < columns:
                            (y, x), drawn = where, ""
                            log = grid[y].log
                        else:
                            rest = part.lstrip(_PARAMETERS)
                            sequence = part[: len(part) - len(rest) + 1]
                            kind, a = steps.get(sequence, _UNKNOWN) if idle and quick else _UNKNOWN
                            final, rest = rest[:1], rest[1:]
                            if kind == _RIGHT and x < columns:
                                x, drawn = min(x + a, columns - 1), ""
                            elif kind == _ERASE:
                                x, drawn = min(x, columns - 1), ""
                                grid[y].blank_from(x, pen.blank)
                            elif kind == _COLUMN and a < columns:
                                x, drawn = a, ""
                            elif kind == _LEFT:
                                x, drawn = max(min(x, columns - 1) - a, 0), ""
                            elif kind == _VERTICAL and whole:
                                x, y, drawn = min(x, columns - 1), min(max(y + a, 0), last_row), ""
                                log = grid[y].log
                            elif final and idle and (to := pen.next.get(sequence)) is not None:
                                pen, drawn = to, ""
                            else:
                                self.x, self.y, self.pen = x, y, pen
                                self._remember(drawn)
                                drawn = None
                                if idle and (call := calls.get(sequence)) is not None:
                                    self.do(*call)
                                else:
                                    rest = self._do(part)
                                if rest and not parser.idle and not parser.halted:
                                    rest = rest[parser.feed(rest, until_idle=True) :]
                                if parser.halted:
                                    left = sum(map(len, segments[index + 1 :])) + len(rest)
                                    left += sum(len(part) + 1 for part in parts)
                                    return left + (2 if controls is None else 1) * (len(segments) - index - 1)
                                x, y, pen, log, quick, idle, columns, rows, last_row, longest, whole = (
                                    self._state()
                                )
                if not rest:
                    continue
                if quick and not (odd and ODD.search(rest)):
                    end = x + len(rest)
                    if end <= longest:
                        log += x, rest, pen
                        x = end
                    else:
                        x, y = self._wrap_run(x, y, rest, pen)
                        log = grid[y].log
                    drawn = rest
                else:
                    self.x, self.y, self.pen = x, y, pen
                    self._remember(drawn)
                    drawn = None
                    self.on_text(rest)
                    x, y = self.x, self.y
                    log = grid[y].log
        self.x, self.y, self.pen = x, y, pen
        self._remember(drawn)
        return 0

    def _state(self) -> tuple[int, int, Pen, list[Any], bool, bool, int, int, int, int, bool]:
        """What the loop keeps in local variables."""
        y, rows, bottom = self.y, self.rows, self.bottom
        return (
            self.x,
            y,
            self.pen,
            self.grid[y].log,
            self.quick,
            self.parser.idle,
            self.columns,
            rows,
            bottom - 1,
            self.columns - (not self.deferred),
            self.top == 0 and bottom == rows and self.keeps,
        )

    def _remember(self, drawn: str | None) -> None:
        """Set `last` and `base` as if what was done in place had been done by the methods.

        Args:
            drawn: The run of characters that was drawn, or the control character that was obeyed, or nothing
                after a control sequence; None if nothing was done in place.
        """
        if drawn is None:
            return
        self.base = None
        if drawn in _MOVING:
            self.last = drawn if self.repeats_controls else ""
        else:
            self.last = drawn[-1:]
            if drawn:
                wrapped = not self.x
                self.base = (self.grid[self.y - wrapped], (self.columns if wrapped else self.x) - 1)

    def _control(self, controls: str) -> None:
        """Take control characters."""
        for control in controls:
            if self.parser.idle:
                self.on_control(control)
            else:
                self.parser.feed(control)

    # --- by methods -------------------------------------------------------------------

    def _do(self, part: str) -> str:
        """Do by methods what is at the beginning of a part; what is left of the part."""
        parser = self.parser
        if parser.idle and (match := _SEQUENCE.match(part)):
            self._do_sequence(match)
            return part[match.end() :]
        if parser.idle and (match := _ESCAPE.match(part)):
            self.on_escape(match[0])
            return part[match.end() :]
        return part[parser.feed("\x1b" + part, until_idle=True) - 1 :]

    def _do_sequence(self, match: re.Match[str]) -> None:
        """Do a control sequence, and know it by sight the next time."""
        sequence, parameters, function = match[0], match[1], match[2]
        if len(sequence) > limits.MAX_TRANSITION_KEY or function == "m":
            self.on_sequence(parameters, function)
            return
        call = self.method_of(parameters, function)
        if function in self.pen_functions:
            pen = self.pen
            self.do(*call)
            self.pens.remember(pen, sequence, self.pen)
            return
        if len(self._calls) >= limits.MAX_STEPS:
            self._calls.clear()
        self._calls[sequence] = call
        if function in _KNOWN_BY_SIGHT:
            self._learn(sequence, parameters, function)
        self.do(*call)

    def _learn(self, sequence: str, parameters: str, function: str) -> None:
        """Remember what can be done in place."""
        if len(self._steps) + len(self._places) >= limits.MAX_STEPS:
            self._steps.clear()
            self._places.clear()
        numbers = parameters.split(";")
        if not all(not number or _NUMBER.fullmatch(number) for number in numbers):
            return
        first, second = (int(number or "1") for number in [*numbers, ""][:2])
        if function == "H" and len(numbers) <= 2:
            self._places["[" + parameters] = max(first, 1) - 1, max(second, 1) - 1
        elif function == "K" and parameters in ("", "0"):
            self._steps[sequence] = _ERASE, 0
        elif function in _COUNTED and len(numbers) == 1 and first:
            kind, factor, start = _COUNTED[function]
            self._steps[sequence] = kind, first * factor - start

    # --- beyond the row ------------------------------------------------------------------

    def _wrap_run(self, x: int, y: int, text: str, pen: Pen) -> tuple[int, int]:
        """Draw a run of characters that does not fit into the row; where the cursor is then."""
        grid, columns, longest, last_row = (
            self.grid,
            self.columns,
            self.columns - (not self.deferred),
            self.bottom - 1,
        )
        whole = self.top == 0 and last_row == self.rows - 1 and self.keeps
        while x + len(text) > longest:
            room = columns - x
            if room:
                grid[y].log += (x, text[:room], pen)
                text = text[room:]
            x = 0
            if y != last_row:
                grid[y].wrapped = True
                y = min(y + 1, self.rows - 1)
            elif whole:
                grid[y].wrapped = True
                self._scroll(pen)
            else:
                self.x, self.y, self.pen = columns - 1, y, pen
                self.wrap(waited=self.deferred)
                x, y = self.x, self.y
        if text:
            grid[y].log += (x, text, pen)
        return x + len(text), y

    def _scroll(self, pen: Pen) -> None:
        """Scroll the screen up by a row, which is kept."""
        top = self.grid[0]
        if top.wide or len(top.log) > PACKED_LOG:
            top.pack()
        self.history.rows.append(top)
        self.history.total += 1
        del self.grid[0]
        self.grid.append(Row(self.columns, pen.blank))
