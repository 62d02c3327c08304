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
from typing import ClassVar, Final

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

_CONTROL: Final = re.compile("([\x00-\x1f\x7f])")

_MOVING: Final = "\r\n\b"

_RARE: Final = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")
"""Finds control characters that most of what boards send is without."""

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

_KNOWN, _TEXT, _STEP = range(3)
"""What was done in place since a method was called: nothing, a run of characters last, a step last."""


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

    @property
    def longest(self) -> int:
        """How far text may go in a row before it goes on in the next one."""
        return self.columns - (not self.deferred)

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
        tidy, self._tidy = self._tidy, False
        parser = self.parser
        parser.resume()
        first = 0 if parser.idle else parser.feed(text, until_idle=True)
        if parser.halted or first == len(text):
            return first
        parts = text[first:].split("\x1b")
        tidy = tidy and text.count("\r") == text.count("\r\n")
        odd = self.may_be_odd and not text.isascii() and ODD.search(text) is not None
        if parts[0]:
            self._plain(parts[0], tidy=tidy, odd=odd)
        return len(text) - self._parts(parts, tidy=tidy, odd=odd)

    # --- with ESC ---------------------------------------------------------------------

    def _parts(self, parts: list[str], *, tidy: bool, odd: bool) -> int:
        """Take what was cut at each ESC, from the second part on.

        Args:
            parts: The text between ESC and ESC.
            tidy: Whether the only control character is LF, after CR.
            odd: Whether some characters take two cells, or none.

        Returns:
            How many characters were not taken, because the encoding changed.
        """
        x, y, pen, quick, idle = self.x, self.y, self.pen, self.quick, self.parser.idle
        columns, rows, last_row, longest = self.columns, self.rows, self.bottom - 1, self.longest
        grid, steps, places, calls, parser = self.grid, self._steps, self._places, self._calls, self.parser
        log = grid[y].log
        done, drawn = _KNOWN, ""
        following = iter(parts)
        next(following)
        for part in following:
            head, final, rest = part.partition("m")
            if (to := pen.next.get(head)) is not None and final and idle:
                pen, done = to, _STEP
            else:
                head, final, rest = part.partition("H")
                where = places.get(head) if final and idle and quick else None
                if where is not None and where[0] < rows and where[1] < columns:
                    (y, x), done = where, _STEP
                    log = grid[y].log
                else:
                    rest = part.lstrip(_PARAMETERS)
                    sequence = part[: len(part) - len(rest) + 1]
                    kind, a = steps.get(sequence, _UNKNOWN) if idle and quick else _UNKNOWN
                    final, rest = rest[:1], rest[1:]
                    if kind == _RIGHT and x < columns:
                        x, done = min(x + a, columns - 1), _STEP
                    elif kind == _ERASE:
                        x, done = min(x, columns - 1), _STEP
                        grid[y].blank_from(x, pen.blank)
                    elif kind == _COLUMN and a < columns:
                        x, done = a, _STEP
                    elif kind == _LEFT:
                        x, done = max(min(x, columns - 1) - a, 0), _STEP
                    elif kind == _VERTICAL and self.top == 0 and last_row == rows - 1:
                        x, y, done = min(x, columns - 1), min(max(y + a, 0), last_row), _STEP
                        log = grid[y].log
                    elif final and idle and (to := pen.next.get(sequence)) is not None:
                        pen, done = to, _STEP
                    elif final == "m" and idle and sequence.rfind("[") == 0 and "?" not in sequence:
                        self.pen = pen
                        self.select_graphics(sequence[1:-1])
                        pen, done = self.pen, _STEP
                    else:
                        self.x, self.y, self.pen = x, y, pen
                        self._remember(done, drawn)
                        call = calls.get(sequence) if idle else None
                        if call is None:
                            rest = self._do(part)
                        else:
                            self.do(*call)
                        if rest and not parser.idle and not parser.halted:
                            rest = rest[parser.feed(rest, until_idle=True) :]
                        if parser.halted:
                            return len(rest) + sum(len(part) + 1 for part in following)
                        x, y, pen, quick, idle = self.x, self.y, self.pen, self.quick, parser.idle
                        columns, rows, last_row = self.columns, self.rows, self.bottom - 1
                        log, longest = grid[y].log, self.longest
                        done, drawn = _KNOWN, ""
            if not rest:
                continue
            if (
                quick
                and "\n" not in rest
                and (tidy or not _CONTROL.search(rest))
                and not (odd and ODD.search(rest))
            ):
                end = x + len(rest)
                if end <= longest:
                    log += x, rest, pen
                    x = end
                else:
                    x, y = self._wrap_run(x, y, rest, pen)
                    log = grid[y].log
                done, drawn = _TEXT, rest
            else:
                self.x, self.y, self.pen = x, y, pen
                self._remember(done, drawn)
                self._plain(rest, tidy=tidy, odd=odd)
                x, y, idle, quick, done, drawn = self.x, self.y, parser.idle, self.quick, _KNOWN, ""
                log = grid[y].log
        self.x, self.y, self.pen = x, y, pen
        self._remember(done, drawn)
        return 0

    def _remember(self, done: int, drawn: str) -> None:
        """Set `last` and `base` as if what was done in place had been done by the methods.

        Args:
            done: What was done last.
            drawn: The run of characters that was drawn last.
        """
        if drawn and (done == _TEXT or not self.repeats_controls):
            self.last = drawn[-1]
        elif done == _STEP and self.repeats_controls:
            self.last = ""
        if done == _TEXT:
            wrapped = not self.x
            self.base = (self.grid[self.y - wrapped], (self.columns if wrapped else self.x) - 1)
        elif done == _STEP:
            self.base = None

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

    # --- without ESC --------------------------------------------------------------------

    def _plain(self, text: str, *, tidy: bool, odd: bool) -> None:
        """Take characters and control characters."""
        if (
            not odd
            and self.quick
            and text.count("\n") == text.count("\r\n")
            and (tidy or (not _RARE.search(text) and text.count("\r") == text.count("\n")))
        ):
            self._lines(text)
        elif self.doorway:
            self.parser.feed(text)
        else:
            self._mixed(text, odd=odd)

    def _lines(self, text: str) -> None:
        """Take lines of text that end in CR LF, and a last one that does not."""
        x, y, pen, grid, longest = self.x, self.y, self.pen, self.grid, self.longest
        last_row, screen_row = self.bottom - 1, self.rows - 1
        scrolls = self.top == 0 and last_row == screen_row
        log = grid[y].log
        *lines, tail = text.split("\r\n")
        for line in lines:
            if line:
                if x + len(line) <= longest:
                    log += x, line, pen
                else:
                    x, y = self._wrap_run(x, y, line, pen)
            x = 0
            if y != last_row:
                if y < screen_row:
                    y += 1
            elif scrolls:
                self._scroll(pen)
            else:
                self.x, self.y = x, y
                self.linefeed()
            log = grid[y].log
        self.x, self.y = x, y
        if tail:
            self.base = self.base if not lines else None
            self.on_text(tail)
        else:
            self._remember(_STEP, next(filter(None, reversed(lines)), ""))
            if self.repeats_controls:
                self.last = "\n"

    def _wrap_run(self, x: int, y: int, text: str, pen: Pen) -> tuple[int, int]:
        """Draw a run of characters that does not fit into the row; where the cursor is then."""
        grid, columns, longest, last_row = self.grid, self.columns, self.longest, self.bottom - 1
        whole = self.top == 0 and last_row == self.rows - 1
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
        """Scroll the screen up by a row."""
        top = self.grid[0]
        if self.keeps:
            if top.wide or len(top.log) > PACKED_LOG:
                top.pack()
            self.history.rows.append(top)
            self.history.total += 1
        del self.grid[0]
        self.grid.append(Row(self.columns, pen.blank))

    def _mixed(self, text: str, *, odd: bool) -> None:
        """Take characters and control characters of all sorts."""
        x, y, pen, quick = self.x, self.y, self.pen, self.quick and not odd
        grid, last_row, done, drawn = self.grid, self.bottom - 1, _KNOWN, ""
        whole = self.top == 0 and last_row == self.rows - 1
        for place, piece in enumerate(_CONTROL.split(text)):
            if not piece:
                continue
            if quick and place % 2 == 0:
                if x + len(piece) <= self.longest:
                    grid[y].log += (x, piece, pen)
                    x += len(piece)
                else:
                    x, y = self._wrap_run(x, y, piece, pen)
                done, drawn = _TEXT, piece
                continue
            self.x, self.y = x, y
            self._remember(done, drawn)
            done, drawn = _KNOWN, ""
            if quick and piece in _MOVING and (piece != "\n" or whole or y != last_row):
                if piece == "\r":
                    x = 0
                else:
                    x = min(x, self.columns - 1)
                    if piece == "\b":
                        x = max(x - 1, 0)
                    elif y == last_row:
                        self._scroll(pen)
                    else:
                        y = min(y + 1, self.rows - 1)
                self.base = None
                if self.repeats_controls:
                    self.last = piece
                continue
            if place % 2:
                self.on_control(piece)
            else:
                self.on_text(piece)
            x, y, quick = self.x, self.y, self.quick and not odd
        self.x, self.y = x, y
        self._remember(done, drawn)
