"""Looking for text in what a board has shown, a few lines at a time: ten thousand hold nobody up. Pure."""

from __future__ import annotations

import bisect
import importlib
import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from bbsterm.limits import MAX_MATCHES, MAX_PATTERN
from bbsterm.screen.terminal import Line

__all__ = ["Match", "Search", "compile_pattern"]

_OPEN_REPEATS: Final = 4
"""Repeats without an end in one expression: with more of them, one line could take minutes."""


class Match(NamedTuple):
    """A place where it was found: the line's number, the first column and one beyond the last."""

    line: int
    start: int
    end: int


def compile_pattern(text: str, *, regex: bool) -> re.Pattern[str]:
    """What to look for; upper and lower case are the same.

    Raises:
        ValueError: It is no regular expression, or one that could take for ever. The message says which.
    """
    if len(text) > MAX_PATTERN:
        raise ValueError(f"longer than {MAX_PATTERN} characters")
    if not regex:
        return re.compile(re.escape(text), re.IGNORECASE)
    try:
        _refuse_endless(text)
        return re.compile(text, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from None


def _refuse_endless(text: str) -> None:
    """Python's matcher goes back and tries again: repeats inside repeats take it longer than a life."""
    parser: Any = importlib.import_module("re._parser")
    repeats = 0

    def walk(part: Any, *, inside: bool) -> None:
        nonlocal repeats
        if isinstance(part, list | tuple):
            for piece in part:
                walk(piece, inside=inside)
        elif isinstance(part, parser.SubPattern):
            for operation, argument in part.data:
                name = str(operation)
                if name.startswith("GROUPREF"):
                    raise ValueError("references to groups are not looked for here")
                repeat = name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[1] > 1
                if repeat and inside:
                    raise ValueError("a repeat inside a repeat could take for ever")
                if repeat and argument[1] > 100:
                    repeats += 1
                walk(argument, inside=inside or repeat)

    walk(parser.parse(text), inside=False)
    if repeats > _OPEN_REPEATS:
        raise ValueError(f"more than {_OPEN_REPEATS} repeats could take for ever")


class Search:
    """Finds every match, newest line first, when told to go on.

    Args:
        pattern: What to look for.
        line: Gives a line by its number; None where it is gone.
        first: The oldest line's number.
        screen: The screen's first line: those from there on may change.
        end: One more than the newest line's.

    Attributes:
        matches: What has been found, in order of lines and columns.
        complete: Whether all matches are counted: False once there are more than `limits.MAX_MATCHES`.
    """

    def __init__(
        self, pattern: re.Pattern[str], line: Callable[[int], Line | None], first: int, screen: int, end: int
    ) -> None:
        self.pattern = pattern
        self.matches: list[Match] = []
        self.complete = True
        self._line = line
        self._first = first
        self._next = self.end = end
        self._screen = screen

    @property
    def done(self) -> bool:
        """Whether every line has been looked at."""
        return self._next <= self._first

    def work(self, lines: int) -> None:
        """Look at so many more lines."""
        found: list[Match] = []
        until = max(self._first, self._next - lines)
        for number in range(until, self._next):
            found += self.in_line(number)
        self._next = until
        place = bisect.bisect_left(self.matches, (until, 0, 0))
        self.matches[place:place] = found
        if len(self.matches) > MAX_MATCHES:
            del self.matches[: len(self.matches) - MAX_MATCHES]
            self.complete = False
            self._next = self._first

    def go_on(self, first: int, screen: int, end: int) -> None:
        """The board went on: forget what is gone, look at the screen again, and at all that is new.

        Args:
            first: The oldest line that is kept.
            screen: The first line that may have changed since.
            end: One more than the newest line.
        """
        again = max(first, min(screen, self._screen))
        del self.matches[bisect.bisect_left(self.matches, (again, 0, 0)) :]
        del self.matches[: bisect.bisect_left(self.matches, (first, 0, 0))]
        self._screen, self._first, self._next, self.end = screen, again, end, end

    def in_line(self, number: int) -> list[Match]:
        """The matches of one line, as it is now."""
        line = self._line(number)
        if line is None:
            return []
        found = [match.span() for match in self.pattern.finditer(line.text())]
        if not found:
            return []
        cells = line.cells()
        if isinstance(cells, str):
            return [Match(number, start, end) for start, end in found if start < end]
        columns = _columns(cells)
        return [Match(number, columns[start], columns[end]) for start, end in found if start < end]

    def index(self, match: Match) -> int | None:
        """Which one it is of all, from 0; None if it is not there any more."""
        place = bisect.bisect_left(self.matches, match)
        return place if place < len(self.matches) and self.matches[place] == match else None

    @property
    def left(self) -> int:
        """Lines that have not been looked at yet."""
        return max(0, self._next - self._first)

    def from_here(self, line: int, column: int = 0, *, forward: bool) -> int | None:
        """Which match comes next, from a place on: its index; round the end to the other one."""
        if not self.matches:
            return None
        place = bisect.bisect_left(self.matches, (line, column, 0))
        return place % len(self.matches) if forward else (place - 1) % len(self.matches)


def _columns(cells: list[str] | Any) -> list[int]:
    """For each character of a row, and for its end, the column."""
    columns: list[int] = []
    for column, cell in enumerate(cells):
        columns += [column] * len(cell)
    return [*columns, len(cells)]
