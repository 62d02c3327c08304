"""The fast loop: what boards send most is done in place.

Text is cut into lines, and lines at ESC: that is the fastest thing that Python can do to a string. After an
ESC comes, nearly always, a colour change or a place that was met before, so the part is cut at the first m or
H, and what is before that is looked up as it is, among the colour changes that this pen has met or among the
places. Other sequences are found by a regular expression and looked up
whole among the steps, which say what is to be done and how far. A run of characters is appended to its row's
log as it is. What has not been met before goes to the methods of the dialect, and what is broken or a string
to the plain parser: they are the reference, and this loop has the same effect as they have.

Cursor and pen are local variables here; they are put back before a method is called, and fetched again after.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, repeat
from typing import Any, ClassVar, Final

from bbsterm import limits
from bbsterm.screen.ansi.core import Call
from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.ansi.places import AnsiPlaces
from bbsterm.screen.ansi.steps import (
    BACK,
    CALL,
    COLUMN,
    CONTROLS,
    ERASE,
    FEED,
    HARMLESS,
    LEFT,
    LINE,
    PEN,
    PLACE,
    REGION,
    RETURN,
    RIGHT,
    SEQUENCE,
    VERTICAL,
    Step,
    Steps,
    is_harmless,
    step_of,
)
from bbsterm.screen.ansi.widths import ODD, ODD_IN_STREAM
from bbsterm.screen.pens import Pen
from bbsterm.screen.rows import LONG_LOG, PACKED_LOG, Row

__all__ = ["AnsiLoop"]

_FUNCTION: Final = re.compile(r"\[[<-?]?[0-;]{0,1000}+[ -/]{0,100}+[@-~]|[ -/]{1,100}+[0-~]|[0-OQ-WYZ`-~]|")
"""A control sequence or an escape sequence (but for ST) after its ESC; or nothing."""

_BEGUN: Final = re.compile(r"\x1b(?:\[[<-?]?[0-;]*)?")
"""A control sequence without its end."""

_CONTROL: Final = re.compile("(\r\n|[\x00-\x1a\x1c-\x1f\x7f])")
"""CR LF and other control characters, but for ESC."""

_MARKS: Final = ("<", "=", ">", "?")


class AnsiLoop(AnsiPlaces):
    """An ANSI terminal with the fast loop.

    Attributes:
        doorway: Whether NUL makes the next character a literal one.
    """

    pen_functions: ClassVar[str] = ""
    """Finals of sequences, beside SGR, that do nothing but change the pen, by the pen."""

    doorway = False
    _counted = -1
    _begun = ""

    def _power_on(self) -> None:
        super()._power_on()
        self._steps = Steps(lambda function: step_of(function) or self._call_of(function))
        self._calls = Steps(self._call_of)

    def linefeed(self) -> None:
        """LF."""
        raise NotImplementedError

    def feed(self, data: bytes) -> None:
        """Take bytes from the board. Never raises; any split of the same bytes has the same effect."""
        for start in range(0, len(data), limits.FEED_SLICE):
            part = data[start : start + limits.FEED_SLICE]
            self._counted = len(part) - len(part.translate(None, self.controls_met))
            super().feed(part)
            for row in self.grid:
                if len(row.log) > LONG_LOG:
                    row.settle()
            self.history.follow(self.pens.generation)

    def reset(self) -> None:
        """See `AnsiCore.reset`."""
        self._begun = ""
        super().reset()

    def run(self, text: str) -> int:
        """Take characters.

        Returns:
            How many were taken: all, unless the encoding changed.
        """
        self.parser.resume()
        length = len(text)
        text, self._begun = self._begun + text, ""
        if (place := text.rfind("\x1b", -limits.MAX_TRANSITION_KEY)) >= 0 and _BEGUN.fullmatch(text, place):
            text, begun = text[:place], text[place:]
            left = self._run_whole(text) + len(begun)
            if self.parser.halted:
                return length - left
            if self.parser.idle:
                self._begun = begun
                return length
            return length - len(begun) + self.parser.feed(begun)
        return length - self._run_whole(text)

    def _run_whole(self, text: str) -> int:
        """Take characters; how many were not taken."""
        counted, self._counted = self._counted, -1
        odd = self.may_be_odd and not text.isascii() and ODD_IN_STREAM.search(text) is not None
        lines = text.split("\r\n")
        if counted != 2 * (len(lines) - 1):  # there are others than CR LF
            pieces = ["", *_CONTROL.split(text)]
            return self._take(zip(pieces[::2], pieces[1::2], strict=True), odd=odd)
        if not odd and self._may_stretch:
            if "\x1b" not in text:
                self._take_lines(lines)
                return 0
            return self._take_stretches(text, self._piece)
        return self._take(zip(chain(("",), repeat("\r\n")), lines, strict=False), odd=odd)

    def _take(self, lines: Iterator[tuple[str, str]], *, odd: bool) -> int:
        """Take text that was cut at control characters.

        Args:
            lines: Control characters, and the text after them, with ESC, in turn.
            odd: Whether some characters take two cells, or none.

        Returns:
            How many characters were not taken, because the encoding changed.
        """
        grid, parser, history, calls = self.grid, self.parser, self.history, self._calls
        x, y, pen, log, quick, inline, columns, rows, top, last, full, kept, steps = self._state(odd=odd)
        places, placed = self._places if quick else {}, False  # placed: H is tried before m
        drawn: str | None = None  # what was done last, if it was done in place; see `_remember`
        for control, line in lines:
            parts = iter(line.split("\x1b"))
            first = True
            if not parser.idle:
                self.x, self.y, self.pen = x, y, pen
                self._remember(drawn)
                rest = control[parser.feed(control) :] + next(parts)
                rest = self._take_plainly(rest, parts)
                if parser.halted:
                    return len(rest) + _length(parts) + _length(lines)
                if rest:
                    self.on_text(rest)
                drawn, first = None, False
                x, y, pen, log, quick, inline, columns, rows, top, last, full, kept, steps = self._state(
                    odd=odd
                )
                places = self._places if quick else {}
            for part in parts:
                sequence = ""
                if first:
                    first, sequence, text = False, control, part
                else:
                    place = None
                    if placed:
                        head, final, text = part.partition("H")
                        place = places.get(head) if final else None
                    if place is None:
                        head, final, text = part.partition("m")
                        if final and (to := pen.family.get(head) or pen.next.get(head)) is not None:
                            pen, drawn = to, ""
                        else:
                            head, final, text = part.partition("H")
                            if not final or (place := places.get(head)) is None:
                                match = _FUNCTION.match(part)
                                assert match is not None
                                sequence, text = "\x1b" + match[0], part[match.end() :]
                    if place is not None:
                        y, x = place
                        if y >= rows:
                            y = rows - 1
                        if x >= columns:
                            x = columns - 1
                        log, drawn, placed = grid[y].log, "", True
                if sequence:
                    kind, a, b = steps[sequence]
                    if kind == PLACE:
                        self._learn_place(sequence, a, b)
                        y, x = min(a, rows - 1), min(b, columns - 1)
                        log, drawn = grid[y].log, ""
                    elif kind <= FEED:
                        x, drawn = 0 if kind == LINE else min(x, columns - 1), "\n"
                        if y != last:
                            y = min(y + 1, rows - 1)
                        else:
                            row = grid.pop(top)
                            if kept:
                                if row.wide or len(row.log) > PACKED_LOG:
                                    row.pack()
                                history.lines.append(row)
                                history.total += 1
                            grid.insert(last, Row(columns, pen.blank))
                        log = grid[y].log
                    elif kind == PEN:
                        head = sequence[1:-1] if sequence[-1] == "m" else sequence
                        if (to := pen.family.get(head) or pen.next.get(head)) is None:
                            self.pen = pen
                            a(b)
                            to = self.pen
                        pen, drawn = to, ""
                    elif kind == RIGHT and x < columns:
                        x, drawn = min(x + a, columns - 1), ""
                    elif kind == ERASE:
                        x, drawn = min(x, columns - 1), ""
                        grid[y].blank_from(x, pen.blank)
                    elif kind == HARMLESS:
                        self.x, self.y, self.pen = x, y, pen
                        a(b)
                        x, y, drawn = self.x, self.y, ""
                        log = grid[y].log
                        if self.held:  # a wrap goes on waiting, though the cursor went away
                            quick, inline, places, steps = False, -1, {}, calls
                    elif kind == REGION and b <= rows:
                        self.top, self.bottom = a, b
                        top = a
                        x, y, drawn = 0, 0, ""
                        log, last, full = grid[0].log, b - 1, a == 0 and b == rows
                        kept = a == 0 and self.keeps
                    elif kind == COLUMN and a < columns and x < columns:
                        x, drawn = a, ""
                    elif kind == VERTICAL and full:
                        x, y, drawn = min(x, columns - 1), min(max(y + a, 0), last), ""
                        log = grid[y].log
                    elif kind == LEFT and x < columns:
                        x, drawn = max(x - a, 0), ""
                    elif kind == RETURN:
                        x, drawn = 0, sequence
                    elif kind == BACK:
                        x, drawn = max(min(x, columns - 1) - 1, 0), sequence
                    else:
                        self.x, self.y, self.pen = x, y, pen
                        self._remember(drawn)
                        kind, a, b = calls[sequence]
                        if kind != CALL:
                            a(b)
                            x, y, drawn = self.x, self.y, "" if kind == HARMLESS else None
                            log = grid[y].log
                            if self.held:
                                quick, inline, places, steps = False, -1, {}, calls
                        else:
                            a(b)
                            drawn = None
                            if not parser.idle:
                                text = self._take_plainly(text, parts)
                            if parser.halted:
                                return len(text) + _length(parts) + _length(lines)
                            x, y, pen, log, quick, inline, columns, rows, top, last, full, kept, steps = (
                                self._state(odd=odd)
                            )
                            places = self._places if quick else {}
                if text:
                    end = x + len(text)
                    if end <= inline:
                        log += x, text, pen
                        x, drawn = end, text
                    elif quick and not (odd and ODD.search(text)):
                        x, y = self._run(x, y, text, pen)
                        log, drawn = grid[y].log, text
                    else:
                        self.x, self.y, self.pen = x, y, pen
                        self._remember(drawn)
                        self.on_text(text)
                        x, y, drawn = self.x, self.y, None
                        log = grid[y].log
        self.x, self.y, self.pen = x, y, pen
        self._remember(drawn)
        return 0

    def _state(
        self, *, odd: bool
    ) -> tuple[int, int, Pen, list[Any], bool, int, int, int, int, int, bool, bool, Steps]:
        """What the loop keeps in local variables."""
        y, top, quick = self.y, self.top, self.quick
        return (
            self.x,
            y,
            self.pen,
            self.grid[y].log,
            quick,
            self._longest if quick and not odd else -1,
            self.columns,
            self.rows,
            top,
            self.bottom - 1,
            self._full,
            top == 0 and self.keeps,
            self._steps if quick else self._calls,
        )

    # --- by methods -------------------------------------------------------------------

    def _take_plainly(self, text: str, parts: Iterator[str]) -> str:
        """Let the plain parser take what follows until it is idle.

        Args:
            text: What comes first.
            parts: What comes then, with an ESC before each.

        Returns:
            What is left of the text or of the part that was taken last.
        """
        parser = self.parser
        while not (parser.idle or parser.halted):
            if not text:
                if (part := next(parts, None)) is None:
                    break
                text = "\x1b" + part
            text = text[parser.feed(text, until_idle=True) :]
        return text

    def _call_of(self, function: str) -> Step:
        """What to call for a control function."""
        match = SEQUENCE.fullmatch(function)
        if match is None:
            strange = function[0] in "\0\x0e\x0f\x1b"  # doorway, other character sets, whatever follows
            return CALL if strange else CONTROLS, self._other, function
        parameters, final = match[1], match[2]
        if final == "m" and parameters[:1] not in _MARKS:
            return PEN, self.select_graphics, parameters
        method, numbers = self.method_of(parameters, final)
        if final in self.pen_functions:
            return PEN, self._change_pen, (function, method, numbers)
        if is_harmless(parameters, final):
            return HARMLESS, method, numbers
        return CALL, self._call, (method, numbers)

    def _call(self, call: Call) -> None:
        """Do a control sequence."""
        self.do(*call)

    def _change_pen(self, change: tuple[str, Callable[[Parameters], None], Parameters]) -> None:
        """Do a control sequence that changes the pen, and remember how."""
        sequence, method, numbers = change
        pen = self.pen
        method(numbers)
        self.pens.remember(pen, sequence, self.pen)

    def _other(self, function: str) -> None:
        """Do what is no control sequence."""
        if function[0] != "\x1b":
            for control in function:
                self.on_control(control)
        elif len(function) > 1:
            self.on_escape(function[1:])
        else:
            self.parser.feed(function)


def _length(pieces: Iterable[str | tuple[str, str]]) -> int:
    """How many characters: parts with an ESC before each, or lines after control characters."""
    return sum(1 + len(piece) if isinstance(piece, str) else sum(map(len, piece)) for piece in pieces)
